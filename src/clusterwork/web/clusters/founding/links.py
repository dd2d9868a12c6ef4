"""Full addresses for the letters of founding."""

from __future__ import annotations

from clusterwork.clusters.services.founding_letters import Links
from clusterwork.web.accounts.links import full

LINKS = Links(
    answer=lambda token, language: full("founding_link", token, language=language),
    founding=lambda pk, language: full("founding", pk, language=language),
    cluster=lambda pk, language: full("cluster", pk, language=language),
)
