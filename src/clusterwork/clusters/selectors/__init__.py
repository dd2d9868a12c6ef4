"""Reads, a file a noun."""
