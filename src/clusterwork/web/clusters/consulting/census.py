"""Who gets which page of this part."""

from __future__ import annotations

from clusterwork.web.census import Rule

CENSUS: dict[str, Rule] = {}
