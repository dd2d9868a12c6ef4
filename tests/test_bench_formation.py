"""Promises about the formation benchmark: what it counts, and what it says when a tool fails."""

from __future__ import annotations

import sys
from dataclasses import replace

import pytest
from benchmarks.formation.cases import CASES
from benchmarks.formation.measures import Result, middle, score, sound
from benchmarks.formation.processes import asked
from benchmarks.formation.table import beside_row, reached

LINE = [(float(k), 0.0) for k in range(14)]
HALVES = [list(range(7)), list(range(7, 14))]
AIM = replace(CASES[1], best=100.0, wanted_gap=0.2, limit_s=10)


def answering(code: str, patience_s: float = 20.0) -> dict[str, object]:
    """What a process says that runs this code with the names of its two files."""
    return asked([sys.executable, "-c", f"import sys; {code}"], {"n": 1}, patience_s)


class TestMeasures:
    def test_the_hub_is_the_member_that_is_least_far(self) -> None:
        assert score(LINE, HALVES) == pytest.approx(2 * 1.3 * (3 + 2 + 1 + 1 + 2 + 3))

    def test_every_school_once_in_as_many_groups_of_five_to_nine(self) -> None:
        assert sound(HALVES, 14)
        assert not sound([list(range(9)), list(range(8, 14))], 14)
        assert not sound([list(range(10)), list(range(10, 14))], 14)
        assert not sound([list(range(5)), list(range(5, 14)), []], 14)
        assert not sound([list(range(7)), list(range(7, 13))], 14)

    def test_medians_are_true_in_themselves(self) -> None:
        runs = [Result(100.0 + k, sound=k < 2, seconds=k, bound=99.0) for k in range(3)]
        found = middle(runs)
        assert (found.objective, found.seconds, found.sound) == (101.0, 1, False)
        assert found.bound == pytest.approx(99.0)

    def test_one_run_without_a_plan_is_told(self) -> None:
        assert middle([Result(1.0), Result(why="not finished")]).why == "not finished"


class TestReached:
    def test_gap_time_and_rules_all_count(self) -> None:
        good = Result(100.0, sound=True, seconds=10.04, bound=99.8)
        assert reached(AIM, good) == "yes"
        assert reached(AIM, replace(good, seconds=10.1)) == "no"
        assert reached(AIM, replace(good, bound=99.7)) == "no"
        assert reached(AIM, replace(good, sound=False)) == "no"
        assert reached(replace(AIM, wanted_mb=100.0), replace(good, mb=101.0)) == "no"

    def test_to_be_proved_a_gap_of_nothing_is_not_enough(self) -> None:
        exact = Result(100.0, sound=True, seconds=1.0, bound=100.0)
        assert reached(replace(AIM, wanted_gap=0.0), exact) == "no"
        assert reached(replace(AIM, wanted_gap=0.0), replace(exact, proven=True)) == "yes"

    def test_a_bound_above_a_known_plan_is_no_bound(self) -> None:
        assert "above" in reached(AIM, Result(101.0, sound=True, seconds=1.0, bound=100.5))

    def test_a_tool_that_is_absent_is_said_in_words(self) -> None:
        row = beside_row(AIM, Result(100.0, sound=True), Result(why="not installed"))
        assert "not installed" in row
        assert row[-1] == "-"


class TestProcesses:
    def test_an_answer_comes_with_the_memory_of_children_too(self) -> None:
        code = (
            "import subprocess, time; "
            "subprocess.run([sys.executable, '-c', 'import time; a = b\"x\" * 90_000_000; "
            "time.sleep(1)']); open(sys.argv[2], 'w').write('{\"n\": 2}')"
        )
        answer = answering(code)
        assert answer["n"] == 2
        assert answer["mb"] > 80

    def test_ending_badly_dying_and_never_ending_are_said_in_words(self) -> None:
        assert answering("sys.exit(3)")["why"] == "ended with 3"
        assert "SIGABRT" in str(answering("import os; os.abort()")["why"])
        assert answering("import time; time.sleep(60)", 0.5)["why"].startswith("not finished")
