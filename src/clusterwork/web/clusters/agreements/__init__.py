"""Agreements of clusters: the library of clauses, drafting, signing, comparing, downloading."""
