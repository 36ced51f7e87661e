"""Reports: everything that can be shown, as figures, a web page, a workbook."""
