"""Schools of a programme or an authority by size band, beside all other schools."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256

from django.core.cache import caches

from clusterwork.evaluation.impact_adapter.bands import bands_of
from clusterwork.evaluation.rules.bands import Band, Pair, limits_of, usual_floor
from clusterwork.evaluation.selectors.bands import schools_told, state_of
from clusterwork.measures.models import Direction, Measure


@dataclass(frozen=True)
class Banded:
    """By school year each band of ours and of all others, and all sizes together at the end.

    `floor` is that asked for or the usual one; None where too few schools have a figure.
    `n_unsized` figures are left out because no census tells their school's size.
    """

    years: tuple[int, ...]
    floor: float | None
    is_usual_floor: bool
    is_lower_better: bool
    pairs: Mapping[int, Sequence[Pair]]
    n_unsized: int

    @property
    def latest(self) -> Sequence[Pair]:
        """The bands of the last year."""
        return self.pairs[self.years[-1]]


EDITION = 1  # raised when the same figures are to be told otherwise


def banded(
    measure: Measure,
    ours: Mapping[int, frozenset[int]],
    day: dt.date,
    *,
    ends: Sequence[int],
    floor: float | None,
    smallest: int,
) -> Banded | None:
    """Of the years in which one of our schools has a published figure; None of none.

    `ours` are our schools by school year. A nation takes a second or two; so what was worked out
    from the same figures and sizes is kept.
    """
    asked = (EDITION, measure.pk, day, tuple(ends), smallest, state_of(measure))
    members = sorted((year, sorted(schools)) for year, schools in ours.items())
    key = f"bands-{sha256(repr((asked, floor, members)).encode()).hexdigest()}"
    kept: Banded | None = caches["charts"].get(key)
    if kept is None:
        kept = _banded(measure, ours, day, ends, floor, smallest)
        caches["charts"].set(key, kept)
    return kept if kept.years else None


def _banded(
    measure: Measure,
    ours: Mapping[int, frozenset[int]],
    day: dt.date,
    ends: Sequence[int],
    floor: float | None,
    smallest: int,
) -> Banded:
    told = schools_told(measure, ours, day)
    years = tuple(sorted({row.year for row in told.ours}))
    if not years:
        return Banded((), None, False, False, {}, 0)
    is_lower_better = measure.direction == Direction.LOWER
    values = [row.value for row in (*told.ours, *told.others) if row.year == years[-1]]
    line = usual_floor(values, is_lower_better=is_lower_better) if floor is None else floor
    mine, others = (
        bands_of(rows, ends, floor=line, is_lower_better=is_lower_better, smallest=smallest)
        for rows in (told.ours, told.others)
    )
    pairs = {year: _pairs(mine.get(year, ()), others.get(year, ()), ends) for year in years}
    return Banded(years, line, floor is None, is_lower_better, pairs, told.n_unsized)


def _pairs(mine: Sequence[Band], others: Sequence[Band], ends: Sequence[int]) -> list[Pair]:
    ours = {(each.least, each.most): each for each in mine}
    theirs = {(each.least, each.most): each for each in others}
    limits = [*limits_of(ends), (None, None)]
    found = [Pair(least, most, ours.get((least, most)), theirs.get((least, most)))
             for least, most in limits]  # fmt: skip
    return [pair for pair in found if pair.ours or pair.others]
