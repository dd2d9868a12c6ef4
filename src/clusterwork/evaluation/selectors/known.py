"""Figures and facts of schools by year, those of the schools that they came out of included."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from clusterwork.accounts.models import Person
from clusterwork.evaluation.rules.plan import AnalysisPlan
from clusterwork.evaluation.rules.sample import Known
from clusterwork.measures.models import Figure, Measure
from clusterwork.measures.permissions.seeing import figures_visible_to
from clusterwork.measures.rules.following import Place, Row, by_place
from clusterwork.measures.selectors.following import Steps, rows_of
from clusterwork.registry.models import Census

Years = dict[int, float]


def family_of(school: int, before: Mapping[int, Steps]) -> list[int]:
    """The school and those that it came out of, the nearest first."""
    return [school, *(pk for step in before[school] for pk in step)]


def figures_of(
    measure: Measure,
    plan: AnalysisPlan,
    person: Person | None,
    day: dt.date,
    before: Mapping[int, Steps],
) -> dict[int, dict[int, Known]]:
    """Of the plan's group and years by school, those of the schools before it included."""
    everybody = {pk for school in before for pk in family_of(school, before)}
    rows = list(rows_of([measure], plan.years, schools=everybody, group=plan.group))
    places = by_place(_may_see(rows, person, day))
    found: dict[int, dict[int, Known]] = defaultdict(dict)
    for school, steps in before.items():
        for year in plan.years:
            known = _known(school, year, measure.pk, places, steps)
            if known is not None:
                found[school][year] = known
    return found


def _may_see(rows: Sequence[Row], person: Person | None, day: dt.date) -> Iterable[Row]:
    """Published figures, and of the others those that the person sees."""
    private = [row.pk for row in rows if not row.is_public]
    if not private:
        return rows
    seen: set[int] = set()
    if person is not None:
        visible = Figure.objects.filter(figures_visible_to(person, day), pk__in=private)
        seen = set(visible.values_list("pk", flat=True))
    return [row for row in rows if row.is_public or row.pk in seen]


def _known(
    school: int, year: int, measure: int, places: Mapping[Place, Row], steps: Steps
) -> Known | None:
    """Its own number of the year, else that of the nearest schools that it came out of together.

    Where one of several has none there is none for the whole: the others alone are not the school.
    """
    for step in ((school,), *steps):
        rows = [places.get((each, measure, year)) for each in step]
        valued = [row for row in rows if row is not None and row.part.value is not None]
        if valued:
            return _together(valued) if len(valued) == len(step) else None
    return None


def _together(rows: Sequence[Row]) -> Known | None:
    """Weighed by those counted; alike where that is not known of all."""
    counts = [row.part.denominator for row in rows]
    values = [float(row.part.value or 0) for row in rows]
    if any(count is None for count in counts):
        return Known(sum(values) / len(values), None)
    total = sum(count or 0 for count in counts)
    if total == 0:
        return None
    weighed = sum(value * (count or 0) for value, count in zip(values, counts, strict=True))
    return Known(weighed / total, total)


def census_of(families: Mapping[int, Sequence[int]]) -> dict[int, tuple[Years, Years]]:
    """Pupils and the share of free school meals by school and year; of schools before where there
    is none of its own. One query."""
    everybody = {pk for family in families.values() for pk in family}
    rows = Census.objects.filter(school__in=everybody).order_by("school", "year")
    pupils: dict[int, Years] = defaultdict(dict)
    meals: dict[int, Years] = defaultdict(dict)
    for school, year, roll, share in rows.values_list("school", "year", "pupils", "fsm_share"):
        if roll is not None:
            pupils[school][year] = float(roll)
        if share is not None:
            meals[school][year] = float(share)
    return {
        pk: (_first_told(family, pupils), _first_told(family, meals))
        for pk, family in families.items()
    }


def _first_told(family: Sequence[int], by_school: Mapping[int, Years]) -> Years:
    told: Years = {}
    for pk in family:
        for year, value in by_school.get(pk, {}).items():
            told.setdefault(year, value)
    return told
