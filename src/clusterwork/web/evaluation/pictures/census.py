"""Who gets which picture: as the figures of a cluster, a programme and an authority."""

from __future__ import annotations

from clusterwork.web.census import EVERYONE, Rule

WITH_A_ROLE = EVERYONE - {"anonymous", "nobody"}

CENSUS: dict[str, Rule] = {
    "cluster_beside": Rule(WITH_A_ROLE, ("cluster",)),
    "cluster_timeline": Rule(WITH_A_ROLE, ("cluster",)),
}
