"""Whatever is done to clusters, in whatever order: what was so on an earlier day stays so."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Callable
from itertools import pairwise
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)

from clusterwork.clusters.models import Appointment, Cluster, Lineage, Membership, RotaSeat
from clusterwork.clusters.rules.spans import FOR_EVER, Span, covered, overlap, within
from clusterwork.clusters.selectors.clusters import status_on
from clusterwork.clusters.selectors.memberships import Placed, places_on
from clusterwork.clusters.services.going_on import go_on_after_all
from clusterwork.clusters.services.memberships import PartFacts, join, leave, take_part
from clusterwork.clusters.services.merging import merge_clusters
from clusterwork.clusters.services.mini_clusters import start_mini_cluster
from clusterwork.clusters.services.rotas import start_rota
from clusterwork.clusters.services.school_ends import (
    school_amalgamates,
    school_closes,
    school_renumbered,
)
from clusterwork.clusters.services.splitting import SplitPart, split_cluster
from clusterwork.clusters.services.statuses import close_cluster
from clusterwork.clusters.tests.made_clusters import BEGUN, Clusters
from clusterwork.kernel.errors import Problem

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)
N_DAYS = 1_100
PROBED = [BEGUN + n * 37 * DAY for n in range(-1, 32)]
days = st.integers(0, N_DAYS).map(lambda n: BEGUN + n * DAY)
which = st.integers(0, 10_000)
PARTS = ("core", "lead", "contributing", "associate")


class Sequence(RuleBasedStateMachine):
    """Two clusters of four schools each, two schools beside them, a chair and a rota."""

    def __init__(self) -> None:
        super().__init__()
        self.undone = transaction.atomic()
        self.undone.__enter__()

    def teardown(self) -> None:
        """Every example begins with an empty county."""
        transaction.set_rollback(True)
        self.undone.__exit__(None, None, None)

    @initialize()
    def begin(self) -> None:
        self.county = Clusters(10)
        self.who = self.county.who
        self.n = 0
        for name, members in (
            ("Louth", self.county.schools[:4]),
            ("Alford", self.county.schools[4:8]),
        ):
            cluster = self.county.open(name, members)
            Appointment.objects.create(
                cluster=cluster, role="chair", name="Ann", school=members[0], start_on=BEGUN
            )
            start_rota(
                **self.who, cluster_pk=cluster.pk, unit="year", start_on=BEGUN, schools=members
            )

    def tried(self, since: dt.date, verb: Callable[..., Any], /, **told: Any) -> None:
        """Does it, or is told why not. Days before `since` (after a no: all) answer as before."""
        before = _answers()
        try:
            with transaction.atomic():
                verb(**self.who, **told)
            kept = [day for day in PROBED if day < since]
        except Problem:
            kept = PROBED
        after = _answers()
        assert {day: after[day] for day in kept} == {day: before[day] for day in kept}
        assert places_on(since) == _places(list(Membership.objects.all()), since)

    def cluster(self, pick: int) -> Cluster:
        return _one(list(Cluster.objects.order_by("pk")), pick)

    def membership(self, pick: int) -> Membership:
        return _one(list(Membership.objects.order_by("pk")), pick)

    def school(self, pick: int) -> Any:
        return _one(self.county.schools, pick)

    def place(self) -> str:
        self.n += 1
        return f"Place {self.n}"

    @rule(cluster=which, school=which, on=days)
    def joins(self, cluster: int, school: int, on: dt.date) -> None:
        pk, who = self.cluster(cluster).pk, self.school(school)
        self.tried(on, join, pk=pk, school=who, start_on=on)

    @rule(row=which, on=days)
    def leaves(self, row: int, on: dt.date) -> None:
        pk = self.membership(row).pk
        self.tried(on, leave, membership_pk=pk, on=on, reason="Too far")

    @rule(row=which, on=days, part=st.sampled_from(PARTS))
    def takes_part(self, row: int, on: dt.date, part: str) -> None:
        facts = PartFacts(part, "Teaching", "Strong")
        pk = self.membership(row).pk
        self.tried(on, take_part, membership_pk=pk, facts=facts, on=on)

    @rule(cluster=which, on=days, share=st.integers(1, 5), goes_on=st.booleans())
    def splits(self, cluster: int, on: dt.date, share: int, goes_on: bool) -> None:
        found = self.cluster(cluster)
        rows = Membership.objects.filter(cluster=found).order_by("school", "start_on")
        living = {row.school_id: row.pk for row in rows if not row.end_on or row.end_on > on}
        pks = list(living.values())
        parts = [
            SplitPart(pks[:share], self.place(), goes_on=goes_on),
            SplitPart(pks[share:], self.place()),
        ]
        self.tried(on, split_cluster, pk=found.pk, on=on, parts=parts)

    @rule(one=which, other=which, on=days, into=st.booleans())
    def merge(self, one: int, other: int, on: dt.date, into: bool) -> None:
        pks = [self.cluster(one).pk, self.cluster(other).pk]
        self.tried(
            on,
            merge_clusters,
            pks=pks,
            on=on,
            into=pks[0] if into else None,
            working_name=self.place(),
        )

    @rule(cluster=which, schools=st.sets(which, min_size=1, max_size=2), on=days)
    def nest(self, cluster: int, schools: set[int], on: dt.date) -> None:
        found = self.cluster(cluster)
        ids = list(Membership.objects.filter(cluster=found).values_list("school", flat=True))
        told = {_one(ids, pick) for pick in schools} if ids else set()
        self.tried(
            on,
            start_mini_cluster,
            pk=found.pk,
            working_name=self.place(),
            school_ids=told,
            start_on=on,
        )

    @rule(cluster=which, on=days)
    def closes(self, cluster: int, on: dt.date) -> None:
        self.tried(on, close_cluster, pk=self.cluster(cluster).pk, on=on)

    @rule(cluster=which)
    def goes_on_after_all(self, cluster: int) -> None:
        found = self.cluster(cluster)
        self.tried(found.end_on or PROBED[-1], go_on_after_all, pk=found.pk)

    @rule(school=which, on=days)
    def a_school_closes(self, school: int, on: dt.date) -> None:
        self.tried(on, school_closes, school=self.school(school), on=on)

    @rule(school=which, into=which, on=days)
    def schools_amalgamate(self, school: int, into: int, on: dt.date) -> None:
        one, other = self.school(school), self.school(into)
        self.tried(on, school_amalgamates, school=one, into=other, on=on)

    @rule(school=which, now=which, on=days)
    def a_school_is_renumbered(self, school: int, now: int, on: dt.date) -> None:
        one, other = self.school(school), self.school(now)
        self.tried(on, school_renumbered, school=one, now=other, on=on)

    @invariant()
    def nobody_is_in_a_cluster_twice(self) -> None:
        for stays in _stays().values():
            assert not any(overlap(one, other) for one, other in pairwise(sorted(stays)))

    @invariant()
    def nobody_is_in_a_cluster_outside_its_life(self) -> None:
        for row in Membership.objects.select_related("cluster"):
            assert within(_span(row), _span(row.cluster))

    @invariant()
    def mini_clusters_are_inside(self) -> None:
        stays = _stays()
        for row in Membership.objects.filter(cluster__parent__isnull=False).select_related(
            "cluster"
        ):
            assert covered(_span(row), stays[row.cluster.parent_id, row.school_id])

    @invariant()
    def the_line_has_no_gap(self) -> None:
        moved = Membership.objects.filter(ended_by__in=("split", "merger"))
        steps = list(Lineage.objects.select_related("before", "after"))
        known = {(step.before_id, step.on) for step in steps}
        for row in moved.filter(cluster__parent__isnull=True):
            assert (row.cluster_id, row.end_on) in known
        for step in steps:
            assert within(Span(step.on, step.on + DAY), _span(step.after))
            assert step.before.start_on <= step.on <= (step.before.end_on or step.on)

    @invariant()
    def appointments_and_seats_rest_on_memberships(self) -> None:
        stays = _stays()
        for row in Appointment.objects.filter(school__isnull=False):
            assert covered(_span(row), stays[row.cluster_id, row.school_id])
        for seat in RotaSeat.objects.select_related("rota"):
            assert covered(_span(seat), stays[seat.rota.cluster_id, seat.school_id])

    @invariant()
    def ended_clusters_are_closed_then(self) -> None:
        for cluster in Cluster.objects.filter(end_on__isnull=False):
            assert status_on(cluster, cluster.end_on) == "closed"


def _one(found: Any, pick: int) -> Any:
    return found[pick % len(found)]


def _answers() -> dict[dt.date, list[Placed]]:
    rows = list(Membership.objects.all())
    return {day: _places(rows, day) for day in PROBED}


def _places(rows: list[Membership], day: dt.date) -> list[Placed]:
    """A second route to `places_on`, through no query."""
    held = [row for row in rows if row.start_on <= day < (row.end_on or FOR_EVER)]
    found = [Placed(row.school_id, row.cluster_id, row.part) for row in held]
    return sorted(found, key=lambda placed: (placed.cluster, placed.school))


def _stays() -> dict[tuple[int, int], list[Span]]:
    stays: dict[tuple[int, int], list[Span]] = defaultdict(list)
    for row in Membership.objects.all():
        stays[row.cluster_id, row.school_id].append(_span(row))
    return stays


def _span(row: Any) -> Span:
    return Span(row.start_on, row.end_on)


def test_any_sequence_of_verbs_keeps_earlier_days(db):
    run_state_machine_as_test(
        Sequence,
        settings=settings(
            max_examples=12,
            stateful_step_count=10,
            deadline=None,
            suppress_health_check=list(HealthCheck),
            derandomize=True,
            report_multiple_bugs=False,
            phases=(Phase.generate,),
        ),
    )
