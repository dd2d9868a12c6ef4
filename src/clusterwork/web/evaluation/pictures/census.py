"""Who gets which picture: as the figures of a cluster, a programme and an authority."""

from __future__ import annotations

from clusterwork.web.census import EVERYONE, Rule

WITH_A_ROLE = EVERYONE - {"anonymous", "nobody"}
# The head is the head of a school of a cluster that takes part.
PROGRAMME_READERS = frozenset({"officer", "headteacher"})

CENSUS: dict[str, Rule] = {
    "cluster_beside": Rule(WITH_A_ROLE, ("cluster",)),
    "cluster_timeline": Rule(WITH_A_ROLE, ("cluster",)),
    "programme_bands": Rule(PROGRAMME_READERS, ("figured_programme",)),
    "programme_grades": Rule(PROGRAMME_READERS, ("figured_programme",)),
    "authority_bands": Rule(PROGRAMME_READERS, ("authority",)),
}
