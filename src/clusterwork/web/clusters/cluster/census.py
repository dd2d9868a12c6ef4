"""Who gets which page of clusters: whoever has a role reads, officers and its people change."""

from __future__ import annotations

from clusterwork.web.census import EVERYONE, Rule

WITH_A_ROLE = EVERYONE - {"anonymous", "nobody"}
CLUSTER = ("cluster",)

CENSUS: dict[str, Rule] = {
    "clusters": Rule(WITH_A_ROLE),
    "cluster": Rule(WITH_A_ROLE, CLUSTER),
}
