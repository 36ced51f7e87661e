"""Reading: turn a page from a file, an address or an upload into a table of entries."""
