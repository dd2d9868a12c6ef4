"""What readers are told of a result, and what is held back; on plain values."""

from __future__ import annotations

import json

from clusterwork.evaluation.rules.readers import (
    for_readers,
    for_workers,
    held_back,
    n_by_start,
)
from clusterwork.evaluation.tests.made_results import YEARS, check, found_result, table

ENOUGH = {(side, year): 100.0 for side in ("ours", "others") for year in YEARS}


def trend_of(found, side):
    at = found["trend"]["columns"].index(side)
    return [row[at] for row in found["trend"]["rows"]]


class TestThoseToWhomAResultIsShown:
    def test_never_see_a_row_of_one_cluster_or_school(self):
        told = for_readers(found_result())
        assert "changes" not in told
        assert "clusters" not in told
        tables = {each["name"]: each["table"] for each in told["diagnostics"]}
        assert tables["leave_one_out"] is None
        assert tables["support"] is None
        assert "Sleaford" not in json.dumps(told)

    def test_see_every_check_and_which_way_it_speaks(self):
        found = found_result()
        told = for_readers(found)
        assert [(each["name"], each["said"], each["passed"]) for each in told["diagnostics"]] == [
            (each["name"], each["said"], each["passed"]) for each in found["diagnostics"]
        ]

    def test_know_how_many_clusters_start_when(self):
        assert n_by_start(for_readers(found_result())) == {"2017": 1, "2018": 1}

    def test_do_not_read_which_clusters_start_too_late(self):
        late = found_result(diagnostics=[check("late_starts", "p3 starts later.", None)])
        (told,) = for_readers(late)["diagnostics"]
        assert told["said"]["template"].startswith("Clusters that start after the last")
        assert for_workers(late) == late


class TestAnOrderOfClusters:
    def test_is_shown_to_nobody(self):
        order = table("placebo_ranks", "cluster rank", ("p1", 1))
        ranks = check("rank", "It is third.", None, order)
        found = found_result(diagnostics=[ranks])
        for told in (for_readers(found), for_workers(found)):
            assert told["diagnostics"][0]["table"] is None


class TestSmallNumbers:
    def test_leave_a_gap_in_the_line(self):
        counted = {**ENOUGH, ("ours", 2016): 4.0}
        told = held_back(found_result(), counted, 5, works=True)
        assert trend_of(told, "ours")[2] is None
        assert trend_of(told, "ours_low")[2] is None
        assert trend_of(told, "others")[2] is not None

    def test_of_the_smallest_number_itself_are_told(self):
        counted = {**ENOUGH, ("ours", 2016): 5.0}
        assert None not in trend_of(held_back(found_result(), counted, 5, works=True), "ours")

    def test_of_two_schools_are_no_line_for_other_schools(self):
        few = found_result(n_schools=2)
        assert set(trend_of(held_back(few, ENOUGH, 5, works=False), "ours")) == {None}
        assert None not in trend_of(held_back(few, ENOUGH, 5, works=True), "ours")

    def test_of_three_schools_are(self):
        told = held_back(found_result(n_schools=3), ENOUGH, 5, works=False)
        assert None not in trend_of(told, "ours")
