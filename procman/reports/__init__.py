"""Reports: show the results as figures, a web page or a workbook."""
