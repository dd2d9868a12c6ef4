"""The nearest neighbours are those that looking at every pair finds; nobody is beside itself."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clusterwork.impact.matching import nearest as module
from clusterwork.impact.matching.nearest import Gap, Rule, TooManyTies, nearest


def plainly(points, of, among, k, allowed, ties):
    """By loops over all pairs."""
    found = {}
    for row in of:
        near = sorted(
            (float(np.linalg.norm(points[row] - points[other])), int(other))
            for other in among
            if allowed(row, other)
        )
        kth = near[k - 1][0] if len(near) >= k else np.inf
        if ties == "all":
            found[int(row)] = {other for distance, other in near if distance <= kth + 1e-9}
        else:
            exact = sorted((round(distance, 9), other) for distance, other in near)
            found[int(row)] = {other for _, other in exact[:k]}
    return {row: others for row, others in found.items() if others}


def found(pairs):
    told = {}
    for row, other in zip(pairs.unit.tolist(), pairs.other.tolist(), strict=True):
        told.setdefault(row, set()).add(other)
    return told


@settings(max_examples=60, deadline=None)
@given(
    seed=st.integers(0, 10_000),
    n=st.integers(2, 60),
    k=st.integers(1, 7),
    ties=st.sampled_from(["all", "id"]),
    whole=st.booleans(),
    clustered=st.booleans(),
    gap=st.one_of(st.none(), st.floats(0.1, 2.0)),
)
def test_finds_what_looking_at_every_pair_finds(seed, n, k, ties, whole, clustered, gap):
    rng = np.random.default_rng(seed)
    points = rng.normal(size=(n, 2))
    points = np.rint(points) if whole else points
    clusters = rng.integers(0, 4, n) if clustered else np.arange(n)
    values = rng.normal(size=n)
    took = rng.random(n) < 0.4
    of, among = np.flatnonzero(took), np.flatnonzero(~took)
    gaps = () if gap is None else (Gap(values, gap),)
    pairs = nearest(points, of, among, k, Rule(clusters, gaps), ties)

    def allowed(row, other):
        near = gap is None or abs(values[row] - values[other]) <= gap
        return row != other and clusters[row] != clusters[other] and near

    assert found(pairs) == plainly(points, of, among, k, allowed, ties)
    assert pairs.distance == pytest.approx(
        np.linalg.norm(points[pairs.unit] - points[pairs.other], axis=1)
    )


def test_blocks_and_chunks_change_nothing(monkeypatch):
    rng = np.random.default_rng(5)
    points = np.rint(rng.normal(size=(300, 2)))
    took = np.arange(300) % 3 == 0
    ask = (points, np.flatnonzero(took), np.flatnonzero(~took), 3, Rule(np.arange(300)), "all")
    whole = found(nearest(*ask))
    monkeypatch.setattr(module, "AT_ONCE", 500)
    assert found(nearest(*ask)) == whole


def test_nobody_stands_beside_itself():
    points = np.zeros((4, 1))
    everybody = np.arange(4)
    pairs = nearest(points, everybody, everybody, 3, Rule(np.arange(4)), "all")
    assert (pairs.unit != pairs.other).all()
    assert len(pairs.unit) == 12


def test_weights_of_a_unit_add_up_to_one():
    points = np.array([[0.0], [1.0], [-1.0], [5.0]])
    pairs = nearest(points, np.array([0]), np.array([1, 2, 3]), 1, Rule(np.arange(4)), "all")
    assert pairs.other.tolist() == [1, 2]
    assert pairs.weight.tolist() == [0.5, 0.5]


def test_more_ties_than_fit_are_refused(monkeypatch):
    monkeypatch.setattr(module, "MOST_PAIRS", 50)
    points = np.zeros((20, 1))
    with pytest.raises(TooManyTies, match="Take ties by id"):
        nearest(points, np.arange(10), np.arange(10, 20), 1, Rule(np.arange(20)), "all")


def test_without_anybody_there_are_no_pairs():
    nobody = np.zeros(0, dtype=np.int64)
    assert (
        len(nearest(np.zeros((2, 1)), nobody, np.arange(2), 1, Rule(np.arange(2)), "all").unit) == 0
    )
