"""Papers drawn to PDF: the only package that knows ReportLab and the fonts."""
