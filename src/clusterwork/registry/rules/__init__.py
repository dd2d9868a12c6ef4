"""Decisions on plain values: names, phases, years; no database and no file."""
