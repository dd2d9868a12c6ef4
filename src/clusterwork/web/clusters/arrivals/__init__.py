"""Pages of bringing clusters in from a spreadsheet."""
