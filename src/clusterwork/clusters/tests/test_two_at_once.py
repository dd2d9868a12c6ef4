"""Two people at the same time: one is done, the other is told why not, and nothing breaks."""

from __future__ import annotations

import datetime as dt
import threading
from collections.abc import Callable

import pytest
from django.db import connection, connections

from clusterwork.clusters.models import Asking, Cluster, Membership, Place
from clusterwork.clusters.services.asking import AskedAlready
from clusterwork.clusters.services.memberships import join
from clusterwork.clusters.services.merging import merge_clusters
from clusterwork.clusters.services.opening import take_part_in
from clusterwork.clusters.services.programmes import start_programme
from clusterwork.clusters.services.refusals import AlreadyAMember, InAnotherCluster
from clusterwork.clusters.services.registry_changes import apply_registry_changes
from clusterwork.clusters.services.splitting import SplitPart, split_cluster
from clusterwork.clusters.services.statuses import close_cluster
from clusterwork.clusters.tests.made import FACTS, TODAY
from clusterwork.clusters.tests.made_clusters import BEGUN, Clusters, ids_in, row_of
from clusterwork.clusters.tests.made_consulting import Consulted
from clusterwork.kernel.errors import Problem
from clusterwork.registry.models import Change

pytestmark = pytest.mark.django_db(transaction=True)
SPRING = dt.date(2026, 4, 1)


def at_once(*verbs: Callable[[], object]) -> list[Problem]:
    """Runs each on a connection of its own, all let go together; the problems that came back."""
    gate = threading.Barrier(len(verbs))
    problems: list[BaseException] = []

    def run(verb: Callable[[], object]) -> None:
        try:
            connection.ensure_connection()
            gate.wait()
            verb()
        except BaseException as problem:
            problems.append(problem)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=[verb]) for verb in verbs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for problem in problems:
        assert isinstance(problem, Problem), repr(problem)
    return [problem for problem in problems if isinstance(problem, Problem)]


@pytest.fixture
def county():
    return Clusters()


@pytest.fixture
def louth(county):
    return county.open("Louth", county.schools[:4])


class TestTwoAtOnce:
    def test_never_take_a_school_into_one_cluster_twice(self, county, louth):
        def verb():
            return join(**county.who, pk=louth.pk, school=county.schools[5], start_on=SPRING)

        (problem,) = at_once(verb, verb)
        assert isinstance(problem, AlreadyAMember)
        assert louth.memberships.filter(school=county.schools[5]).count() == 1

    def test_never_take_a_school_into_two_clusters_of_a_programme_that_allows_one(
        self, county, louth
    ):
        alford = county.open("Alford", county.schools[6:])
        only = start_programme(**county.who, organisation=county.organisation, facts=FACTS)
        only.starts_on, only.one_cluster_a_school = BEGUN, True
        only.save()
        take_part_in([louth, alford], only, BEGUN)
        school = county.schools[5]
        (problem,) = at_once(
            lambda: join(**county.who, pk=louth.pk, school=school, start_on=SPRING),
            lambda: join(**county.who, pk=alford.pk, school=school, start_on=SPRING),
        )
        assert isinstance(problem, InAnotherCluster)
        assert str(school) in str(problem) and str(only) in str(problem)
        assert Place.objects.filter(school=school).count() == 1

    def test_never_close_and_split_one_cluster(self, county, louth):
        rows = [row_of(louth, each).pk for each in county.schools[:4]]
        parts = [SplitPart(rows[:2], "North Wolds"), SplitPart(rows[2:], "South Wolds")]
        (_,) = at_once(
            lambda: close_cluster(**county.who, pk=louth.pk, on=SPRING),
            lambda: split_cluster(**county.who, pk=louth.pk, on=SPRING, parts=parts),
        )
        assert Cluster.objects.get(pk=louth.pk).end_on == SPRING
        assert ids_in(louth, SPRING) == set()

    def test_merging_either_way_round_merge_once(self, county, louth):
        alford = county.open("Alford", county.schools[4:])
        (_,) = at_once(
            *(
                lambda pks=pks: merge_clusters(**county.who, pks=pks, on=SPRING, into=pks[0])
                for pks in ([louth.pk, alford.pk], [alford.pk, louth.pk])
            )
        )
        assert Membership.objects.filter(end_on=None).count() == 8

    def test_workers_take_up_a_closed_school_once(self, county, louth):
        gone = county.schools[0]
        gone.status, gone.closed_on = "closed", SPRING
        gone.save()
        Change.objects.create(school=gone, happening="closed", field="status", as_at=TODAY)
        now = dt.datetime(2026, 11, 21, 9, tzinfo=dt.UTC)
        assert at_once(*[lambda: apply_registry_changes(now=now)] * 2) == []
        assert louth.register_effects.count() == 1

    def test_two_officers_ask_the_schools_once(self):
        county = Consulted(n_schools=5)
        (problem,) = at_once(county.ask_first, county.ask_first)
        assert isinstance(problem, AskedAlready)
        assert Asking.objects.get().asked.count() == 5
