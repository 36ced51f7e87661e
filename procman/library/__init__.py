"""The library: many manuals in one folder, what procman read in them, and what people decided."""
