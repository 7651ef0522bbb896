"""Charts of reports, drawn by altair."""
