"""Which year before the start a result's differences by year are held against."""

from __future__ import annotations

from clusterwork.evaluation.rules.found import Found


def without_invented_base(found: Found) -> Found:
    """Without differences by year of a result of before that were held against a year that had no
    figures; later ones name their bases."""
    years = set(found.get("years", ()))
    if "by_year_bases" in found or any(start - 1 in years for start in found.get("starts", ())):
        return found
    return {**found, "by_year": None} if found.get("by_year") else found
