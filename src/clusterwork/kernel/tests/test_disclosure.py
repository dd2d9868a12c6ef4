"""Nobody works out a hidden number, whatever is told beside it."""

import pytest

from clusterwork.kernel.disclosure import (
    TOTAL,
    Memory,
    is_small,
    meaning,
    percentages,
    shown,
    suppress,
    symbol_of,
    two_way,
    with_totals,
)
from clusterwork.kernel.tests.attacker import every_value_of, range_of

FIVE = {"Ash": 3, "Beech": 41, "Cedar": 9, "Elm": 27, "Oak": 60}


class TestSmall:
    @pytest.mark.parametrize(("n", "is_hidden"), [(0, False), (1, True), (4, True), (5, False)])
    def test_is_above_zero_and_below_the_smallest_shown(self, n, is_hidden):
        assert is_small(n, 5) is is_hidden

    def test_hides_nothing_where_nothing_is_small(self):
        facts = {"Ash": 12, "Beech": 0, "Cedar": 5}
        assert not suppress(facts, with_totals(facts, {"all": facts}), 5).hidden

    def test_a_smallest_number_of_one_hides_nothing(self):
        facts = {"Ash": 1, "Beech": 2}
        assert not suppress(facts, with_totals(facts, {"all": facts}), 1).hidden


class TestOneColumnWithItsTotal:
    def test_hides_one_more_so_that_the_total_gives_nothing_away(self):
        decided = suppress(FIVE, with_totals(FIVE, {"all": FIVE}), 5)
        assert decided.small == {"Ash"}
        assert decided.hidden == {"Ash", "Cedar"}  # the least that is lost

    def test_hides_the_small_one_alone_where_no_total_is_told(self):
        assert suppress(FIVE, with_totals(FIVE, {}), 5).hidden == {"Ash"}

    def test_two_small_ones_hide_each_other(self):
        facts = {"Ash": 3, "Beech": 4, "Cedar": 60}
        assert suppress(facts, with_totals(facts, {"all": facts}), 5).hidden == {"Ash", "Beech"}

    def test_but_not_where_their_sum_says_that_both_are_few(self):
        facts = {"Ash": 1, "Beech": 1, "Cedar": 60}
        decided = suppress(facts, with_totals(facts, {"all": facts}), 5)
        assert len(decided.hidden) == 3

    def test_a_small_number_that_no_cell_shows_is_not_given_away_by_two_totals(self):
        facts = {"Ash": 3, "Beech": 41}
        cells = {"cluster": [["Beech"]], "programme": [["Ash", "Beech"]]}
        assert len(suppress(facts, cells, 5).hidden) == 1


class TestTwoWays:
    FACTS = {
        ("Ash", "boys"): 3,
        ("Ash", "girls"): 20,
        ("Beech", "boys"): 15,
        ("Beech", "girls"): 22,
        ("Cedar", "boys"): 30,
        ("Cedar", "girls"): 31,
    }

    def test_hides_the_corners_of_a_rectangle(self):
        cells = two_way(("Ash", "Beech", "Cedar"), ("boys", "girls"))
        decided = suppress(self.FACTS, cells, 5)
        corners = {(s, g) for s in ("Ash", "Beech") for g in ("boys", "girls")}
        assert decided.hidden == corners
        told = decided.after.told
        assert range_of(frozenset([("Ash", "boys")]), told, self.FACTS) == (0, 18)
        assert range_of(frozenset([("Ash", "girls")]), told, self.FACTS) == (5, 23)

    def test_totals_of_groups_of_rows_are_kept_in_mind(self):
        cells = two_way(
            ("Ash", "Beech", "Cedar"),
            ("boys", "girls"),
            row_totals={"A": ("Ash",), "B": ("Beech",)},
        )
        hidden = suppress(self.FACTS, cells, 5).hidden
        assert ("A", "boys") in hidden
        assert (TOTAL, TOTAL) not in hidden


class TestPercentages:
    def test_all_but_one_of_thirty_is_hidden_and_all_is_not(self):
        facts, cells = percentages(
            {"Ash": (29, 30), "Beech": (30, 30)}, {"A": ["Ash"], "B": ["Beech"]}
        )
        assert suppress(facts, cells, 5).small == {"A"}

    def test_all_of_three_is_hidden(self):
        facts, cells = percentages({"Ash": (3, 3)}, {"A": ["Ash"]})
        assert suppress(facts, cells, 5).hidden == {"A"}

    def test_a_cluster_of_two_does_not_give_away_the_hidden_one(self):
        counts = {"Ash": (2, 12), "Beech": (20, 40)}
        groups = {"Ash": ["Ash"], "Beech": ["Beech"], "cluster": counts}
        facts, cells = percentages(counts, groups)
        decided = suppress(facts, cells, 5)
        assert decided.small == {"Ash"}
        assert len(decided.hidden) == 2


class TestWhatASchoolKeepsToItself:
    def test_two_schools_know_each_other_by_their_total(self):
        facts = {"Ash": 120, "Beech": 300}
        decided = suppress(facts, {"all": [facts]}, 5, private=facts, insiders=[["Ash"], ["Beech"]])
        assert decided.hidden == {"all"}

    def test_three_may_be_told_their_total(self):
        facts = {"Ash": 120, "Beech": 300, "Cedar": 200}
        decided = suppress(facts, {"all": [facts]}, 5, private=facts, insiders=[[f] for f in facts])
        assert not decided.hidden


class TestWhatWasToldBefore:
    def test_counts_for_the_next_table(self):
        facts = {"Ash": 3, "Beech": 41, "Cedar": 20}
        first = suppress(facts, {"all": [facts]}, 5)
        assert not first.hidden
        then = suppress(facts, with_totals(facts, {}), 5, before=first.after)
        assert len(then.hidden) == 2
        assert not then.exposed

    def test_says_what_cannot_be_kept_any_more(self):
        facts = {"Ash": 3, "Beech": 41}
        known = Memory(told=frozenset([frozenset(facts), frozenset(["Beech"])]))
        assert suppress(facts, {}, 5, before=known).exposed == {frozenset(["Ash"])}

    def test_what_is_public_is_not_hidden(self):
        facts = {"Ash": 3, "Beech": 41}
        known = Memory(told=frozenset([frozenset(["Ash"])]))
        assert not suppress(facts, with_totals(facts, {"all": facts}), 5, before=known).hidden


class TestSumsThatCross:
    FOUR = {"Ash": 2, "Beech": 14, "Cedar": 9, "Elm": 30}
    NORTH, SOUTH = ("Ash", "Beech", "Cedar"), ("Beech", "Cedar", "Elm")

    def test_two_clusters_and_both_together_do_not_give_one_school_away(self):
        cells = {"North": [self.NORTH], "South": [self.SOUTH], "both": [self.FOUR]}
        assert suppress(self.FOUR, cells, 5).hidden == {"South"}

    def test_nor_does_a_later_table_beside_an_earlier_one(self):
        first = suppress(self.FOUR, {"North": [self.NORTH]}, 5)
        assert not first.hidden
        later = {"two of them": [("Beech", "Cedar")]}
        assert suppress(self.FOUR, later, 5, before=first.after).hidden == {"two of them"}

    def test_the_two_attackers_agree(self):
        facts = {"a": 2, "b": 3, "c": 1, "d": 4}
        told = [frozenset("ab"), frozenset("bc"), frozenset("cd")]
        values = every_value_of(frozenset("a"), told, facts, up_to=8)
        assert (min(values), max(values)) == range_of(frozenset("a"), told, facts)

    def test_three_sums_by_pairs_settle_three_numbers(self):
        facts = {"a": 3, "b": 20, "c": 30}
        pairs = {"ab": [["a", "b"]], "bc": [["b", "c"]], "ac": [["a", "c"]]}
        decided = suppress(facts, pairs, 5)
        assert len(decided.hidden) == 1


class TestSymbols:
    def test_a_code_is_neither_zero_nor_missing(self):
        assert shown(None, "SUPP") == "c"
        assert shown(0) == "0"
        assert shown(None) == "x"

    @pytest.mark.parametrize(
        ("code", "symbol"), [("NE", "z"), ("np", "x"), ("LOWCOV", "u"), ("SP", "low"), ("C", "c")]
    )
    def test_codes_of_sources_become_the_departments_symbols(self, code, symbol):
        assert symbol_of(code) == symbol

    def test_a_code_that_nobody_knows_stays(self):
        assert symbol_of("Q7") == "Q7"
        assert meaning("Q7") is None

    def test_each_symbol_says_what_it_means(self):
        assert "few people" in str(meaning("SUPP"))
