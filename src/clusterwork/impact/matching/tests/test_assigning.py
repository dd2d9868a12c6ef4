"""Without replacement the pairs are the best of all, and as many as can be."""

from itertools import combinations, permutations

import numpy as np
import pytest

from clusterwork.impact.matching import assigning as module
from clusterwork.impact.matching.assigning import TooManyToAssign, assigned
from clusterwork.impact.matching.nearest import Gap, Rule

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


def test_too_many_are_refused_with_the_way_out(monkeypatch):
    monkeypatch.setattr(module, "MOST_DISTANCES", 5)
    with pytest.raises(TooManyToAssign, match="Match exactly"):
        assigned(np.zeros((6, 1)), np.arange(3), np.arange(3, 6), 1, Rule(np.arange(6)))
