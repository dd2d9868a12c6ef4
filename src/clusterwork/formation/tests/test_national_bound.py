"""The bound over lists of neighbours: valid with every rule, and hardly lower than by matrix."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from scipy.spatial import cKDTree

from clusterwork.formation import Flow, Instance, Link, Policy, School, Weights
from clusterwork.formation.ascent import ascent_of
from clusterwork.formation.model import build_model
from clusterwork.formation.national import near_stars
from clusterwork.formation.national.climbing import ascent_over
from clusterwork.formation.national.whole import Whole
from clusterwork.formation.tests import made, plainly

careful = settings(
    max_examples=100,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
    derandomize=True,
)
LINES = [(), (((-1000.0, 20_500.0), (41_000.0, 20_500.0)),)]


@pytest.fixture(params=["short lists", "as they are"])
def lists(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    if request.param == "short lists":
        monkeypatch.setattr(near_stars, "_at_least", lambda listed, _: 2 if listed < 20 else 3)
    return request.param


@st.composite
def ruled(draw: st.DrawFn) -> Instance:
    instance = draw(made.instances(7))
    return replace(instance, barriers=draw(st.sampled_from(LINES)))


def never() -> bool:
    return False


class TestOnSmallInstances:
    @careful
    @given(instance=ruled())
    def test_it_never_exceeds_the_best_plan(self, lists: str, instance: Instance) -> None:
        best = plainly.best(instance)
        if best is None:
            return
        bound = ascent_over(Whole(instance)).climb(40, best, never)
        assert bound.value <= best + 1e-6 * max(1.0, abs(best))

    @careful
    @given(instance=ruled(), data=st.data())
    def test_nor_at_any_prices(self, lists: str, instance: Instance, data: st.DataObject) -> None:
        best = plainly.best(instance)
        if best is None:
            return
        n = len(instance.schools)
        price = st.floats(-50, 200)
        ascent = ascent_over(Whole(instance))
        for _ in range(3):
            ascent.duals = np.array(data.draw(st.lists(price, min_size=n, max_size=n)))
            bound = ascent.climb(1, best, never)
            assert bound.value <= best + 1e-6 * max(1.0, abs(best))


def towns(n: int, seed: int = 3) -> tuple[School, ...]:
    """Schools in towns of several sizes and scattered between them."""
    random = np.random.default_rng(seed)
    middles = random.uniform(0, 90, (max(1, n // 25), 2))
    near = middles[random.integers(0, len(middles), n)] + random.normal(0, 4, (n, 2))
    return tuple(made.school(k, *map(float, place)) for k, place in enumerate(near))


def pairs_nearby(schools: tuple[School, ...]) -> list[tuple[str, str]]:
    """Every third school with one of the four nearest to it."""
    places = [(each.easting, each.northing) for each in schools]
    _, near = cKDTree(places).query(places, k=5)
    return [(str(k), str(near[k, 1 + k % 4])) for k in range(0, len(schools), 3)]


RULES = {
    "kilometres to the hub": Policy(limit_minutes=0.0),
    "a count": Policy(limit_minutes=0.0, count=(30, 32)),
    "a limit": Policy(limit_minutes=35.0),
    "a limit to the hub": Policy(limit_minutes=25.0, limit_to="hub"),
    "minutes and the longest": Policy(unit="minutes", weights=Weights(worst=1.0)),
    "sizes priced": Policy(outside_best=5.0, size=(3, 12)),
    "sizes of twenty and more": Policy(size=(15, 45), limit_minutes=0.0),
    "peers": Policy(measure="peers", limit_minutes=0.0),
    "peers with a limit to the hub": Policy(measure="peers", limit_minutes=30.0, limit_to="hub"),
    "peers and sizes of twenty": Policy(measure="peers", size=(15, 30), limit_minutes=0.0),
}


class TestOnHundreds:
    @pytest.mark.parametrize("name", RULES)
    def test_it_comes_near_to_the_bound_by_matrix(self, name: str) -> None:
        self.near(Instance(towns(220), RULES[name]))

    @pytest.mark.parametrize("measure", ["hub", "peers"])
    def test_also_with_partnerships(self, measure: str) -> None:
        policy = Policy(measure=measure, limit_minutes=0.0, weights=Weights(links=2.0, flow=0.1))
        schools = towns(220)
        links = tuple(Link(a, b, 2.0) for a, b in pairs_nearby(schools))
        flows = tuple(Flow(a, b, 5.0) for a, b in pairs_nearby(schools)[::2])
        self.near(Instance(schools, policy, links=links, flows=flows))

    def near(self, instance: Instance) -> None:
        by_matrix = ascent_of(build_model(instance)).climb(80, np.inf, never).value
        by_lists = ascent_over(Whole(instance)).climb(80, np.inf, never).value
        assert by_lists >= 0.99 * by_matrix
        assert by_lists <= 1.01 * by_matrix or instance.links
