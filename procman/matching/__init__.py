"""Matching: which chapters of different manuals are the same, under whatever name."""
