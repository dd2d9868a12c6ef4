"""Verbs, each one transaction; a file a noun."""
