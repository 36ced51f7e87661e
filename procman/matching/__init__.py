"""Matching: find chapters of different manuals that are the same procedure under different names."""
