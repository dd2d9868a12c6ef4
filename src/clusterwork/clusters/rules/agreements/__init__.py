"""Agreements on plain values: who signs, blanks in clauses, what differs between two versions."""
