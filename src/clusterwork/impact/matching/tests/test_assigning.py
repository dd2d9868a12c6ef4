"""Without replacement the pairs are the best of all, and as many as can be."""

from itertools import combinations, permutations

import numpy as np
import pytest

from clusterwork.impact.matching import assigning as module
from clusterwork.impact.matching import widening
from clusterwork.impact.matching.assigning import assigned
from clusterwork.impact.matching.nearest import Gap, Rule
from clusterwork.impact.matching.widening import TooManyToAssign

NO = np.inf


def best(distances):
    """By trying all: (units matched, minus the sum of distances), the largest."""
    rows, columns = distances.shape
    found = (0, 0.0)
    for size in range(1, min(rows, columns) + 1):
        for some in combinations(range(rows), size):
            for beside in permutations(range(columns), size):
                whole = sum(distances[row, place] for row, place in zip(some, beside, strict=True))
                if whole < NO:
                    found = max(found, (size, -whole))
    return found


def greedy(distances):
    """The sum where each in turn takes the nearest that is left."""
    left, whole = set(range(distances.shape[1])), 0.0
    for row in distances:
        place = min(left, key=lambda each: row[each])
        whole += row[place]
        left.remove(place)
    return whole


@pytest.mark.parametrize("seed", range(12))
class TestAgainstTryingAll:
    def test_distances_add_up_to_least(self, seed):
        rng = np.random.default_rng(seed)
        points = rng.normal(size=(9, 2))
        of, among = np.arange(4), np.arange(4, 9)
        values = rng.normal(size=9)
        most = 0.7 if seed % 2 else 100.0
        pairs = assigned(points, of, among, 1, Rule(np.arange(9), (Gap(values, most),)))
        distances = np.linalg.norm(points[of][:, None] - points[among], axis=2)
        near = np.abs(values[of][:, None] - values[among]) <= most
        count, whole = best(np.where(near, distances, NO))
        assert len(pairs.unit) == count
        assert pairs.distance.sum() == pytest.approx(-whole, abs=1e-5)
        assert len(set(pairs.other)) == len(pairs.other)

    def test_never_more_than_the_greedy_sum(self, seed):
        rng = np.random.default_rng(seed)
        points = rng.normal(size=(60, 3))
        of, among = np.arange(25), np.arange(25, 60)
        distances = np.linalg.norm(points[of][:, None] - points[among], axis=2)
        pairs = assigned(points, of, among, 1, Rule(np.arange(60)))
        assert len(pairs.unit) == 25
        assert pairs.distance.sum() <= greedy(distances) + 1e-4


class TestSeveralBesideOne:
    def test_everybody_gets_one_before_anybody_gets_two(self):
        points = np.array([[0.0], [0.1], [0.05], [0.06], [9.0]])
        pairs = assigned(points, np.arange(2), np.arange(2, 5), 2, Rule(np.arange(5)))
        counts = np.bincount(pairs.unit)
        assert sorted(counts.tolist()) == [1, 2]
        assert len(set(pairs.other)) == 3

    def test_fewer_others_than_units_leave_some_alone(self):
        points = np.array([[0.0], [1.0], [2.0], [1.1]])
        pairs = assigned(points, np.arange(3), np.array([3]), 5, Rule(np.arange(4)))
        assert (pairs.unit.tolist(), pairs.other.tolist()) == ([1], [3])


class TestWhereUnitsAreMany:
    """Few candidates, widened until the duals prove it, give what all distances give."""

    @pytest.mark.parametrize("seed", range(25))
    def test_the_same_pairs(self, seed, monkeypatch):
        rng = np.random.default_rng(seed)
        n, k = int(rng.integers(4, 90)), int(rng.integers(1, 4))
        points = rng.normal(size=(n, int(rng.integers(1, 4))))
        took = rng.random(n) < rng.uniform(0.2, 0.6)
        took[:2] = [True, False]
        gaps = (Gap(rng.normal(size=n), rng.uniform(0.2, 3.0)),) if seed % 2 else ()
        ask = (points, np.flatnonzero(took), np.flatnonzero(~took), k, Rule(np.arange(n), gaps))
        whole = assigned(*ask)
        monkeypatch.setattr(widening, "START", 2)
        few = widening.widened(*ask)
        assert len(few.unit) == len(whole.unit)
        assert len(set(few.unit)) == len(set(whole.unit))
        assert few.distance.sum() == pytest.approx(whole.distance.sum(), abs=1e-5)
        assert len(set(few.other)) == len(few.other)

    def test_large_sets_take_this_way(self, monkeypatch):
        rng = np.random.default_rng(1)
        points = rng.normal(size=(400, 3))
        ask = (points, np.arange(100), np.arange(100, 400), 1, Rule(np.arange(400)))
        whole = assigned(*ask)
        monkeypatch.setattr(module, "FEW_DISTANCES", 100)
        few = assigned(*ask)
        assert few.other.tolist() == whole.other.tolist()

    def test_what_cannot_be_held_is_refused_with_the_way_out(self, monkeypatch):
        monkeypatch.setattr(widening, "MOST_EDGES", 5)
        monkeypatch.setattr(widening, "START", 1)
        with pytest.raises(TooManyToAssign, match="Match exactly"):
            widening.widened(
                np.arange(6.0)[:, None], np.arange(3), np.arange(3, 6), 1, Rule(np.arange(6))
            )
