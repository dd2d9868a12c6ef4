"""What an analysis looks at, as plain rows: schools, their groups and their figures by year."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import NamedTuple


class Known(NamedTuple):
    """A figure of a school in a year: the value, and the number counted (None: not known). `of`:
    the schools before it whose figure it carries, empty where it is its own."""

    value: float
    counted: int | None
    of: tuple[int, ...] = ()


@dataclass(frozen=True)
class Unit:
    """A school. `cluster` is the cluster that it counts for, or None; `pupils` and `meals` are by
    school year, `figures` too, and `placebo`, those of a measure that the work
    cannot have changed. phase, medium: codes. area: its authority's id. place: easting and
    northing in metres, or None."""

    pk: int
    number: str
    name: str
    phase: str
    medium: str
    area: int
    cluster: int | None = None
    pupils: Mapping[int, float] = field(default_factory=dict)
    meals: Mapping[int, float] = field(default_factory=dict)
    figures: Mapping[int, Known] = field(default_factory=dict)
    placebo: Mapping[int, Known] = field(default_factory=dict)
    place: tuple[int, int] | None = None


@dataclass(frozen=True)
class Group:
    """A cluster that is looked at or held against. `start` is the first school year whose results
    count as after its start, None where it did not start by the last year. `first` is the school
    year on whose first day its schools are counted, `began` the day on which it came."""

    pk: int
    name: str
    start: int | None
    first: int
    began: dt.date | None = None


@dataclass(frozen=True)
class Sample:
    """clusters: by id those of the programme and, where they are held against, others. ours:
    schools of clusters that start in time. others: schools that may stand beside them. years:
    school years in which at least half of ours have a figure; thin: those in which fewer have one.
    placebo: the name of the measure that the work cannot have changed, empty without one.
    n_late: schools of our clusters that came after the cluster's first whole year had begun, and
    are left out. n_twins: schools of ours left out because another of ours carries their figures.
    n_after: clusters left out because they start after the last of the years."""

    clusters: Mapping[int, Group]
    ours: tuple[Unit, ...]
    others: tuple[Unit, ...]
    years: tuple[int, ...]
    n_late: int = 0
    thin: tuple[int, ...] = ()
    placebo: str = ""
    n_twins: int = 0
    n_after: int = 0

    @property
    def starts(self) -> tuple[int, ...]:
        """The years in which ours start, the first first."""
        mine = {unit.cluster for unit in self.ours}
        return tuple(sorted({g.start for pk, g in self.clusters.items() if pk in mine and g.start}))

    def before(self) -> Sample:
        """The same with nothing of the first start or after it."""
        years = tuple(year for year in self.years if year < self.starts[0])
        return replace(
            self,
            ours=tuple(_until(unit, years) for unit in self.ours),
            others=tuple(_until(unit, years) for unit in self.others),
            years=years,
        )


def told_years(units: Sequence[Unit]) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """School years in which at least half of the schools with any figure have one, and the rest."""
    known = [unit for unit in units if unit.figures]
    counts = Counter(year for unit in known for year in unit.figures)
    told = tuple(sorted(year for year, n in counts.items() if 2 * n >= len(known)))
    return told, tuple(sorted(counts.keys() - set(told)))


def carried_once(units: Sequence[Unit]) -> tuple[Unit, ...]:
    """Without schools that carry what another carries too, or what is another's own.

    Kept is who has figures of more years, then who carries none, then the first.
    """
    kept, used = set[int](), set[tuple[int, int]]()
    for unit in sorted(units, key=lambda each: (-len(each.figures), _carries(each), each.pk)):
        behind = {
            (school, year)
            for year, known in unit.figures.items()
            for school in known.of or (unit.pk,)
        }
        if not behind & used:
            kept.add(unit.pk)
            used |= behind
    return tuple(unit for unit in units if unit.pk in kept)


def _carries(unit: Unit) -> bool:
    return any(known.of for known in unit.figures.values())


def whole(unit: Unit, years: tuple[int, ...]) -> bool:
    """Whether the school has a figure in each of the years."""
    return all(year in unit.figures for year in years)


def _until(unit: Unit, years: tuple[int, ...]) -> Unit:
    figures = {year: known for year, known in unit.figures.items() if year in years}
    return replace(unit, figures=figures)
