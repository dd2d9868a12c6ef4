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
        assert told["said"]["template"].endswith("count among those that did not start.")
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

    def test_leave_no_line_of_the_side_for_readers_who_could_fill_the_gap(self):
        told = held_back(with_levels(), {**ENOUGH, ("ours", 2016): 4.0}, 5, works=False)
        assert set(trend_of(told, "ours")) == {None}
        assert None not in trend_of(told, "others")

    def test_of_three_schools_are(self):
        told = held_back(found_result(n_schools=3), ENOUGH, 5, works=False)
        assert None not in trend_of(told, "ours")


def with_levels(**other):
    """A result with every table from which a line could be worked out."""
    balance = table(
        "balance",
        "covariate treated control_before control_after",
        ("pupils", 90.0, 110.0, 92.0),
        ("before", 101.3, 99.0, 101.0),
    )
    composition = table("composition", "name treated_before treated_after", ("meals", 0.2, 0.2468))
    placebo = table("placebo year", "year estimate", ("2016", 0.777))
    sizes = check("sizes", "Weight a year: %(one)s.", True)
    sizes["said"]["params"] = {"one": "38"}
    checks = [
        sizes,
        check("balance", "They are alike.", True, balance),
        check("composition", "They changed alike.", True, composition),
        check("placebo_year", "None is seen.", True, placebo),
    ]
    return found_result(balance=balance, diagnostics=checks, **other)


class TestALineThatIsHeldBack:
    def test_cannot_be_worked_out_from_another_table(self):
        for found, counted in (
            (with_levels(), {**ENOUGH, ("others", 2016): 4.0}),
            (with_levels(n_schools=2), ENOUGH),
        ):
            told = held_back(found, counted, 5, works=False)
            assert told["by_year"] is None
            text = json.dumps({**told, "trend": None})
            for number in ("101.3", "0.777", "38", "0.2468"):
                assert number not in text
            assert [each["passed"] for each in told["diagnostics"]] == [True] * 4

    def test_leaves_what_schools_are_alike_in_but_for_earlier_results(self):
        told = held_back(with_levels(), {**ENOUGH, ("ours", 2016): 4.0}, 5, works=False)
        assert [row[0] for row in told["balance"]["rows"]] == ["pupils"]

    def test_of_few_schools_leaves_no_fact_of_them(self):
        assert held_back(with_levels(n_schools=2), ENOUGH, 5, works=False)["balance"] is None

    def test_stays_whole_where_enough_are_counted(self):
        told = held_back(with_levels(), ENOUGH, 5, works=False)
        assert {**told, "known_counts": found_result()["known_counts"]} == with_levels()

    def test_leaves_sentences_flow_assumptions_and_the_estimate(self):
        told = held_back(with_levels(n_schools=2), ENOUGH, 5, works=False)
        for name in ("sentences", "flow", "assumptions", "scaled", "alternatives"):
            assert told[name] == with_levels()[name]

    def test_is_not_told_by_how_many_are_counted(self):
        for works in (True, False):
            assert "known_counts" not in held_back(found_result(), ENOUGH, 5, works=works)


class TestNumbersThatAreNotKnown:
    def test_leave_it_to_how_many_schools_there_are(self):
        unknown = dict.fromkeys(ENOUGH)
        for works in (True, False):
            told = held_back(found_result(), unknown, 5, works=works)
            assert None not in trend_of(told, "ours")
        few = held_back(found_result(n_schools=2), unknown, 5, works=False)
        assert set(trend_of(few, "ours")) == {None}
