"""Clusters brought in from a spreadsheet: read, staged, confirmed or abandoned."""
