"""Matching: which chapters of different manuals are the same, whatever they are called."""
