"""Full addresses for the letters about plans."""

from __future__ import annotations

from clusterwork.web.accounts.links import full


def review_link(pk: int, language: str) -> str:
    """The page on which a body reads a plan."""
    return full("review", pk, language=language)


def answers_link(pk: int, language: str) -> str:
    """The page on which a cluster reads what the bodies said."""
    return full("plan_said", pk, language=language)
