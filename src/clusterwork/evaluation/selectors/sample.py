"""The schools and figures of an analysis, as they stand today, as plain rows."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

from clusterwork.accounts.models import Person
from clusterwork.evaluation.models import Comparison
from clusterwork.evaluation.rules.carried import Years
from clusterwork.evaluation.rules.plan import AnalysisPlan
from clusterwork.evaluation.rules.sample import Group, Known, Sample, Unit, carried_once, told_years
from clusterwork.evaluation.rules.timing import last_day_of
from clusterwork.evaluation.selectors.groups import groups_of, members_at_start, other_groups
from clusterwork.evaluation.selectors.known import census_of, figures_of
from clusterwork.evaluation.selectors.lasting import lasting
from clusterwork.evaluation.selectors.pool import each_once, schools_beside
from clusterwork.kernel.errors import Problem
from clusterwork.kernel.messages import N_, Message
from clusterwork.measures.models import Measure
from clusterwork.measures.selectors.following import schools_before
from clusterwork.registry.models import School

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


class NoSchoolInside(Problem):
    """The clusters that started had no school on the first day that counts."""


class NothingToCompareWith(Problem):
    """There is no cluster and no school that did not take part."""


def sample_of(plan: AnalysisPlan, person: Person | None, day: dt.date) -> Sample:
    """All that the plan looks at, with the figures that `person` may see on `day`.

    Raises NoClusterStarted, NoSchoolInside, NothingToCompareWith.
    """
    programme = groups_of(plan)
    ours = {pk: group for pk, group in programme.items() if group.start and _asked(plan, pk)}
    if not ours:
        raise _nobody_started(plan.last_year)
    members = members_at_start(list(ours.values()), plan.last_year)
    inside = lasting(members.cluster_of)
    if not inside:
        raise _nobody_inside()
    beside = _groups_beside(plan, programme, min(group.first for group in ours.values()))
    outside = schools_beside(plan, inside, programme.keys() - beside.keys(), beside)
    schools = _schools({*inside, *outside})
    before = schools_before(list(schools.values()))
    outside = each_once(outside, inside, before)
    if not outside:
        raise _nothing_beside()
    kept = {pk: before[pk] for pk in (*inside, *outside)}
    measures = Measure.objects.in_bulk([plan.measure, *([plan.placebo] if plan.placebo else [])])
    placebo = measures.get(plan.placebo or 0)
    figures = figures_of(measures[plan.measure], plan, person, day, kept)
    untouched = figures_of(placebo, plan, person, day, kept) if placebo else {}
    facts = census_of(kept)
    everybody, others = (
        tuple(
            _unit(schools[pk], cluster, (figures.get(pk, {}), untouched.get(pk, {})), facts[pk])
            for pk, cluster in sorted(side.items())
        )
        for side in (inside, outside)
    )
    name = placebo.name if placebo else ""
    drawn = Sample({**ours, **beside}, everybody, others, (), members.n_late, placebo=name)
    return _counting(drawn, ours, plan)


def _counting(drawn: Sample, ours: Mapping[int, Group], plan: AnalysisPlan) -> Sample:
    """With the years that are told, and without those of ours that cannot count in them.

    Raises NoClusterStarted where every cluster starts after these years.
    """
    mine = carried_once(drawn.ours)
    years, thin = told_years(mine)
    found = replace(drawn, ours=mine, years=years, thin=thin, n_twins=len(drawn.ours) - len(mine))
    late = {pk for pk, group in ours.items() if _starts_after(group, years)}
    if not late:
        return found
    counting = tuple(unit for unit in mine if unit.cluster not in late)
    if not counting:
        raise _nobody_started(years[-1])
    left = [group for pk, group in ours.items() if pk not in late]
    return replace(
        found,
        clusters={pk: group for pk, group in drawn.clusters.items() if pk not in late},
        ours=counting,
        n_late=members_at_start(left, plan.last_year).n_late,
        n_after=len({unit.cluster for unit in mine} & late),
    )


def _starts_after(group: Group, years: Sequence[int]) -> bool:
    """Whether it starts after the last of the years: it is no comparison, having started since."""
    return bool(years and group.start and group.start > years[-1])


def _asked(plan: AnalysisPlan, cluster: int) -> bool:
    return plan.cluster is None or plan.cluster == cluster


def _groups_beside(
    plan: AnalysisPlan, programmes: Mapping[int, Group], first: int
) -> dict[int, Group]:
    if plan.comparison == Comparison.LATER:
        last = last_day_of(plan.last_year)
        return {pk: each for pk, each in programmes.items() if each.began and each.began > last}
    if plan.comparison == Comparison.CLUSTERS:
        return other_groups(programmes.keys(), first)
    return {}


def _schools(pks: Collection[int]) -> dict[int, School]:
    found = School.objects.filter(pk__in=pks).only(*FACTS)
    return {school.pk: school for school in found}


def _unit(
    school: School,
    cluster: int | None,
    figures: tuple[Mapping[int, Known], Mapping[int, Known]],
    facts: tuple[Years, Years],
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
        *figures,
        None
        if school.easting is None or school.northing is None
        else (school.easting, school.northing),
    )


def _nobody_started(year: int) -> NoClusterStarted:
    return NoClusterStarted(
        Message(
            N_("No cluster has results of a whole school year by the last year: %(year)s"),
            {"year": year},
        ),
        why=Message(
            N_("A cluster counts from the first school year that it was there for from the start.")
        ),
        next_step=Message(N_("Wait for later results, or choose a later last year.")),
    )


def _nobody_inside() -> NoSchoolInside:
    return NoSchoolInside(
        Message(N_("The clusters had no school when their first whole school year began.")),
        why=Message(N_("Only schools count that were in the cluster on that 1 September.")),
        next_step=Message(N_("Look at the dates of their memberships.")),
    )


def _nothing_beside() -> NothingToCompareWith:
    return NothingToCompareWith(
        Message(N_("There is nothing to hold the clusters against.")),
        why=Message(N_("Every school that could stand beside them is in a cluster too.")),
        next_step=Message(N_("Choose another comparison, or look for schools everywhere.")),
    )
