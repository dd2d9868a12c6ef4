"""Inspections and support categories: dated facts that follow a school's hidden quality."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np

from clusterwork.lookalike.model import County, Inspection, School, SupportCategory

FIRST_YEAR, LAST_SINGLE_GRADE = 2008, date(2024, 7, 19)
NEW_WORDS_ON = date(2012, 9, 1)
TO_MIDWEEK = (1, 0, 0, 0, 4, 3, 2)
ENGLISH_FLOORS = ((1.25, "Outstanding"), (-0.75, "Good"), (-1.85, "Requires Improvement"))
WELSH_FLOORS = ((1.2, "Excellent"), (-0.4, "Good"), (-1.6, "Adequate"))
PUBLISHED_ON = (1, 31)


def inspect(rng: np.random.Generator, county: County) -> None:
    """Graded inspections of every school since 2008, sooner again after a weak one."""
    for school in county.schools:
        day = _term_day(rng, FIRST_YEAR, FIRST_YEAR + 4)
        while day < min(school.closed_on or date.max, date(county.last_year, 7, 15)):
            if county.country == "E" and day > LAST_SINGLE_GRADE:
                break
            grade = _grade(rng, county, school, day)
            is_open = school.opened_on is None or school.opened_on + timedelta(days=400) < day
            if is_open:
                county.inspections.append(Inspection(school.urn, grade, day))
            weak = grade in ("Inadequate", "Requires Improvement", "Unsatisfactory", "Adequate")
            gap = rng.uniform(1.4, 2.4) if weak else rng.uniform(3.2, 5.4)
            later = day + timedelta(days=round(365 * gap))
            day = _term_day(rng, later.year, later.year + 1)


def _term_day(rng: np.random.Generator, first: int, end: int) -> date:
    """A Tuesday to Thursday in term."""
    month = int(rng.choice([1, 2, 3, 5, 6, 9, 10, 11]))
    day = date(int(rng.integers(first, end)), month, int(rng.integers(9, 22)))
    return day + timedelta(days=TO_MIDWEEK[day.weekday()])


def _grade(rng: np.random.Generator, county: County, school: School, day: date) -> str:
    rising = 0.05 * (day.year - 2019)
    score = 0.75 * school.quality + rng.normal(0, 0.6) + rising
    floors, lowest = ENGLISH_FLOORS, "Inadequate"
    if county.country == "W":
        floors, lowest = WELSH_FLOORS, "Unsatisfactory"
    grade = next((grade for floor, grade in floors if score >= floor), lowest)
    if grade == "Requires Improvement" and day < NEW_WORDS_ON:
        return "Satisfactory"
    return grade


def categorise(
    rng: np.random.Generator, county: County, shares: tuple[tuple[str, int], ...]
) -> None:
    """Each January's category of the mainstream schools then open, best first, in the shares."""
    schools = [school for school in county.schools if school.is_mainstream]
    noise = rng.normal(0, 0.5, len(schools))
    bounds = np.cumsum([share for _, share in shares]) / sum(share for _, share in shares)
    for year in county.years:
        noise = 0.8 * noise + rng.normal(0, 0.3, len(schools))
        day = date(year, *PUBLISHED_ON)
        score = noise + np.array([school.quality for school in schools])
        there = [i for i, school in enumerate(schools) if _runs_on(school, day)]
        ranked = sorted(there, key=lambda i: -score[i])
        for rank, index in enumerate(ranked):
            place = int(np.searchsorted(bounds, (rank + 0.5) / len(ranked)))
            county.support_categories.append(
                SupportCategory(schools[index].urn, shares[place][0], day)
            )


def _runs_on(school: School, day: date) -> bool:
    return (school.opened_on or date.min) <= day <= (school.closed_on or date.max)
