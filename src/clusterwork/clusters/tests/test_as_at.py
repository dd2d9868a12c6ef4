"""Questions about a day are answered for many at once, in a fixed number of queries."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from clusterwork.clusters.selectors.clusters import (
    clusters_on,
    names_on,
    programme_of_clusters,
    standings_on,
    statuses_on,
)
from clusterwork.clusters.selectors.lineage import ancestors, descendants, lineage_of, steps_among
from clusterwork.clusters.selectors.memberships import (
    clusters_of,
    clusters_of_schools,
    in_none,
    members_of,
    members_on,
    n_schools_of,
    places_on,
)
from clusterwork.clusters.services.merging import merge_clusters
from clusterwork.clusters.services.splitting import SplitPart, split_cluster
from clusterwork.clusters.tests.made import TODAY
from clusterwork.clusters.tests.made_clusters import BEGUN, Clusters, row_of
from clusterwork.registry.models import School

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)
SPLIT, MERGED = dt.date(2025, 9, 1), dt.date(2026, 9, 1)


@pytest.fixture
def county():
    """Louth splits in 2025, and one of its parts merges with Alford in 2026."""
    made = Clusters(9)
    made.louth = made.open("Louth", made.schools[:4])
    made.alford = made.open("Alford", made.schools[4:6])
    rows = [row_of(made.louth, each).pk for each in made.schools[:4]]
    parts = [SplitPart(rows[:2], "North Wolds"), SplitPart(rows[2:], "South Wolds")]
    made.north, made.south = split_cluster(**made.who, pk=made.louth.pk, on=SPLIT, parts=parts)
    made.east = merge_clusters(
        **made.who, pks=[made.south.pk, made.alford.pk], on=MERGED, working_name="East"
    )
    return made


class TestTheLine:
    def test_goes_back_and_forth_over_all_steps(self, county):
        assert set(ancestors(county.east)) == {county.south, county.alford, county.louth}
        assert set(descendants(county.louth)) == {county.north, county.south, county.east}

    def test_ends_at_a_day(self, county):
        assert set(descendants(county.louth, MERGED - DAY)) == {county.north, county.south}

    def test_tells_the_steps_next_to_a_cluster(self, county):
        line = lineage_of(county.south)
        assert [step.before for step in line.came_from] == [county.louth]
        assert [step.after for step in line.came_after] == [county.east]
        assert len(steps_among([county.south.pk, county.alford.pk])) == 3


class TestADay:
    @pytest.mark.parametrize("day", [BEGUN - DAY, BEGUN, SPLIT, MERGED, TODAY])
    def test_is_answered_alike_for_one_and_for_many(self, county, day):
        ids = [each.pk for each in clusters_on(day)]
        many = members_of(ids, day)
        for cluster in clusters_on(day):
            assert many.get(cluster.pk, []) == list(members_on(cluster, day))
            assert n_schools_of(ids, day)[cluster.pk] == len(many[cluster.pk])
        by_school = clusters_of_schools([each.pk for each in county.schools], day)
        for school in county.schools:
            assert by_school.get(school.pk, []) == list(clusters_of(school, day))
        told = {(row.school, row.cluster) for row in places_on(day)}
        assert told == {(row.school_id, row.cluster_id) for rows in many.values() for row in rows}

    def test_knows_who_is_in_none(self, county):
        assert set(in_none(School.objects.all(), TODAY)) == set(county.schools[6:])
        assert set(in_none(School.objects.all(), BEGUN - DAY)) == set(county.schools)

    def test_costs_one_query_however_many_are_asked_for(self, county):
        clusters = list(clusters_on(TODAY))
        ids = [each.pk for each in clusters]
        asked = (
            lambda: statuses_on(ids, TODAY),
            lambda: names_on(clusters, TODAY),
            lambda: standings_on(ids, TODAY),
            lambda: programme_of_clusters(ids, TODAY),
            lambda: members_of(ids, TODAY),
            lambda: places_on(TODAY),
        )
        for ask in asked:
            with CaptureQueriesContext(connection) as queries:
                ask()
            assert len(queries) == 1
