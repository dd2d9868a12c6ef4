"""Comparison groups: schools beside similar schools, clusters beside similar clusters."""

from __future__ import annotations

from clusterwork.impact.matching.balance import Balance
from clusterwork.impact.matching.effect import Difference, att
from clusterwork.impact.matching.matching import match
from clusterwork.impact.matching.mirrors import Mirror, Mirrored, mirrored
from clusterwork.impact.matching.pooling import Pooled, pooled
from clusterwork.impact.matching.result import Alone, Choices, Matched, Pair
from clusterwork.impact.matching.sensitivity import sensitivity_to_k
from clusterwork.impact.matching.similar import Similar, similar

__all__ = [
    "Alone",
    "Balance",
    "Choices",
    "Difference",
    "Matched",
    "Mirror",
    "Mirrored",
    "Pair",
    "Pooled",
    "Similar",
    "att",
    "match",
    "mirrored",
    "pooled",
    "sensitivity_to_k",
    "similar",
]
