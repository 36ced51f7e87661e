"""Reading: a page, from a file, an address or an upload, becomes a table of entries."""
