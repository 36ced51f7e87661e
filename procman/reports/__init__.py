"""Reports: all that can be shown of a library, as figures, a web page or a workbook."""
