"""Organisations, schools and what is known of them over time; knows no cluster or programme."""
