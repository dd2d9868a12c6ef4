"""A number, what it is of, and what its comparison can bear."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from clusterwork.impact.result import Estimate


class Claim(StrEnum):
    """What the comparison can bear."""

    DESCRIPTIVE = "descriptive"
    """Groups stand beside each other; they differ in more than the cluster."""

    TRENDS_DIFFERED = "trends differed"
    """Cluster schools and the others already went apart before the start."""

    EFFECT = "effect"
    """A design whose assumptions were looked at and not contradicted."""


class Outcome(StrEnum):
    """What was compared."""

    PROGRESS = "progress"
    """Standard deviations of pupils' progress."""

    SCORE = "score"
    """Standard deviations of pupils' results."""

    SHARE = "share"
    """Percentage points of a rate."""

    AMOUNT = "amount"
    """Units of the measure itself."""


@dataclass(frozen=True)
class Finding:
    """A number, what it is of, and what its comparison can bear.

    treated_clusters: how many clusters did the work; with one there is never a p-value, and a
    change is said without an interval: one cluster's good year cannot be told from an effect.
    rank: the cluster's place among `rank[1]` placebo runs, where that is all that can be said.
    by_ratio: whether that place is by how many times as far the cluster lies from a mix of others
    after the start as before, and not by size.
    too_early_before: the first day on which the plan's horizon lets anybody judge.
    change: whether the number is a difference of changes (before and after, here and there) and not
    of levels.
    """

    estimate: Estimate
    outcome: Outcome
    claim: Claim
    treated_clusters: int = 2
    rank: tuple[int, int] | None = None
    by_ratio: bool = False
    day: date | None = None
    too_early_before: date | None = None
    change: bool = False
