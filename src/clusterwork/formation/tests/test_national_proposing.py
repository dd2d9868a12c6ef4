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
    @settings(careful, max_examples=6)
    @given(instance=middling())
    def test_regions_and_blocks_of_telling_make_one_proposal(
        self, small_regions: None, instance: Instance
    ) -> None:
        try:
            proposal = large(instance)
        except (CannotBeSatisfied, NotFoundInTime):
            return
        holds(instance, proposal)


def county(n: int = 70, **policy: object) -> Instance:
    """Schools with everything: flows, partnerships, clusters of today, locks of every kind."""
    random = np.random.default_rng(5)
    spots = random.integers(0, 45, (n, 2)) + random.random((n, 2)) / 10
    schools = tuple(
        school(
            k,
            float(east),
            float(north),
            pupils=float(random.integers(20, 400)),
            fsm_share=float(random.integers(5, 50)) / 100,
            strong=k % 3 == 0,
            support=float(random.integers(1, 5)),
        )
        for k, (east, north) in enumerate(spots)
    )
    near = np.argsort(np.hypot(*(spots[:, None] - spots[None]).transpose(2, 0, 1)), axis=1)
    facts: dict[str, object] = {
        "weights": Weights(flow=0.05, links=1.0, need=0.05, need_pupils=0.01, need_support=0.5),
        "limit_minutes": 70.0,
        **policy,
    }
    together = ((str(0), str(near[0, 1])),)
    return Instance(
        schools,
        Policy(**facts),  # type: ignore[arg-type]
        flows=tuple(Flow(str(k), str(near[k, 3]), 6.0) for k in range(0, n, 2)),
        links=tuple(Link(str(k), str(near[k, 2 + k % 5]), 2.0) for k in range(0, n, 3)),
        locks=Locks(together=together, apart=((str(7), str(near[7, 1])),)),
        current={str(k): f"today {spots[k, 0] // 16:.0f}{spots[k, 1] // 16:.0f}" for k in range(n)},
    )


WAYS: dict[str, dict[str, object]] = {
    "to the hub": {},
    "to the hub in minutes, the longest too": {
        "unit": "minutes",
        "weights": Weights(worst=1.0, links=1.0),
    },
    "to each other": {"measure": "peers"},
    "a count and contributing schools": {"count": (10, 11), "contributing": True},
    "changes priced": {"weights": Weights(change=3.0, flow=0.1)},
}


class TestWithEverything:
    @pytest.mark.parametrize("way", WAYS)
    def test_figures_are_those_of_the_whole(self, small_regions: None, way: str) -> None:
        instance = county(**WAYS[way])
        holds(instance, large(instance))

    def test_given_minutes_and_fixed_places(self, small_regions: None) -> None:
        instance = county(unit="minutes")
        minutes = {(str(a), str(b)): 5.0 + (a * b) % 40 for a in range(70) for b in range(0, 70, 3)}
        fixed = {"11": instance.current["11"], "12": instance.current["12"], "20": "21"}
        locks = replace(instance.locks, fixed=fixed)
        instance = replace(instance, minutes=minutes, locks=locks)
        instance = replace(instance, policy=replace(instance.policy, limit_minutes=0.0))
        proposal = large(instance)
        holds(instance, proposal)
        assert proposal.assignment["11"] == instance.current["11"]

    @pytest.mark.parametrize("way", list(WAYS)[:4])
    def test_reasons_are_those_by_matrix(
        self, small_regions: None, monkeypatch: pytest.MonkeyPatch, way: str
    ) -> None:
        monkeypatch.setattr(telling, "NEIGHBOURS", 45)
        instance = county(**WAYS[way])
        proposal = large(instance)
        explainer = by_matrix(instance, proposal)
        moved = set(proposal.moved or ())
        for i, each in enumerate(instance.schools):
            told = proposal.reasons[each.id]
            other = explainer.reason(i, moved=each.id in moved)
            assert str(told.message) == str(other.message)
            assert replace(told, next_best=None) == replace(other, next_best=None)
            assert (told.next_best is None) == (other.next_best is None)
            if told.next_best and other.next_best:
                assert told.next_best.cluster == other.next_best.cluster
                assert told.next_best.cost == pytest.approx(other.next_best.cost, abs=1e-6)

    def test_progress_never_worsens(self, small_regions: None) -> None:
        seen: list[tuple[float | None, float]] = []
        proposal = large(county(), progress=lambda _, plan, bound, __: seen.append((plan, bound)))
        plans = [plan for plan, _ in seen if plan is not None]
        assert plans and plans == sorted(plans, reverse=True)
        assert proposal.objective == pytest.approx(plans[-1], abs=1e-6)
        assert max(bound for _, bound in seen) <= proposal.objective + 1e-6


def by_matrix(instance: Instance, proposal: Proposal) -> Explainer:
    model = build_model(instance)
    book = Book(model)
    number = {each.id: i for i, each in enumerate(instance.schools)}
    name = {
        frozenset(int(model.group[number[i]]) for i in c.members): c.label
        for c in proposal.clusters
    }
    plan = make_plan(model, book, list(name), frozenset())
    assert plan is not None
    return Explainer(model, book, plan, [name[key] for key in plan.clusters])


def row(*places: tuple[float, float], **facts: object) -> tuple[School, ...]:
    return tuple(school(k, *place, **facts) for k, place in enumerate(places))


class TestStrangeMaps:
    @pytest.mark.parametrize(
        "schools",
        [
            row(*[(3.0, 4.0)] * 60),
            row(*[(float(k), 2.0 * k) for k in range(60)]),
            row(*[(1e6 * k, -1e6 * (k % 7)) for k in range(60)]),
            row(*[(1e6, 1e6 + k / 1000) for k in range(60)]),
        ],
        ids=["one place", "one line", "a million kilometres", "far from the origin"],
    )
    @pytest.mark.parametrize("measure", ["hub", "peers"])
    def test_are_divided(
        self, small_regions: None, schools: tuple[School, ...], measure: str
    ) -> None:
        policy = Policy(limit_minutes=0.0, measure=measure)  # type: ignore[arg-type]
        instance = Instance(schools, policy)
        holds(instance, large(instance, 0.5))

    def test_authorities_are_never_mixed(self, small_regions: None) -> None:
        schools = tuple(
            replace(each, authority="ABC"[k % 3]) for k, each in enumerate(county().schools)
        )
        policy = Policy(limit_minutes=0.0, same_authority=True)
        holds(Instance(schools, policy), large(Instance(schools, policy)))


class TestNotLonger:
    def test_it_stops_when_asked_with_the_best_so_far(self, small_regions: None) -> None:
        plans: list[float] = []

        def watch(_: float, plan: float | None, *__: object) -> None:
            plans.extend([plan] if plan is not None else [])

        proposal = large(county(), 60.0, should_stop=lambda: bool(plans), progress=watch)
        assert proposal.seconds < 10
        holds(county(), proposal)

    def test_several_processes_give_a_sound_plan(self) -> None:
        instance = county()
        holds(instance, large(instance, 3.0, processes=2))

    @pytest.mark.parametrize("policy", [Policy(pyramid=True), Policy(may_leave_over=True)])
    def test_what_needs_every_pair_is_refused(self, policy: Policy) -> None:
        with pytest.raises(TooManySchools):
            large(replace(county(), policy=policy))
