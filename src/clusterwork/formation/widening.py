"""How wide a limit may be so that no more than so many clusters lie within it."""

from __future__ import annotations

import math

from clusterwork.formation.columns import Listed
from clusterwork.formation.gathering import Gatherer
from clusterwork.formation.model import Ints
from clusterwork.formation.question import Limits, Prices, Question

FIRST_PART = 8
NARROWEST = 64
SMALL = 0.25
HARDLY = 1.05
SAFE = 0.9


def widest(
    gather: Gatherer, question: Question, prices: Prices, gap: float, limits: Limits
) -> tuple[Ints, float] | None:
    """Clusters (m, width) within a limit and the limit: `gap`, or less where they would be more
    than `limits.most`. None if even few parts of it hold too many, or if told to stop."""
    width = gap if gap <= SMALL * question.one else gap / FIRST_PART
    best: tuple[Listed, float] | None = None
    slope = 0.0
    while width >= gap / NARROWEST and not limits.stop():
        listed = gather.listed(question, prices, width, limits, limits.most)
        if not listed.complete:
            if best is not None:
                break
            width /= 4
            continue
        if best is not None:
            slope = _log(listed) - _log(best[0])
            slope /= width - best[1]
        best = listed, width
        width = _next(best, slope, gap, limits.most)
        if width < HARDLY * best[1]:
            break
    return None if best is None else (best[0].units, best[1])


def _log(listed: Listed) -> float:
    return math.log(len(listed.slack) + 1)


def _next(best: tuple[Listed, float], slope: float, gap: float, most: int) -> float:
    """Up to twice as wide; less where, growing as before, there would be too many."""
    listed, width = best
    if width >= gap:
        return 0.0
    wider = min(gap, 2 * width)
    if slope > 0:
        wider = min(wider, width + (math.log(max(1.0, SAFE * most)) - _log(listed)) / slope)
    return wider
