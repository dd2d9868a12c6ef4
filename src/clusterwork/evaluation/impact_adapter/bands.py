"""Schools by size band with intervals and with how many lie beyond a floor."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence

import polars as pl

from clusterwork.evaluation.rules.bands import (
    Band,
    SchoolFigure,
    band_of,
    is_beyond,
    limits_of,
)
from clusterwork.evaluation.rules.pictures import Counted, Ends
from clusterwork.impact.small import Band as Told
from clusterwork.impact.small import by_size_band, clopper_pearson
from clusterwork.kernel.disclosure import TOTAL, percentages, suppress

ALL_SIZES = -1
FEWEST = 3  # schools in a band whose figure is shown
Beyond = dict[tuple[int, int], int]


def bands_of(
    rows: Sequence[SchoolFigure],
    ends: Sequence[int],
    *,
    floor: float | None,
    is_lower_better: bool,
    smallest: int,
) -> dict[int, tuple[Band, ...]]:
    """By school year the bands in which there are schools, from the smallest, and then all.

    The figures are published school by school. So the library's rule for private ones (bands of
    few schools, and what would give them away) is not asked for; see `_hidden`.
    """
    if not rows:
        return {}
    found = by_size_band(
        _frame(rows), unit="school", year="year", size="pupils", count="count", of="of",
        ends=ends, smallest=1,
    )  # fmt: skip
    beyond = None if floor is None else _beyond(rows, ends, floor, is_lower_better)
    by_year: dict[str, list[Told]] = defaultdict(list)
    for told in found.bands:
        by_year[told.year].append(told)
    return {
        int(year): tuple(_band(each, ends, beyond, hidden) for each in told)
        for year, told in by_year.items()
        for hidden in [_hidden(told, smallest)]
    }


def _hidden(told: Sequence[Told], smallest: int) -> frozenset[str]:
    """The bands of a year of which no number is shown.

    Those that tell of 1 to `smallest` - 1 pupils, and what would give these away; and those of one
    or two schools, out of tact: anybody can look such schools up, but this page names none.
    """
    numbers: dict[Hashable, tuple[int, int]]
    numbers = {each.band: (each.reached, each.pupils) for each in told if each.band != TOTAL}
    groups: Mapping[Hashable, Iterable[Hashable]]
    groups = {band: [band] for band in numbers} | {TOTAL: list(numbers)}
    facts, cells = percentages(numbers, groups)
    secret = {str(name) for name in suppress(facts, cells, smallest).hidden}
    return frozenset(secret | {each.band for each in told if each.schools < FEWEST})


def _frame(rows: Sequence[SchoolFigure]) -> pl.DataFrame:
    return pl.DataFrame(
        {
            "year": [str(row.year) for row in rows],
            "school": [str(row.school) for row in rows],
            "pupils": [row.pupils for row in rows],
            "count": [Counted(row.value, row.of).count for row in rows],
            "of": [row.of for row in rows],
        }
    )


def _beyond(
    rows: Sequence[SchoolFigure], ends: Sequence[int], floor: float, is_lower_better: bool
) -> Beyond:
    """Schools beyond the floor by year and band, as published: not by counts made of roundings."""
    found: Beyond = defaultdict(int)
    for row in rows:
        if is_beyond(row.value, floor, is_lower_better=is_lower_better):
            found[row.year, band_of(row.pupils, ends)] += 1
            found[row.year, ALL_SIZES] += 1
    return found


def _band(told: Told, ends: Sequence[int], beyond: Beyond | None, hidden: frozenset[str]) -> Band:
    place = ALL_SIZES if told.band == TOTAL else _place(told.band, ends)
    least, most = (None, None) if place == ALL_SIZES else limits_of(ends)[place]
    under = None if beyond is None else beyond.get((int(told.year), place), 0)
    return Band(
        least,
        most,
        told.schools,
        told.pupils,
        100 * told.share,
        Ends(100 * told.low, 100 * told.high),
        under,
        None if under is None else _ends_of(under, told.schools),
        told.band in hidden,
    )


def _place(name: str, ends: Sequence[int]) -> int:
    """Of "51-100" and "201-" the place of the band; of "-50" the first."""
    start = name.partition("-")[0]
    return band_of(int(start), ends) if start else 0


def _ends_of(under: int, n_schools: int) -> Ends:
    """The exact interval of their share, in schools."""
    told = clopper_pearson(under, n_schools)
    return Ends(n_schools * float(told.low or 0.0), n_schools * float(told.high or 0.0))
