"""Full addresses for the letters of needs and choosing."""

from __future__ import annotations

from clusterwork.web.accounts.links import full


def needs_link(school_pk: int, language: str) -> str:
    """The page on which a school says what it needs."""
    return full("school_needs", school_pk, language=language)


def choosing_link(pk: int, language: str) -> str:
    """The page of a choice of priorities."""
    return full("choosing", pk, language=language)
