"""Who gets which picture: as the figures of a cluster, a programme and an authority."""

from __future__ import annotations

from clusterwork.web.census import Rule

CENSUS: dict[str, Rule] = {}
