"""Who gets which page of this part."""

from __future__ import annotations

from clusterwork.web.census import OFFICERS, Rule

CENSUS: dict[str, Rule] = {
    "clusters_arriving": Rule(OFFICERS),
}
