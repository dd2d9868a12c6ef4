"""What can be chosen for an analysis, what cannot, and what is filled in beforehand."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from clusterwork.evaluation.rules.timing import first_day_of
from clusterwork.kernel.errors import Problem
from clusterwork.kernel.messages import N_, Message

MOST_NEIGHBOURS, FEWEST_GROUPS, ABOUT_GROUPS = 20, 3, 19
TARGETS, TWO_YEARS, LAST_RESULTS = "targets", "two_years", "last_results"
SCHOOLS, AREA, BEFORE, MEALS = "schools", "area", "before", "meals"


class YearsTurned(Problem):
    """The last year is not after the first."""


class YearWithoutFigures(Problem):
    """A year of which no school of the clusters has a figure."""


class NothingBeforeTheStart(Problem):
    """No figure lies before the first cluster's start."""


class NothingAfterTheStart(Problem):
    """The last year lies before the first cluster's start."""


class TooEarlyDay(Problem):
    """A result would be told before the last year's figures are there."""


class ReachImpossible(Problem):
    """A share, gain or spread that cannot be."""


@dataclass(frozen=True)
class Ground:
    """What there is of one measure and group: the number of the clusters' schools with a figure by
    school year, and the first school years that count as after a start, the first first."""

    years: Mapping[int, int]
    starts: tuple[int, ...]

    @property
    def before(self) -> tuple[int, ...]:
        """The years with figures before the first start."""
        return tuple(y for y in sorted(self.years) if self.starts and y < self.starts[0])

    @property
    def after(self) -> tuple[int, ...]:
        """The years with figures from the first start on."""
        return tuple(y for y in sorted(self.years) if self.starts and y >= self.starts[0])

    @property
    def is_enough(self) -> bool:
        """Whether a change at the start could show at all."""
        return bool(self.before and self.after)


@dataclass(frozen=True)
class TooEarly:
    """The first day on which a result is told, and where the day comes from."""

    day: dt.date
    source: str


def school_year(ends: int) -> str:
    """2018/19 for the school year that ends in 2019."""
    return f"{ends - 1}/{ends % 100:02}"


def check_years(ground: Ground, first: int, last: int) -> None:
    """Raises `YearsTurned`, `NothingBeforeTheStart`, `NothingAfterTheStart`,
    `YearWithoutFigures`."""
    if first >= last:
        raise YearsTurned(
            Message(N_("The last school year is not after the first.")),
            next_step=Message(N_("Choose a last year that comes after the first year.")),
        )
    if not ground.is_enough:
        raise nothing_to_see()
    start = ground.starts[0]
    if first >= start:
        raise _nothing_before(start)
    if last < start:
        raise _nothing_after(start)
    for year in (first, last):
        if not ground.years.get(year):
            raise _without_figures(year)


def nothing_to_see() -> Problem:
    """There are no figures on both sides of the first start."""
    return NothingBeforeTheStart(
        Message(N_("There are no figures both before and after the first cluster’s start.")),
        why=Message(
            N_("Whether something changed can only be seen where both can be put side by side.")
        ),
        next_step=Message(
            N_("Bring in the figures of earlier years, or choose another measure or one cluster.")
        ),
    )


def _nothing_before(start: int) -> Problem:
    return NothingBeforeTheStart(
        Message(N_("The first school year is not before the first cluster’s start.")),
        why=Message(
            N_("The first school year that counts as after a start is %(year)s."),
            {"year": school_year(start)},
        ),
        next_step=Message(N_("Choose an earlier first year.")),
    )


def _nothing_after(start: int) -> Problem:
    return NothingAfterTheStart(
        Message(N_("The last school year lies before the first cluster’s start.")),
        why=Message(
            N_("The first school year that counts as after a start is %(year)s."),
            {"year": school_year(start)},
        ),
        next_step=Message(N_("Choose that year or a later one as the last.")),
    )


def _without_figures(year: int) -> Problem:
    return YearWithoutFigures(
        Message(N_("There are no figures of this school year: %(year)s."),
                {"year": school_year(year)}),
        why=Message(N_("No school of the clusters has one of this measure and group.")),
        next_step=Message(N_("Choose another year, or bring the figures in first.")),
    )  # fmt: skip


def check_too_early(day: dt.date, last_year: int) -> None:
    """Raises `TooEarlyDay` for a day before the last year's results are there."""
    soonest = results_of(last_year)
    if day < soonest:
        raise TooEarlyDay(
            Message(N_("This day lies before the last results: %(day)s."), {"day": soonest}),
            why=Message(N_("A result needs the figures of the last school year.")),
            next_step=Message(N_("Choose that day or a later one.")),
        )


def check_reach(reached: float, expected: float | None, pupils_sd: float | None) -> None:
    """Raises `ReachImpossible`."""
    if not 0 < reached <= 1:
        raise ReachImpossible(
            Message(N_("The share of pupils reached lies above 0 and is at most 100 per cent.")),
            next_step=Message(N_("Count the pupils whom the work reaches among those counted.")),
        )
    for value, words in ((expected, N_("The gain hoped for is above zero.")),
                         (pupils_sd, N_("The standard deviation is above zero."))):  # fmt: skip
        if value is not None and not 0 < value < float("inf"):
            raise ReachImpossible(
                Message(words), next_step=Message(N_("Enter a number, or leave it empty."))
            )


def results_of(year: int) -> dt.date:
    """The first day after the school year to which figures of a school year are dated."""
    return dt.date(year, 8, 1)


def usual_too_early(targets: Iterable[dt.date], first_start: int, last_year: int) -> TooEarly:
    """The day of the first medium- or long-term target, else two school years after the first
    start; never before the last year's results are there."""
    days = sorted(targets)
    usual = (
        TooEarly(days[0], TARGETS) if days else TooEarly(first_day_of(first_start + 2), TWO_YEARS)
    )
    soonest = results_of(last_year)
    return usual if usual.day >= soonest else TooEarly(soonest, LAST_RESULTS)


def is_told_sooner(
    day: dt.date | None, usual: TooEarly | None, registered: Iterable[dt.date | None]
) -> bool:
    """Whether a result is told before a day that was registered once, or that plans name."""
    named = [each for each in registered if each is not None]
    if usual is not None and usual.source == TARGETS:
        named.append(usual.day)
    return day is not None and any(day < each for each in named)


def usual_neighbours(n_clusters: int) -> int:
    """How many comparison groups stand beside each cluster: some twenty in all, three at least.

    With one cluster the place among twenty can be told, with two or three the differences of many
    choices of as many clusters; beyond, more groups make little surer and much less alike.
    """
    return max(FEWEST_GROUPS, min(MOST_NEIGHBOURS, -(-ABOUT_GROUPS // max(n_clusters, 1))))


def alternatives_that_fit(
    *,
    comparison: str,
    where: str,
    neighbours: int,
    alike_by: Collection[str],
    starts: Collection[int],
    last_year: int,
) -> tuple[str, ...]:
    """The alternatives that would not be the main choice over again."""
    similar = comparison == SCHOOLS
    longer = any(start < last_year for start in starts)
    fits = {
        "one": similar and neighbours != 1,
        "ten": similar and neighbours != 10,
        "without_before": similar and BEFORE in alike_by and len(alike_by) > 1,
        "without_meals": similar and MEALS in alike_by and len(alike_by) > 1,
        "area": similar and where != AREA,
        "yearly": longer or len(set(starts)) > 1,
        "later_years": longer,
    }
    return tuple(name for name, holds in fits.items() if holds)
