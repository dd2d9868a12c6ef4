"""What stands on a cluster's time line, and what may be said of before and after its start."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from clusterwork.evaluation.rules.pictures import Told, Write, WriteYear
from clusterwork.kernel.messages import N_, Message
from clusterwork.measures.rules.years import span_of

NOT_WHY = Message(
    N_(
        "What changed after the start need not have changed because of it: other things change at "
        "the same time, and other schools change too."
    )
)


@dataclass(frozen=True, slots=True)
class Aim:
    """A value wanted by a day, with the baseline that it was set against, if there was one."""

    wanted: float
    by: dt.date
    baseline: float | None = None
    baseline_on: dt.date | None = None
    source: str = ""


@dataclass(frozen=True, slots=True)
class Judgement:
    """What a body that reviews plans answered, by the codes of `plans.Review.State`."""

    on: dt.date
    body: str
    state: str


@dataclass(frozen=True, slots=True)
class Inspection:
    """The grade of a school as it was published."""

    on: dt.date
    school: str
    school_pk: int
    scale: str
    grade: str


@dataclass(frozen=True, slots=True)
class Demography:
    """The schools of a year together: pupils and the share (0 to 1) with free school meals.

    `n_schools` are asked for; of `n_pupils_of` the pupils are known, of `n_meals_of` both.
    """

    year: int
    n_schools: int
    pupils: int | None
    n_pupils_of: int
    meals: float | None
    n_meals_of: int


@dataclass(frozen=True, slots=True)
class Roll:
    """A school's census of a year."""

    pupils: int | None
    meals: float | None


def demography_of(year: int, rolls: Sequence[Roll | None]) -> Demography:
    """Adds up pupils, and weighs shares by them; a school without a census is in neither."""
    sizes = [each.pupils for each in rolls if each and each.pupils is not None]
    both = [
        (each.pupils, each.meals)
        for each in rolls
        if each and each.pupils and each.meals is not None
    ]
    total = sum(pupils for pupils, _share in both)
    meals = sum(pupils * share for pupils, share in both) / total if total else None
    pupils = sum(sizes) if sizes else None
    return Demography(year, len(rolls), pupils, len(sizes), meals, len(both))


def last_before(line: Mapping[int, Told], start: dt.date) -> Told | None:
    """The figure of the last school year that ended before the start."""
    told = [each for each in _told(line) if span_of(each.year)[1] < start]
    return told[-1] if told else None


def last_after(line: Mapping[int, Told], start: dt.date) -> Told | None:
    """The figure of the last school year that began on the day of the start or later."""
    told = [each for each in _told(line) if span_of(each.year)[0] >= start]
    return told[-1] if told else None


def _told(line: Mapping[int, Told]) -> list[Told]:
    return [each for _year, each in sorted(line.items()) if each.value is not None]


def finding(
    line: Mapping[int, Told], start: dt.date, write: Write, write_year: WriteYear
) -> Message | None:
    """Before the start and after it, and whether the intervals have a value in common."""
    told = _told(line)
    if not told:
        return None
    before, after = last_before(line, start), last_after(line, start)
    if before is None or after is None or before.value is None or after.value is None:
        return _one(told[-1], before, after, write, write_year)
    words = {
        "before": write(before.value),
        "year_before": write_year(before.year),
        "after": write(after.value),
        "year_after": write_year(after.year),
    }
    if not (_whole(before) and _whole(after)):
        said = N_(
            "%(before)s in %(year_before)s, before the start; %(after)s in %(year_after)s; not all "
            "schools have a figure in both"
        )
    elif before.ends is None or after.ends is None:
        said = N_(
            "%(before)s in %(year_before)s, before the start; %(after)s in %(year_after)s, after it"
        )
    elif before.ends.meets(after.ends):
        said = N_(
            "%(before)s in %(year_before)s, before the start; %(after)s in %(year_after)s; the "
            "intervals overlap"
        )
    else:
        said = N_(
            "%(before)s in %(year_before)s, before the start; %(after)s in %(year_after)s; the "
            "intervals do not overlap"
        )
    return Message(said, words)


def _one(
    last: Told, before: Told | None, after: Told | None, write: Write, write_year: WriteYear
) -> Message:
    words = {"value": write(last.value or 0.0), "year": write_year(last.year)}
    if before is None and after is not None:
        return Message(N_("%(value)s in %(year)s; no figure from before the start"), words)
    if after is None and before is not None:
        return Message(N_("%(value)s in %(year)s; no figure from after the start yet"), words)
    return Message(N_("%(value)s in %(year)s"), words)


def _whole(told: Told) -> bool:
    return told.n_in == told.n_schools


def years_shown(known: Iterable[int], most: int) -> tuple[int, ...]:
    """The years from the first to the last known, at most the last `most`; none left out."""
    years = sorted(known)
    if not years:
        return ()
    return tuple(range(max(years[0], years[-1] - most + 1), years[-1] + 1))
