"""Reads: which needs, plans, reviews."""
