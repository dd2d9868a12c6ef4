"""Full addresses for the letters of deciding."""

from __future__ import annotations

from clusterwork.web.accounts.links import full


def decision_link(pk: int, language: str) -> str:
    """The page of a decision."""
    return full("decision", pk, language=language)


def decisions_link(pk: int, language: str) -> str:
    """The page of a cluster's decisions and of what its new heads answered."""
    return full("cluster_decisions", pk, language=language)
