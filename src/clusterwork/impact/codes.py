"""Marks that stand in official figures where a number might; never numbers."""

from __future__ import annotations

NOT_NUMBERS = frozenset(
    {
        "",
        "SUPP",
        "NE",
        "NP",
        "NA",
        "LOWCOV",
        "NEW",
        "SP",
        "RE",
        "NF",
        "DNS",
        "N/A",
        "NaN",
        "NULL",
        "z",
        "x",
        "c",
        "u",
        "low",
        "k",
        "Z",
        "X",
        "C",
        "U",
        ":",
        "..",
        "*",
        "-",
        "~",
    }
)
"""Codes of the Department for Education's performance tables ("Abbreviations", 2019), of the
Government Statistical Service's guidance on symbols (2017, revised 2024), of StatsWales and of
Scottish school statistics, and what spreadsheets write for nothing. All mean: no figure here."""
