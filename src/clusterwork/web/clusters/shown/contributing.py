"""Whether enough schools are marked as able to contribute, before anything is proposed."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from clusterwork.clusters.models import Formation
from clusterwork.clusters.selectors.programmes import policy_now


@dataclass(frozen=True)
class TooFewMarked:
    """How many schools are marked and how many clusters there have to be at least."""

    n_marked: int
    least: int


def too_few_marked(formation: Formation, n_chosen: int) -> TooFewMarked | None:
    """By the newest policy; None where it does not ask for contributing schools, or enough are."""
    mapping = policy_now(formation.programme).mapping
    if not mapping["require"]["contributing"]:
        return None
    least = _fewest_clusters(formation, mapping["clusters"], n_chosen)
    n_marked = formation.chosen.filter(contributes=True).count()
    return TooFewMarked(n_marked, least) if n_marked < least else None


def _fewest_clusters(formation: Formation, clusters: Mapping[str, Any], n_chosen: int) -> int:
    wanted = (clusters.get("count") or (1,))[0]
    if formation.kind == Formation.Kind.PYRAMID:
        return int(max(1, wanted))
    return int(max(wanted, math.ceil(n_chosen / clusters["size"][1])))
