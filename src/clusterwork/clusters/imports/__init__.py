"""The reader of the spreadsheet of clusters: rows in, plain records out; no database."""
