"""Figures and facts of schools by year, those of the schools that they came out of included."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence

from clusterwork.accounts.models import Person
from clusterwork.evaluation.rules.carried import Years, carried_by, rolls_of, shares_of
from clusterwork.evaluation.rules.plan import AnalysisPlan
from clusterwork.evaluation.rules.sample import Known
from clusterwork.measures.models import Figure, Measure
from clusterwork.measures.permissions.seeing import figures_visible_to
from clusterwork.measures.rules.following import Place, Row, by_place
from clusterwork.measures.rules.years import span_of
from clusterwork.measures.selectors.figures import figures_of_schools
from clusterwork.measures.selectors.following import Steps, rows_of
from clusterwork.registry.models import Census


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
    without = _without_figures(measure, plan, before)
    found: dict[int, dict[int, Known]] = defaultdict(dict)
    for school, steps in before.items():
        counting = _steps(school, steps, without)
        for year in plan.years:
            known = _known(year, measure.pk, places, counting)
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


def _without_figures(
    measure: Measure, plan: AnalysisPlan, before: Mapping[int, Steps]
) -> frozenset[int]:
    """Of schools that merged those of which there is no figure in these years: none of any group,
    and none that only others may see. One query, none without a merger."""
    merged = {pk for steps in before.values() for step in steps if len(step) > 1 for pk in step}
    if not merged:
        return frozenset()
    since, until = span_of(plan.first_year)[0], span_of(plan.last_year)[1]
    rows = figures_of_schools(merged, [measure], since=since, until=until, group=None)
    return frozenset(merged - set(rows.order_by().values_list("school", flat=True)))


def _steps(school: int, steps: Steps, without: Collection[int] = ()) -> Steps:
    """The school itself and those that it came out of, but for those that have no figures."""
    kept = (tuple(pk for pk in step if pk not in without) for step in steps)
    return ((school,), *kept)


def _known(year: int, measure: int, places: Mapping[Place, Row], steps: Steps) -> Known | None:
    """Its own number of the year, else that of the nearest schools that it came out of together.

    Where one of several has none there is none for the whole: the others alone are not the school.
    """
    rows = {
        pk: row
        for step in steps
        for pk in step
        if (row := places.get((pk, measure, year))) and row.part.value is not None
    }
    schools = carried_by(steps, rows)
    if not schools:
        return None
    together = _together([rows[pk] for pk in schools])
    return together and together._replace(of=() if schools == steps[0] else schools)


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


def census_of(before: Mapping[int, Steps]) -> dict[int, tuple[Years, Years]]:
    """Pupils and the share of free school meals by school and year; of schools before where there
    is none of its own. One query."""
    everybody = {pk for school in before for pk in family_of(school, before)}
    rows = Census.objects.filter(school__in=everybody).order_by("school", "year")
    pupils: dict[int, Years] = defaultdict(dict)
    meals: dict[int, Years] = defaultdict(dict)
    for school, year, roll, share in rows.values_list("school", "year", "pupils", "fsm_share"):
        if roll is not None:
            pupils[school][year] = float(roll)
        if share is not None:
            meals[school][year] = float(share)
    told = {pk: _steps(pk, steps) for pk, steps in before.items()}
    return {
        pk: (rolls_of(steps, pupils), shares_of(steps, meals, pupils)) for pk, steps in told.items()
    }
