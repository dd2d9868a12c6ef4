"""What large instances are cut into: parts with the facts of the whole, regions, shares."""

from __future__ import annotations

import math
from dataclasses import fields, replace

import numpy as np
import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from clusterwork.formation import Instance, Policy
from clusterwork.formation.inside import only
from clusterwork.formation.model import Model, build_model
from clusterwork.formation.national.dividing import divide, kinds_of, shares
from clusterwork.formation.national.reach import Reach
from clusterwork.formation.national.whole import Whole
from clusterwork.formation.tests import made

careful = settings(
    max_examples=120,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
    derandomize=True,
)
OF_THE_PART = {"instance", "n_estimated"}
"""What a part knows of its own schools only."""


@st.composite
def parts(draw: st.DrawFn) -> tuple[Instance, list[int]]:
    """An instance and some of its schools, lock units whole."""
    instance = draw(made.instances(8))
    units = Whole(instance).units
    chosen = draw(st.lists(st.sampled_from(units), min_size=1, unique=True))
    return instance, sorted(i for unit in chosen for i in unit)


class TestParts:
    @careful
    @given(there=parts())
    def test_have_the_facts_of_a_part_of_the_matrix(
        self, there: tuple[Instance, list[int]]
    ) -> None:
        instance, numbers = there
        same_facts(
            Whole(instance).part(numbers, instance.policy.count),
            only(build_model(instance), numbers, 0),
        )

    @careful
    @given(instance=made.instances(8))
    def test_all_schools_are_a_part_too(self, instance: Instance) -> None:
        whole = Whole(instance)
        model = build_model(instance)
        same_facts(whole.part(range(whole.n), instance.policy.count), model)
        assert whole.gain_total == pytest.approx(model.gain_total)
        assert whole.n_estimated == model.n_estimated
        assert whole.labels == model.labels and whole.units == model.units
        assert (whole.home == model.home).all() and (whole.fixed == model.fixed).all()
        assert (whole.hubs == model.may_hub[np.arange(whole.n), np.arange(whole.n)]).all()
        assert (whole.count_low, whole.count_high) == (model.count_low, model.count_high)

    @careful
    @given(instance=made.instances(8))
    def test_nobody_has_more_companions_than_the_reach_says(self, instance: Instance) -> None:
        reach, model = Reach(Whole(instance)), build_model(instance)
        counted = reach.n_companions(np.ones(model.n, dtype=bool))
        for i in range(model.n):
            able = companions(model, i)
            assert len(able) <= counted[i]
            assert able <= set(reach.companions(i))


def companions(model: Model, i: int) -> set[int]:
    """Who some rule-keeping pair with i, or trio with a hub, can hold."""
    n = model.n
    near = model.may_hub[:n, :n] if model.policy.limit_to == "hub" else np.ones((n, n), dtype=bool)
    together = (near[i] & near).any(axis=1)
    return {int(k) for k in np.flatnonzero(together & (model.bad[i, :n] == 0))} | {i}


def same_facts(part: Model, other: Model) -> None:
    for field in fields(Model):
        if field.name in OF_THE_PART:
            continue
        mine, theirs = getattr(part, field.name), getattr(other, field.name)
        if isinstance(mine, np.ndarray) and mine.dtype.kind == "f":
            np.testing.assert_allclose(mine, theirs, err_msg=field.name)
        elif isinstance(mine, np.ndarray):
            assert (mine == theirs).all(), field.name
        elif isinstance(mine, float):
            assert mine == pytest.approx(theirs, nan_ok=True), field.name
        else:
            assert mine == theirs, field.name


class TestRegions:
    @careful
    @given(
        spots=st.lists(
            st.tuples(st.integers(0, 50), st.integers(0, 50), st.integers(1, 9)),
            min_size=1,
            max_size=80,
        ),
        most=st.integers(1, 60),
        turn=st.floats(0, 7),
    )
    def test_hold_everybody_once_and_are_not_too_heavy(
        self, spots: list[tuple[int, int, int]], most: int, turn: float
    ) -> None:
        places = np.array([spot[:2] for spot in spots], dtype=float)
        weights = np.array([spot[2] for spot in spots], dtype=float)
        regions = divide(places, weights, most, turn)
        assert sorted(int(i) for rows in regions for i in rows) == list(range(len(spots)))
        assert all(len(rows) == 1 or weights[rows].sum() <= most for rows in regions)

    def test_of_equal_schools_are_about_equal(self) -> None:
        places = np.random.default_rng(1).uniform(0, 9, (1000, 2))
        sizes = [len(rows) for rows in divide(places, np.ones(1000), 140)]
        assert max(sizes) <= 140 and min(sizes) >= 100


class TestShares:
    @careful
    @given(
        sizes=st.lists(st.integers(5, 300), min_size=1, max_size=12),
        low=st.integers(1, 7),
        more=st.integers(0, 6),
        data=st.data(),
    )
    def test_fit_each_region_and_all_together(
        self, sizes: list[int], low: int, more: int, data: st.DataObject
    ) -> None:
        size = low, low + more
        wanted = data.draw(
            st.lists(st.floats(0, 60), min_size=len(sizes), max_size=len(sizes)), label="wanted"
        )
        first = data.draw(st.integers(0, 400))
        count = first, first + data.draw(st.integers(0, 100))
        least = [math.ceil(n / size[1]) for n in sizes]
        most = [n // size[0] for n in sizes]
        given_ = shares(wanted, sizes, size, count)
        possible = (
            all(a <= b for a, b in zip(least, most, strict=True))
            and sum(least) <= count[1]
            and sum(most) >= count[0]
        )
        assert (given_ is not None) == possible
        if given_ is not None:
            assert all(a <= k <= b for a, k, b in zip(least, given_, most, strict=True))
            assert count[0] <= sum(given_) <= count[1]

    @careful
    @given(sizes=st.lists(st.integers(40, 300), min_size=1, max_size=12))
    def test_are_as_wanted_where_that_fits(self, sizes: list[int]) -> None:
        wanted = [n / 7 for n in sizes]
        given_ = shares(wanted, sizes, (5, 9), (0, 10_000))
        assume(given_ is not None)
        assert given_ is not None
        assert all(abs(k - n / 7) <= 1 for k, n in zip(given_, sizes, strict=True))


class TestNumbers:
    def test_barriers_and_unknown_schools_are_no_trouble(self) -> None:
        line = ((0.0, 0.0), (9000.0, 9000.0))
        schools = tuple(made.school(k, k % 4, k // 4) for k in range(12))
        instance = Instance(schools, Policy(), minutes={("0", "gone"): 3.0}, barriers=(line,))
        same_facts(Whole(instance).part(range(12), None), build_model(instance))
        some = replace(instance, minutes=None)
        same_facts(Whole(some).part([0, 3, 4, 9], None), only(build_model(some), [0, 3, 4, 9], 0))


class TestKinds:
    @given(
        rows=st.lists(
            st.tuples(st.integers(-1, 2), st.integers(-1, 1), st.integers(0, 9)),
            min_size=1,
            max_size=20,
        )
    )
    def test_every_row_is_in_one_kind_which_mixes_nothing_known(
        self, rows: list[tuple[int, int, int]]
    ) -> None:
        keys = np.array([row[:2] for row in rows])
        kinds = kinds_of(keys, np.array([(float(row[2]), 0.0) for row in rows]))
        assert (np.sum(kinds, axis=0) == 1).all()
        for kind in kinds:
            for column in keys[kind].T:
                assert len({value for value in column.tolist() if value >= 0}) <= 1

    def test_who_is_not_known_goes_with_the_nearest_that_it_may_be_with(self) -> None:
        keys = np.array([[0, 0], [1, 0], [1, 1], [1, -1], [-1, -1]])
        places = np.array([[0.0, 0], [9.0, 0], [4.0, 0], [1.0, 0], [2.0, 0]])
        kinds = [np.flatnonzero(kind).tolist() for kind in kinds_of(keys, places)]
        assert kinds == [[0, 4], [1], [2, 3]]
