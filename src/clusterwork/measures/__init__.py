"""Measures and their figures: what is measured and how, and the dated values."""
