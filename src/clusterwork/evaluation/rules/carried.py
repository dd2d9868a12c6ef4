"""What a school carries of the schools that it came out of, on plain values."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence

Years = dict[int, float]
ByYear = Mapping[int, float]
Steps = Sequence[Sequence[int]]
"""The school itself, then those that it came out of, the nearest first; several that merged stand
in one step."""


def carried_by(steps: Steps, having: Collection[int]) -> tuple[int, ...]:
    """The schools of the nearest step of which any has a number; empty where not all of them have.

    Fewer schools of an earlier step are not all that merged, and stand for nothing.
    """
    most = 1
    for step in steps:
        there = tuple(school for school in step if school in having)
        if there:
            return there if len(there) == len(step) >= most else ()
        most = max(most, len(step))
    return ()


def rolls_of(steps: Steps, pupils: Mapping[int, ByYear]) -> Years:
    """Pupils by year: of schools that merged the sum."""
    return {
        year: sum(pupils[school][year] for school in schools)
        for year, schools in _carried(steps, pupils)
    }


def shares_of(steps: Steps, shares: Mapping[int, ByYear], pupils: Mapping[int, ByYear]) -> Years:
    """A share of pupils by year: of schools that merged weighed by their pupils."""
    told = (
        (year, _together(schools, year, shares, pupils))
        for year, schools in _carried(steps, shares)
    )
    return {year: share for year, share in told if share is not None}


def _together(
    schools: Sequence[int], year: int, shares: Mapping[int, ByYear], pupils: Mapping[int, ByYear]
) -> float | None:
    if len(schools) == 1:
        return shares[schools[0]][year]
    rolls = [pupils.get(school, {}).get(year) for school in schools]
    known = [roll for roll in rolls if roll is not None]
    if len(known) < len(rolls) or not sum(known):
        return None
    weighed = (shares[school][year] * roll for school, roll in zip(schools, known, strict=True))
    return sum(weighed) / sum(known)


def _carried(
    steps: Steps, by_school: Mapping[int, ByYear]
) -> Iterator[tuple[int, tuple[int, ...]]]:
    """The years with those who stand for the school in each."""
    for year in sorted({year for step in steps for pk in step for year in by_school.get(pk, ())}):
        there = {pk for step in steps for pk in step if year in by_school.get(pk, ())}
        if schools := carried_by(steps, there):
            yield year, schools
