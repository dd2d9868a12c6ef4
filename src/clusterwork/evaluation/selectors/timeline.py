"""What stands around a cluster's figures: aims, judgements, inspections, who its pupils are."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from clusterwork.accounts.models import Person
from clusterwork.clusters.models import Cluster
from clusterwork.clusters.permissions.deciding import is_inside
from clusterwork.clusters.selectors.memberships import school_ids_in
from clusterwork.evaluation.rules.timeline import (
    Aim,
    Demography,
    Inspection,
    Judgement,
    Roll,
    demography_of,
)
from clusterwork.measures.models import ALL, Measure
from clusterwork.measures.rules.years import span_of
from clusterwork.measures.selectors.around import CLUSTER, Around, Whose
from clusterwork.measures.selectors.following import Steps
from clusterwork.plans.models import Plan, Review, Target
from clusterwork.plans.permissions.plans import is_of_the_authority, plans_to_open
from clusterwork.plans.states import plan as states
from clusterwork.registry.models import Assessment, Census

# While its bodies still think, nobody is told what one of them has answered.
OUT = (states.RETURNED, states.APPROVED, states.SUPERSEDED, states.DRAFT)
ANSWERED = (Review.State.APPROVED, Review.State.RETURNED)


@dataclass(frozen=True)
class Reader:
    """Whether somebody is of the cluster, or reads what it sends to its authority."""

    is_inside: bool
    is_of_the_authority: bool

    @property
    def any(self) -> bool:
        """Whether there is anything of its plans to be told."""
        return self.is_inside or self.is_of_the_authority


def reader_of(person: Person, cluster: Cluster, today: dt.date) -> Reader:
    """What the person is to the cluster today; the rule of plans' own pages."""
    inside = is_inside(person, cluster, today)
    return Reader(inside, inside or is_of_the_authority(person, cluster, today))


def aims_of(
    reader: Reader, cluster: Cluster, measure: Measure, group: str, day: dt.date
) -> list[Aim]:
    """The cluster's targets for the measure and group in its approved plan of the day.

    Who reads the cluster's plans at all reads approved ones.
    """
    if not reader.any:
        return []
    of_the_day = Plan.objects.filter(
        cluster=cluster, state=states.APPROVED, start_on__lte=day, end_on__gt=day
    )
    groups = ("", ALL) if group == ALL else (group,)
    rows = Target.objects.filter(
        plan__in=of_the_day,
        measure=measure,
        group__in=groups,
        school__isnull=True,
        wanted_value__isnull=False,
    )
    return [
        Aim(
            row.wanted_value or 0.0,
            row.wanted_on,
            row.baseline_value,
            row.baseline_on,
            row.baseline_source,
        )
        for row in rows.order_by("wanted_on", "pk")
    ]


def judgements_of(reader: Reader, cluster: Cluster, until: dt.date) -> list[Judgement]:
    """What reviewing bodies answered to plans that the person may read, up to the day."""
    if not reader.any:
        return []
    plans = plans_to_open(cluster, inside=reader.is_inside)
    rows = Review.objects.filter(
        submission__plan__in=plans.filter(state__in=OUT).values("pk"),
        state__in=ANSWERED,
        at__date__lte=until,
    ).select_related("body")
    return [
        Judgement(row.at.date(), str(row.body), row.state) for row in rows.order_by("at") if row.at
    ]


def inspections_of(cluster: Cluster, day: dt.date, years: Sequence[int]) -> list[Inspection]:
    """Grades of the schools of the day given in these school years up to it. One query."""
    if not years:
        return []
    first, last = span_of(years[0])[0], min(span_of(years[-1])[1], day)
    rows = Assessment.objects.filter(
        school__in=school_ids_in(cluster, day), on__gte=first, on__lte=last
    ).select_related("school", "scale", "grade")
    return [
        Inspection(row.on, str(row.school), row.school_id, str(row.scale), str(row.grade))
        for row in rows.order_by("-on", "school__sort_key", "scale")
    ]


def demography(cluster: Cluster, near: Around, years: Sequence[int]) -> list[Demography]:
    """Pupils and free school meals of the schools that were in the cluster each year. One query.

    Where a school has no census of the year, that of the nearest school that it came out of
    stands for it. From the first to the last year in which any census is known.
    """
    members = near.members[Whose(CLUSTER, cluster.pk)]
    rolls = _rolls(near.everybody, years)
    told = {year for _school, year in rolls}
    return [
        _of_year(year, members(year), near.before, rolls)
        for year in years
        if told and min(told) <= year <= max(told)
    ]


def _rolls(schools: set[int], years: Sequence[int]) -> dict[tuple[int, int], Roll]:
    rows = Census.objects.filter(school__in=schools, year__in=years)
    told = rows.values_list("school", "year", "pupils", "fsm_share")
    return {(school, year): Roll(pupils, meals) for school, year, pupils, meals in told}


def _of_year(
    year: int,
    schools: Iterable[int],
    before: Mapping[int, Steps],
    rolls: Mapping[tuple[int, int], Roll],
) -> Demography:
    """Two schools that came out of one count its pupils once."""
    standing: dict[int, Roll | None] = {}
    for school in sorted(schools):
        chain = [school, *(pk for step in before[school] for pk in step)]
        held = next((pk for pk in chain if (pk, year) in rolls), school)
        standing.setdefault(held, rolls.get((held, year)))
    return demography_of(year, list(standing.values()))
