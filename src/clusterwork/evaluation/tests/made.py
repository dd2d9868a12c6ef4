"""A programme whose clusters started in different years, a pool of other schools, and figures."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from clusterwork.accounts.models import Person
from clusterwork.clusters.models import Cluster, Participation, Programme
from clusterwork.clusters.services.opening import ClusterPlan, PlannedSchool, open_clusters
from clusterwork.clusters.services.programmes import ProgrammeFacts, start_programme
from clusterwork.clusters.tests.made import TODAY, authority, officer, organisation
from clusterwork.measures.models import Figure, Measure, Origin
from clusterwork.measures.rules.days import end_of_year
from clusterwork.registry.models import Authority, Census, Organisation, School

NOW = dt.datetime(2026, 11, 21, 10, 0, tzinfo=dt.UTC)
STARTS = (dt.date(2016, 9, 1), dt.date(2016, 9, 1), dt.date(2017, 9, 1), dt.date(2018, 9, 1))
PLACES = ("Sleaford", "Ancaster", "Barkston", "Caythorpe", "Digby", "Ewerby", "Folkingham")
PUPILS_SD = 15.0  # of the pupils of one school, in points
SCHOOLS_SD = 4.0  # of the schools' lasting levels
SHOCK_SD = 1.0  # of what a whole cluster shares in one year
GROUPS = {"all": 1.0, "fsm": 0.3, "girls": 0.5, "boys": 0.5}


@dataclass
class MadeWorld:
    """Everything that `made_world` made; `schools` are those of the clusters, cluster by cluster,
    `pool` those in none, `others` clusters outside the programme."""

    organisation: Organisation
    authorities: list[Authority]
    officer: Person
    programme: Programme
    measure: Measure
    clusters: list[Cluster]
    schools: list[School]
    pool: list[School]
    others: list[Cluster] = field(default_factory=list)


def made_world(
    n_clusters: int = 4,
    schools_each: int = 4,
    pool: int = 60,
    years: Iterable[int] = range(2014, 2020),
    starts: Sequence[dt.date] = STARTS,
    effect: float = 0.0,
    seed: int = 1,
    others: int = 0,
    organisation_name: str = "Lincolnshire",
) -> MadeWorld:
    """The same figures for the same arguments; `effect` is in points of the measure, from the
    first school year that ends after a cluster's start.

    Cluster n starts at `starts[n % len(starts)]` and takes part since. Half the pool stands in a
    second authority. Figures are of mean scores, with the pupils counted, for the groups of
    `GROUPS`; pupils and free school meals are in the census of each year.
    """
    here = organisation(organisation_name)
    areas = [authority(), authority("926", "Norfolk")]
    here.authorities.add(areas[0])
    by = officer(here)
    facts = ProgrammeFacts("Closing the gap", "Cau’r bwlch", min(starts), None)
    programme = start_programme(person=by, day=TODAY, organisation=here, facts=facts)
    n_within = (n_clusters + others) * schools_each
    made = _schools(areas, n_within, pool)
    within = made[:n_within]
    groups = [within[i : i + schools_each] for i in range(0, n_within, schools_each)]
    clusters = [
        _cluster(by, here, n, group, starts[n % len(starts)], programme if n < n_clusters else None)
        for n, group in enumerate(groups)
    ]
    measure = reading_score(here)
    world = MadeWorld(
        organisation=here,
        authorities=areas,
        officer=by,
        programme=programme,
        measure=measure,
        clusters=clusters[:n_clusters],
        schools=within[: n_clusters * schools_each],
        pool=made[n_within:],
        others=clusters[n_clusters:],
    )
    _figures(world, made, groups, list(years), starts, effect, seed, n_clusters)
    return world


def reading_score(of: Organisation) -> Measure:
    """A mean score of the organisation's own, by school year."""
    return Measure.objects.create(
        organisation=of,
        code="reading-score",
        name="Reading, mean score at age 11",
        name_cy="Darllen, sgôr gymedrig yn 11 oed",
        unit="score",
        counts="pupils",
        direction="higher",
        way="weighted",
        covers="school_year",
        source="The county’s own tests",
        least=Decimal(0),
        most=Decimal(200),
        decimals=1,
        breakdowns=list(GROUPS),
        codes=["SUPP"],
    )


def _schools(areas: Sequence[Authority], n_within: int, pool: int) -> list[School]:
    places = random.Random(7)
    made = [
        School(
            urn=910_000 + n,
            name=f"Village {n:03} Primary School",
            authority=areas[0] if n < n_within + pool // 2 else areas[1],
            phase="primary",
            easting=500_000 + places.randrange(40_000),
            northing=330_000 + places.randrange(40_000),
            opened_on=dt.date(1960, 9, 1),
        )
        for n in range(n_within + pool)
    ]
    for each in made:
        each.refresh_keys()
    return School.objects.bulk_create(made)


def _cluster(
    by: Person,
    here: Organisation,
    n: int,
    group: Sequence[School],
    start_on: dt.date,
    programme: Programme | None,
) -> Cluster:
    name = PLACES[n] if n < len(PLACES) else f"{PLACES[n % len(PLACES)]} {n // len(PLACES) + 1}"
    plan = ClusterPlan(name, [PlannedSchool(each.pk) for each in group])
    opened = open_clusters(
        person=by,
        day=TODAY,
        organisation=here,
        plans=[plan],
        start_on=start_on,
        status=Cluster.Status.ACTIVE,
    )[0]
    if programme:
        Participation.objects.create(cluster=opened, programme=programme, start_on=start_on)
    return opened


def _figures(
    world: MadeWorld,
    made: Sequence[School],
    groups: Sequence[Sequence[School]],
    years: Sequence[int],
    starts: Sequence[dt.date],
    effect: float,
    seed: int,
    n_clusters: int,
) -> None:
    draw = random.Random(seed)
    place = {school.pk: n for n, group in enumerate(groups) for school in group}
    trend = {year: 0.4 * (year - years[0]) + draw.gauss(0, 0.3) for year in years}
    shock = {(n, year): draw.gauss(0, SHOCK_SD) for n in range(len(groups)) for year in years}
    figures: list[Figure] = []
    censuses: list[Census] = []
    for school in made:
        level = 100 + draw.gauss(0, SCHOOLS_SD)
        roll, meals = draw.randint(60, 320), round(draw.uniform(0.03, 0.4), 3)
        n = place.get(school.pk)
        for year in years:
            gain = effect if _has_started(n, year, starts, n_clusters) else 0.0
            mean = level + trend[year] + gain
            mean += shock[n, year] if n is not None else draw.gauss(0, SHOCK_SD)
            figures += _of_school(world.measure, school, year, mean, roll, draw)
            censuses.append(Census(school=school, year=year, pupils=roll, fsm_share=meals))
    Figure.objects.bulk_create(figures)
    Census.objects.bulk_create(censuses)


def _has_started(n: int | None, year: int, starts: Sequence[dt.date], n_clusters: int) -> bool:
    return n is not None and n < n_clusters and end_of_year(year) > starts[n % len(starts)]


def _of_school(
    measure: Measure, school: School, year: int, mean: float, roll: int, draw: random.Random
) -> list[Figure]:
    told: list[Figure] = []
    for group, share in GROUPS.items():
        counted = max(3, round(roll / 7 * share))
        value = mean - (4 if group == "fsm" else 0) + draw.gauss(0, PUPILS_SD / counted**0.5)
        told.append(_figure(measure, school, year, group, value, counted))
    return told


def _figure(
    measure: Measure, school: School, year: int, group: str, value: float, counted: int
) -> Figure:
    facts: dict[str, Any] = {"origin": Origin.UPLOAD, "is_public": True, "entered_at": NOW}
    return Figure(
        measure=measure,
        school=school,
        group=group,
        on=end_of_year(year),
        value=Decimal(str(round(value, 1))),
        denominator=counted,
        **facts,
    )
