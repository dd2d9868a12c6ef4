"""Proposals of large instances: the same promises as of small ones, figure by figure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings

from clusterwork.formation import (
    CannotBeSatisfied,
    Flow,
    Instance,
    Link,
    Locks,
    NotFoundInTime,
    Policy,
    Proposal,
    School,
    Weights,
    evaluate,
)
from clusterwork.formation.book import Book
from clusterwork.formation.explaining import Explainer
from clusterwork.formation.model import build_model
from clusterwork.formation.national import improving, proposing, telling
from clusterwork.formation.national.proposing import TooManySchools, propose_large
from clusterwork.formation.plan import make_plan
from clusterwork.formation.tests import made, plainly
from clusterwork.formation.tests.made import school
from clusterwork.formation.tests.test_large_way import middling

careful = settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
    derandomize=True,
)
SMALL = {
    "FIRST_SCHOOLS": 14,
    "FIRST_SECONDS": 0.5,
    "AGAIN_SCHOOLS": 30,
    "AGAIN_SECONDS": 0.1,
    "REGION_SCHOOLS": 25,
    "REGION_SECONDS": 0.1,
}
FIGURES = (
    "total_travel",
    "mean_minutes",
    "worst_minutes",
    "worst_pair_minutes",
    "flow_kept_share",
    "need_points",
    "pupils_percent",
    "support_steps",
)


@pytest.fixture
def small_regions(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    for name, value in SMALL.items():
        monkeypatch.setattr(improving, name, value)
    monkeypatch.setattr(telling, "BLOCK_SCHOOLS", 20)
    monkeypatch.setattr(telling, "NEIGHBOURS", 12)
    monkeypatch.setattr(proposing, "ASK_EVERY", 0.01)
    yield


def large(instance: Instance, seconds: float = 0.8, **more: object) -> Proposal:
    asked: dict[str, object] = {
        "time_limit_s": seconds,
        "seed": 1,
        "progress": None,
        "should_stop": None,
        "processes": 1,
        **more,
    }
    return propose_large(instance, **asked)  # type: ignore[arg-type]


def holds(instance: Instance, proposal: Proposal) -> None:
    """Every promise of a proposal, against `plainly` and `evaluate`."""
    by_id = {each.id: each for each in instance.schools}
    clusters = [[by_id[i] for i in cluster.members] for cluster in proposal.clusters]
    assert sorted(i for c in proposal.clusters for i in c.members) == sorted(by_id)
    assert instance.barriers or all(plainly.sound(instance, cluster) for cluster in clusters)
    count = instance.policy.count
    assert count is None or count[0] <= len(clusters) <= count[1]
    same_as_evaluated(instance, proposal)
    assert proposal.bound <= proposal.objective
    assert sum(proposal.parts.values()) == pytest.approx(proposal.objective, abs=1e-6)
    assert list(proposal.assignment) and set(proposal.reasons) == set(by_id)


def same_as_evaluated(instance: Instance, proposal: Proposal) -> None:
    partition = {cluster.label: cluster.members for cluster in proposal.clusters}
    judged = evaluate(instance, partition)
    assert not judged.breaches
    assert judged.clusters == tuple(sorted(proposal.clusters, key=first_of(instance)))
    assert proposal.objective == pytest.approx(judged.objective, abs=1e-6)
    assert proposal.parts == pytest.approx(judged.parts, abs=1e-6)
    for name in FIGURES:
        assert getattr(proposal, name) == pytest.approx(getattr(judged, name), abs=1e-6), name
    assert sorted(proposal.links_cut) == sorted(judged.links_cut)
    assert (proposal.moved is None) == (judged.moved is None)
    assert len(proposal.moved or ()) == len(judged.moved or ())


def first_of(instance: Instance):  # type: ignore[no-untyped-def]
    number = {each.id: i for i, each in enumerate(instance.schools)}
    return lambda cluster: number[cluster.members[0]]


class TestOnSmallInstances:
    @careful
    @given(instance=made.instances(7))
    def test_a_proposal_is_sound_and_the_bound_holds(self, instance: Instance) -> None:
        best = plainly.best(instance)
        try:
            proposal = large(instance, 0.4)
        except CannotBeSatisfied:
            assert best is None
            return
        except (NotFoundInTime, TooManySchools):
            return
        assert best is not None
        holds(instance, proposal)
        assert proposal.bound <= best + 1e-6 * max(1.0, best)
        assert proposal.objective >= best - 1e-6 * max(1.0, best)


class TestOnMiddlingInstances:
    @settings(careful, max_examples=15)
    @given(instance=middling())
    def test_regions_and_blocks_of_telling_make_one_proposal(
        self, small_regions: None, instance: Instance
    ) -> None:
        try:
            proposal = large(instance)
        except (CannotBeSatisfied, NotFoundInTime):
            return
        holds(instance, proposal)
