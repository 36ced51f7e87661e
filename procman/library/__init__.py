"""The library: many manuals in one folder, what was read of them, and what people decided."""
