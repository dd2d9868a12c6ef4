"""What there is to choose from for an analysis: clusters with their starts, measures, years."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from django.db.models import Count, QuerySet
from django.db.models.functions import ExtractMonth, ExtractYear

from clusterwork.accounts.models import Person
from clusterwork.clusters.models import Membership, Participation
from clusterwork.evaluation.models import Analysis, Comparison
from clusterwork.evaluation.rules.choices import (
    Ground,
    TooEarly,
    alternatives_that_fit,
    usual_too_early,
)
from clusterwork.evaluation.rules.timing import SEPTEMBER, first_day_of, last_day_of
from clusterwork.evaluation.selectors.groups import (
    COUNTED,
    Start,
    other_groups,
    starts_of,
)
from clusterwork.measures.models import Breakdown, Measure
from clusterwork.measures.models.measure import Covers, Unit
from clusterwork.measures.permissions.seeing import figures_visible_to
from clusterwork.measures.selectors.figures import current_figures
from clusterwork.measures.selectors.following import schools_before
from clusterwork.measures.selectors.measures import breakdowns_of
from clusterwork.plans.models import Plan, Target
from clusterwork.plans.models.outcomes import Horizon
from clusterwork.registry.models import School

Years = dict[int, int]


@dataclass(frozen=True)
class Offer:
    """What the clusters' schools have figures of, by measure and group: schools by school year."""

    starts: tuple[Start, ...]
    figures: Mapping[tuple[int, str], Years]

    @cached_property
    def start_years(self) -> tuple[int, ...]:
        """The first years after the starts, the first first."""
        return tuple(sorted({start.year for start in self.starts}))

    def ground(self, measure: int, group: str) -> Ground:
        """What there is of one measure and group."""
        years = self.figures.get((measure, group), {})
        last = max(years, default=0)
        return Ground(years, tuple(each for each in self.start_years if each <= last))

    @property
    def enough(self) -> list[tuple[int, str]]:
        """The measures and groups with figures before the first start and after it."""
        return [key for key in self.figures if self.ground(*key).is_enough]


def offer_for(
    analysis: Analysis, person: Person, day: dt.date, cluster: int | None = None
) -> Offer:
    """What `person` may see of figures of the programme's schools, or of one cluster's."""
    starts = [
        each
        for each in starts_of(analysis.study.programme)
        if cluster is None or each.cluster.pk == cluster
    ]
    return Offer(tuple(starts), _counted(_schools(starts), person, day))


def _schools(starts: Iterable[Start]) -> set[int]:
    """The schools of the clusters as they began, and those that they came out of. Four queries at
    most."""
    first_days = {each.cluster.pk: first_day_of(each.year) for each in starts}
    stays = Membership.objects.filter(
        cluster__in=first_days, school__isnull=False, part__in=COUNTED
    ).values_list("cluster", "school", "start_on", "end_on")
    inside = {
        school
        for cluster, school, start, end in stays
        if start <= first_days[cluster] and (end is None or end > first_days[cluster])
    }
    rows = School.objects.filter(pk__in=inside).only("pk", "urn", "welsh_number", "la_estab")
    before = schools_before(list(rows))
    earlier = {pk for steps in before.values() for step in steps for pk in step}
    return {row.pk for row in rows} | earlier


def _counted(schools: Iterable[int], person: Person, day: dt.date) -> dict[tuple[int, str], Years]:
    """How many schools have a value, by measure and group and school year. One query."""
    rows = current_figures().filter(
        figures_visible_to(person, day), school__in=schools, value__isnull=False, on__lte=day
    )
    months = rows.order_by().annotate(y=ExtractYear("on"), m=ExtractMonth("on"))
    counts = months.values_list("measure", "group", "y", "m").annotate(
        n=Count("school", distinct=True)
    )
    found: dict[tuple[int, str], Years] = defaultdict(dict)
    for measure, group, year, month, n in counts:
        ends = year + (month >= SEPTEMBER)
        years = found[measure, group]
        years[ends] = max(n, years.get(ends, 0))
    return dict(found)


def measures_to_choose(offer: Offer) -> QuerySet[Measure]:
    """The measures with figures on both sides of any cluster's start, by name."""
    pks = {
        measure
        for (measure, _group), years in offer.figures.items()
        if any(Ground(years, (start,)).is_enough for start in offer.start_years)
    }
    return _by_year(pks)


def measures_offered(offer: Offer) -> QuerySet[Measure]:
    """The measures with figures on both sides of the first start, by name."""
    return _by_year({measure for measure, _group in offer.enough})


def _by_year(pks: Collection[int]) -> QuerySet[Measure]:
    """Those whose figures hold for a school year: one of a day is no result of a year."""
    rows = Measure.objects.filter(pk__in=pks, covers=Covers.SCHOOL_YEAR)
    return rows.exclude(unit=Unit.YES_NO)


def placebos_offered(analysis: Analysis, person: Person, day: dt.date) -> QuerySet[Measure]:
    """Measures with figures of the same schools and group, but for the one looked at."""
    offer = offer_for(analysis, person, day, analysis.cluster_id)
    here = {measure for measure, group in offer.enough if group == analysis.group}
    return _by_year(here - {analysis.measure_id})


def groups_offered(offer: Offer, measure: Measure) -> list[Breakdown]:
    """The measure's groups with figures on both sides of the first start."""
    here = {group for pk, group in offer.enough if pk == measure.pk}
    return [each for each in breakdowns_of(measure) if each.code in here]


def too_early_for(analysis: Analysis, starts: Iterable[Start]) -> TooEarly | None:
    """The day that is filled in; None while the measure or the years are not chosen. One query."""
    years = [each.year for each in starts if _asked(analysis, each)]
    if not (analysis.measure_id and analysis.last_year and years):
        return None
    return usual_too_early(_target_days(analysis), min(years), analysis.last_year)


def comparisons_possible(analysis: Analysis, starts: Collection[Start]) -> tuple[str, ...]:
    """Those for which there are schools or clusters: two queries at most."""
    last = analysis.last_year or 0
    found = [Comparison.SCHOOLS.value]
    years = [each.year for each in starts if each.year <= last]
    if not years:
        return tuple(found)
    ours = {each.cluster.pk for each in starts}
    if other_groups(ours, min(years) - 1):
        found.append(Comparison.CLUSTERS.value)
    if any(each.on > last_day_of(last) for each in starts):
        found.append(Comparison.LATER.value)
    return tuple(found)


def alternatives_fitting(analysis: Analysis, starts: Iterable[Start]) -> tuple[str, ...]:
    """The alternatives that would differ from the plan as it stands."""
    last = analysis.last_year or 0
    years = [each.year for each in starts if _asked(analysis, each) and each.year <= last]
    return alternatives_that_fit(
        comparison=analysis.comparison,
        where=analysis.where,
        neighbours=analysis.neighbours,
        alike_by=analysis.alike_by,
        starts=years,
        last_year=last,
    )


def _asked(analysis: Analysis, start: Start) -> bool:
    return analysis.cluster_id is None or analysis.cluster_id == start.cluster.pk


def _target_days(analysis: Analysis) -> list[dt.date]:
    """By when the clusters' approved plans want something of the measure that takes its time."""
    parts = Participation.objects.filter(programme=analysis.study.programme_id)
    if analysis.cluster_id:
        parts = parts.filter(cluster=analysis.cluster_id)
    rows = Target.objects.filter(
        plan__state=Plan.State.APPROVED,
        plan__cluster__in=parts.values("cluster"),
        measure=analysis.measure_id,
        horizon__in=(Horizon.MEDIUM, Horizon.LONG),
    )
    return list(rows.order_by("wanted_on").values_list("wanted_on", flat=True))
