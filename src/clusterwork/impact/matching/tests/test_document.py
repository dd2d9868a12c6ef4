"""The worked table of docs/algorithms/impact-matching.md."""

import polars as pl
import pytest

from clusterwork.impact.matching import att, match

TABLE = pl.DataFrame(
    {
        "school": list("ABCDEFG"),
        "took": [1, 1, 1, 0, 0, 0, 0],
        "pupils": [100, 120, 150, 98, 118, 126, 260],
        "outcome": [12, 15, 11, 10, 11, 12, 20],
    }
)


class TestWorkedTable:
    MATCHED = match(TABLE, "took", "school", ["pupils"], k=2)

    def test_neighbours_and_their_weights(self):
        beside = {unit: {pair.other for pair in self.MATCHED.beside(unit)} for unit in "ABC"}
        assert beside == {"A": {"D", "E"}, "B": {"E", "F"}, "C": {"E", "F"}}
        assert self.MATCHED.weights == {"D": 0.5, "E": 1.5, "F": 1.0}

    def test_difference_and_error(self):
        told = att(self.MATCHED, TABLE, "outcome", adjust=False, neighbours=1).estimate
        assert (told.estimate, told.se) == pytest.approx((1.5, 1.0))

    def test_balance(self):
        line = self.MATCHED.balance[0]
        assert line.difference_before == pytest.approx(-1.08, abs=0.005)
        assert line.difference_after == pytest.approx(0.24, abs=0.005)
