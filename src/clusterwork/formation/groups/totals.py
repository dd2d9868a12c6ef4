"""What several groups come to together."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from clusterwork.formation.clock import gap_share
from clusterwork.formation.groups.forming import FORMED, Formed


@dataclass(frozen=True, slots=True)
class Total:
    """Sums over the groups that have a proposal; `n_without` have none.

    `bound` holds for every division of their schools in which no cluster has schools of two
    groups and each group keeps its share of the number of clusters.
    """

    n_groups: int
    n_without: int
    n_clusters: int
    n_schools: int
    n_placed: int
    objective: float
    bound: float
    gap_share: float
    proven: bool


def total_of(groups: Sequence[Formed]) -> Total:
    """All groups together; proven when each of them is."""
    formed = [group for group in groups if group.outcome == FORMED]
    objective = math.fsum(group.objective or 0.0 for group in formed)
    bound = math.fsum(group.bound or 0.0 for group in formed)
    return Total(
        n_groups=len(groups),
        n_without=len(groups) - len(formed),
        n_clusters=sum(group.n_clusters for group in formed),
        n_schools=sum(group.n_schools for group in groups),
        n_placed=sum(place.cluster is not None for group in groups for place in group.places),
        objective=objective,
        bound=bound,
        gap_share=gap_share(objective, bound),
        proven=len(formed) == len(groups) and all(group.proven for group in formed),
    )
