"""Answers as HTML and SVG: one file each, which asks nothing of any network."""
