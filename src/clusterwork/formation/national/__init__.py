"""Instances too large for matrices: one bound over lists of neighbours, plans region by region."""
