"""Everybody who was lost is counted, by arm."""

import pytest

from clusterwork.impact.diagnostics import Step, flow
from clusterwork.impact.diagnostics.flow import NoFlow


class TestFlow:
    def test_counts_what_each_step_lost(self):
        told = flow([Step("all", 100, 1000), Step("matched", 90, 400), Step("left", 80, 400)])
        assert [row["treated_lost"] for row in told.table.to_dicts()] == [0, 10, 10]
        assert [row["control_lost"] for row in told.table.to_dicts()] == [0, 600, 0]
        assert told.passed is None
        assert "80 of 100" in str(told.said)
        assert "40.0 percentage points" in str(told.said)

    def test_chaining_to_predecessors_brings_units_back(self):
        told = flow([Step("own number", 50, 500), Step("chained", 60, 560)])
        assert told.table.rows[1] == ("chained", 60, 560, -10, -60)
        assert told.passed is True

    @pytest.mark.parametrize(
        "steps", [[], [Step("all", 1, 1)], [Step("all", 0, 9), Step("left", 0, 9)]]
    )
    def test_nothing_to_follow_is_refused(self, steps):
        with pytest.raises(NoFlow):
            flow(steps)
