"""The evidence matrix: claims by two scope roles."""
