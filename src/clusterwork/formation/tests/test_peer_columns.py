"""Listing clusters by travel to each other, against every cluster that there is."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations

import numpy as np
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from clusterwork.formation import Instance, Policy
from clusterwork.formation.book import Book, Key
from clusterwork.formation.model import Model, build_model
from clusterwork.formation.peer_columns import PeersEnumerator
from clusterwork.formation.tests import made

careful = settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize=True
)


def never() -> bool:
    return False


def by_peers(instance: Instance) -> Instance:
    return replace(instance, policy=replace(instance.policy, measure="peers"))


def clusters_of(model: Model) -> list[Key]:
    units = range(len(model.units))
    return [
        frozenset(c) for size in range(1, len(model.units) + 1) for c in combinations(units, size)
    ]


class TestListing:
    @careful
    @given(
        instance=made.instances(most=7),
        seed=st.integers(0, 9),
        limit=st.floats(-20.0, 60.0),
        few=st.booleans(),
    )
    def test_lists_every_cluster_within_the_limit_and_no_other(
        self, instance: Instance, seed: int, limit: float, few: bool
    ) -> None:
        model = build_model(by_peers(instance))
        lister, random = PeersEnumerator(model), np.random.default_rng(seed)
        n_units = len(model.units)
        duals = random.uniform(0.0, 30.0, n_units)
        among = sorted(random.permutation(n_units)[: n_units - few].tolist())
        listed = lister.all_within([0], duals, [limit], most=10**6, stop=never, among=among)
        assert listed.complete
        found = dict(zip(listed.keys(), listed.slack.tolist(), strict=True))
        assert len(found) == len(listed.slack)
        keys, book = [key for key in clusters_of(model) if key <= set(among)], Book(model)
        book.learn(keys)
        costs = {key: book[key].cost - sum(float(duals[u]) for u in key) for key in keys}
        within = {k for k in keys if not book[k].broken and costs[k] <= limit - 1e-7}
        assert within <= set(found)
        for key, slack in found.items():
            assert self.allowed(model, lister, key)
            assert abs(limit - costs[key] - slack) < 1e-7

    def allowed(self, model: Model, lister: PeersEnumerator, key: Key) -> bool:
        size = sum(len(model.units[u]) for u in key)
        apart = any(lister.foes[a, b] for a in key for b in key)
        return model.low <= size <= model.high and not apart

    @careful
    @given(instance=made.instances(most=7))
    def test_passes_over_no_cluster_that_keeps_the_rules(self, instance: Instance) -> None:
        model = build_model(by_peers(instance))
        book, keys = Book(model), clusters_of(model)
        book.learn(keys)
        sound = {key for key in keys if not book[key].broken}
        duals = np.zeros(len(model.units))
        listed = PeersEnumerator(model).all_within([0], duals, [1e6], most=10**6, stop=never)
        assert sound <= set(listed.keys())

    def test_tells_schools_at_one_place_apart_and_lists_each_cluster_once(self) -> None:
        schools = tuple(made.school(k, k % 2, 0) for k in range(9))
        policy = Policy(size=(2, 5), measure="peers")
        model = build_model(Instance(schools, policy))
        lister = PeersEnumerator(model)
        listed = lister.all_within([0], np.full(9, 1.0), [1e6], most=10**6, stop=never)
        keys = [key for key in clusters_of(model) if 2 <= len(key) <= 5]
        assert sorted(map(sorted, listed.keys())) == sorted(map(sorted, keys))

    def test_says_that_it_left_some_out(self) -> None:
        schools = tuple(made.school(k, k, 0) for k in range(12))
        model = build_model(Instance(schools, Policy(measure="peers")))
        lister = PeersEnumerator(model)
        assert not lister.all_within([0], np.zeros(12), [1e6], most=5, stop=never).complete
        assert not lister.all_within([0], np.zeros(12), [1e6], most=5, stop=lambda: True).complete
