"""Parts that all pages share: frame, style, words, palette, downloads."""
