"""The schools and figures of an analysis, as they stand today, as plain rows."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence

from clusterwork.accounts.models import Person
from clusterwork.evaluation.models import Comparison, Where
from clusterwork.evaluation.rules.plan import AnalysisPlan
from clusterwork.evaluation.rules.sample import Group, Known, Sample, Unit
from clusterwork.evaluation.selectors.groups import (
    groups_of,
    in_any_cluster,
    members_at_start,
    other_groups,
)
from clusterwork.evaluation.selectors.lasting import lasting
from clusterwork.kernel.errors import Problem
from clusterwork.kernel.messages import N_, Message
from clusterwork.measures.models import Figure, Measure
from clusterwork.measures.permissions.seeing import figures_visible_to
from clusterwork.measures.rules.following import Place, Row, by_place, standing_for
from clusterwork.measures.selectors.following import Steps, rows_of, schools_before
from clusterwork.registry.models import Census, School

Years = dict[int, float]
FACTS = (
    "pk",
    "urn",
    "welsh_number",
    "la_estab",
    "name",
    "phase",
    "medium",
    "authority_id",
    "easting",
    "northing",
)


class NoClusterStarted(Problem):
    """No cluster of the programme has started by the last year."""


class NothingToCompareWith(Problem):
    """There is no cluster and no school that did not take part."""


def sample_of(plan: AnalysisPlan, person: Person | None, day: dt.date) -> Sample:
    """All that the plan looks at, with the figures that `person` may see on `day`.

    Raises NoClusterStarted, NothingToCompareWith.
    """
    programmes = groups_of(plan)
    ours = {pk: group for pk, group in programmes.items() if group.start and _asked(plan, pk)}
    if not ours:
        raise _nobody_started(plan)
    first = min(group.first for group in ours.values())
    beside = _groups_beside(plan, programmes, first)
    members = members_at_start([*ours.values(), *beside.values()], plan.last_year)
    cluster_of = lasting(members.cluster_of)
    inside = {pk: cluster for pk, cluster in cluster_of.items() if cluster in ours}
    pool = _pool(plan, cluster_of, inside)
    if not pool:
        raise _nothing_beside()
    schools = _schools({*inside, *pool})
    before = schools_before(list(schools.values()))
    figures = _figures(plan, person, day, before)
    facts = _census({pk: _all_of(pk, before) for pk in schools})
    units = [
        _unit(schools[pk], cluster_of.get(pk), figures.get(pk, {}), facts[pk])
        for pk in sorted(schools)
    ]
    mine = tuple(unit for unit in units if unit.pk in inside)
    others = tuple(unit for unit in units if unit.pk not in inside)
    years = tuple(sorted({year for unit in mine for year in unit.figures}))
    return Sample({**ours, **beside}, mine, others, years, members.n_late)


def _asked(plan: AnalysisPlan, cluster: int) -> bool:
    return plan.cluster is None or plan.cluster == cluster


def _groups_beside(
    plan: AnalysisPlan, programmes: Mapping[int, Group], first: int
) -> dict[int, Group]:
    if plan.comparison == Comparison.LATER:
        return {pk: group for pk, group in programmes.items() if group.start is None}
    if plan.comparison == Comparison.CLUSTERS:
        return other_groups(programmes.keys(), first)
    return {}


def _pool(plan: AnalysisPlan, cluster_of: Mapping[int, int], inside: Mapping[int, int]) -> set[int]:
    """Schools that may stand beside ours."""
    if plan.comparison != Comparison.SCHOOLS:
        return cluster_of.keys() - inside.keys()
    mine = School.objects.filter(pk__in=inside)
    alike = School.objects.filter(phase__in=mine.values("phase"), medium__in=mine.values("medium"))
    if plan.where == Where.AREA:
        alike = alike.filter(authority__in=mine.values("authority"))
    taken = in_any_cluster(plan.first_year, plan.last_year)
    return set(alike.order_by().values_list("pk", flat=True)) - taken - inside.keys()


def _schools(pks: Collection[int]) -> dict[int, School]:
    found = School.objects.filter(pk__in=pks).only(*FACTS)
    return {school.pk: school for school in found}


def _all_of(school: int, before: Mapping[int, Steps]) -> list[int]:
    """The school and those that it came out of, the nearest first."""
    return [school, *(pk for step in before[school] for pk in step)]


def _figures(
    plan: AnalysisPlan, person: Person | None, day: dt.date, before: Mapping[int, Steps]
) -> dict[int, dict[int, Known]]:
    """By school and year, those of the schools before it included."""
    everybody = {pk for school in before for pk in _all_of(school, before)}
    measure = Measure.objects.get(pk=plan.measure)
    rows = list(rows_of([measure], plan.years, schools=everybody, group=plan.group))
    places = by_place(_may_see(rows, person, day))
    found: dict[int, dict[int, Known]] = defaultdict(dict)
    for school, steps in before.items():
        for year in plan.years:
            known = _known(school, year, plan.measure, places, steps)
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
    """One number of the year; of several schools that it came out of, weighed by those counted."""
    rows = standing_for((school, measure, year), places, steps)
    parts = [row.part for row in rows if row.part.value is not None]
    if not parts:
        return None
    counts = [part.denominator for part in parts]
    values = [float(part.value or 0) for part in parts]
    if any(count is None for count in counts):
        return Known(sum(values) / len(values), None)
    total = sum(count or 0 for count in counts)
    if total == 0:
        return None
    weighed = sum(value * (count or 0) for value, count in zip(values, counts, strict=True))
    return Known(weighed / total, total)


def _census(families: Mapping[int, Sequence[int]]) -> dict[int, tuple[Years, Years]]:
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


def _unit(
    school: School, cluster: int | None, figures: Mapping[int, Known], facts: tuple[Years, Years]
) -> Unit:
    return Unit(
        school.pk,
        school.number,
        school.name,
        school.phase,
        school.medium,
        school.authority_id,
        cluster,
        *facts,
        figures,
        None
        if school.easting is None or school.northing is None
        else (school.easting, school.northing),
    )


def _nobody_started(plan: AnalysisPlan) -> NoClusterStarted:
    return NoClusterStarted(
        Message(
            N_("No cluster has results of a whole school year by the last year: %(year)s"),
            {"year": plan.last_year},
        ),
        why=Message(
            N_("A cluster counts from the first school year that it was there for from the start.")
        ),
        next_step=Message(N_("Wait for later results, or choose a later last year.")),
    )


def _nothing_beside() -> NothingToCompareWith:
    return NothingToCompareWith(
        Message(N_("There is nothing to hold the clusters against.")),
        why=Message(N_("Every school that could stand beside them is in a cluster too.")),
        next_step=Message(N_("Choose another comparison, or look for schools everywhere.")),
    )
