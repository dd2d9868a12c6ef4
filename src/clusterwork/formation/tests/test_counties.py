"""In counties that nobody has tuned anything for, every cluster keeps every rule."""

from __future__ import annotations

from dataclasses import replace

import pytest

from clusterwork.formation import Instance, Locks, Policy, Proposal, Weights, evaluate, propose
from clusterwork.formation.tests import counties, plainly

AIMS = Weights(worst=0.5, flow=0.05, need=0.1, change=0.5, links=1.0)
RULES = {
    "a limit between every two": Policy(size=(3, 12), limit_minutes=45.0),
    "a limit to the hub": Policy(size=(4, 9), limit_minutes=40.0, limit_to="hub", weights=AIMS),
    "peers": Policy(size=(4, 9), measure="peers", limit_minutes=60.0),
    "a contributing school": Policy(size=(4, 10), limit_minutes=60.0, contributing=True),
    "one authority": Policy(size=(4, 9), limit_minutes=75.0, same_authority=True, weights=AIMS),
    "a fixed number": Policy(size=(5, 9), limit_minutes=0.0, count=(13, 13)),
}


def kept(instance: Instance, proposal: Proposal) -> None:
    """Nobody is lost or twice, each cluster keeps the rules by both routes, figures add up."""
    by_id = {s.id: s for s in instance.schools}
    clusters = [[by_id[i] for i in cluster.members] for cluster in proposal.clusters]
    placed = [s.id for cluster in clusters for s in cluster]
    assert sorted([*placed, *(left.school for left in proposal.left_out)]) == sorted(by_id)
    partition = {cluster.label: cluster.members for cluster in proposal.clusters}
    found = evaluate(instance, partition)
    assert found.breaches == ()
    assert found.objective == pytest.approx(proposal.objective)
    assert 0 <= proposal.bound <= proposal.objective
    if not instance.policy.pyramid:
        assert all(plainly.sound(instance, cluster) for cluster in clusters)
        cost = sum(plainly.cost(instance, cluster) for cluster in clusters)
        assert cost + found.parts["change"] == pytest.approx(proposal.objective)


class TestClusters:
    @pytest.mark.parametrize("rules", RULES)
    @pytest.mark.parametrize("seed", [1])
    def test_keep_every_rule_and_every_lock(self, seed: int, rules: str) -> None:
        instance = counties.instance(seed, 90, RULES[rules])
        proposal = propose(instance, time_limit_s=1.5, seed=3)
        assert proposal.left_out == ()
        kept(instance, proposal)


class TestPyramids:
    @pytest.mark.parametrize("seed", [2, 3])
    def test_keep_every_rule_and_say_of_each_school_left_out_why(self, seed: int) -> None:
        policy = Policy(
            pyramid=True, pyramid_size=(3, 14), limit_minutes=60.0, weights=Weights(flow=0.2)
        )
        instance = counties.instance(seed, 120, policy)
        instance = replace(instance, locks=Locks(apart=instance.locks.apart))
        proposal = propose(instance, time_limit_s=1.5, seed=3)
        kept(instance, proposal)
        assert proposal.sizes
        assert all(f"({left.school})" in str(left.message) for left in proposal.left_out)
