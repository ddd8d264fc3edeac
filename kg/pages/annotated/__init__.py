"""The annotated text: an article with each quote highlighted in place."""
