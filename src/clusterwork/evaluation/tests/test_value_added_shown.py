"""What is shown of value added hides small groups, ranks nobody and says when little is known."""

import json

import pytest

from clusterwork.evaluation.impact_adapter.tests.made_pupils import cells_text, rows
from clusterwork.evaluation.impact_adapter.value_added import Model, value_added
from clusterwork.evaluation.rules.value_added import value_added_shown
from clusterwork.evaluation.rules.value_added_told import finding, fixed_said, overlap_said
from clusterwork.evaluation.tests.made_cells import WHOLE

SIZES = [12, 14, 16, 18, 20, 22, 24, 26, 28, 30, 32, 3]
PUPILS = rows(sizes=SIZES)
TEXT = cells_text(PUPILS)


def shown(*texts: str, model: Model = WHOLE, smallest: int = 5):
    found = json.loads(json.dumps(value_added(texts or [TEXT], model)))
    return value_added_shown(found, smallest)


def hidden(level) -> set[str]:
    return {group.key[-1] for group in level.groups if group.is_hidden}


class TestSmallGroups:
    def test_are_hidden_with_the_smallest_other_of_their_authority(self):
        authority, school = shown().levels
        assert hidden(authority) == set()
        assert hidden(school) == {"900011", "900006"}
        assert all(
            (each.n, each.low, each.high) == (None, None, None)
            for each in school.groups
            if each.is_hidden
        )

    def test_are_the_same_in_every_model_of_one_file(self):
        (school,) = shown(model=Model(("ks1",), ("school",))).levels
        assert hidden(school) == {"900011", "900006"}

    def test_stay_hidden_where_another_year_makes_them_large(self):
        more = cells_text(rows(sizes=[15] * 12, seed=3))
        _authority, school = shown(TEXT, more).levels
        assert hidden(school) == {"900011", "900006"}

    def test_none_is_hidden_at_a_smallest_number_of_one(self):
        assert not any(level.n_hidden for level in shown(smallest=1).levels)

    def test_their_numbers_stand_nowhere_in_what_is_shown(self):
        found = value_added([TEXT], WHOLE)
        small = next(each for each in found["effects"]["school"] if each["key"][-1] == "900011")
        assert repr(small["estimate"]) not in repr(shown())


class TestShares:
    def test_add_up_to_all_that_is_left_unexplained(self):
        told = shown()
        assert sum(level.share for level in told.levels) + told.residual_share == pytest.approx(1)
        assert [level.name for level in told.levels] == ["authority", "school"]


class TestWords:
    def test_say_how_many_intervals_hold_the_average(self):
        school = shown().levels[1]
        assert f"{school.n_hold} of 10 intervals hold the average" in str(finding(school))

    def test_say_where_every_group_is_hidden(self):
        for level in shown(smallest=1000).levels:
            assert level.n_shown == 0
            assert str(finding(level)).endswith("every group is hidden")
            assert overlap_said(level) is None

    def test_say_how_many_pairs_overlap_and_never_rank(self):
        school = shown().levels[1]
        plain = sum(
            one.low <= other.high and other.low <= one.high
            for place, one in enumerate(school.groups)
            for other in school.groups[place + 1 :]
            if not (one.is_hidden or other.is_hidden)
        )
        assert school.n_overlap == plain
        assert f"{plain} of 45 pairs overlap" in str(overlap_said(school))

    def test_of_no_difference_say_that_none_can_be_seen_not_that_there_is_none(self):
        flat = [{**each, "ks2": 100 + place % 7} for place, each in enumerate(PUPILS)]
        for level in shown(cells_text(flat)).levels:
            assert level.variance == 0.0
            assert "can be seen" in str(finding(level))

    def test_never_speak_of_causes(self):
        told = shown()
        words = [str(each) for each in (*told.sentences, *told.assumptions, *told.notes)]
        words += [str(fixed_said(each, told.outcome, "{:.1f}".format)) for each in told.fixed]
        words += [str(finding(level)) for level in told.levels]
        for forbidden in ("due to", "caused", "because of", "no effect", "best", "worst", "rank"):
            assert not any(forbidden in each for each in words)


class TestASlope:
    def test_has_its_own_variance_at_the_lowest_level(self):
        text = cells_text(PUPILS, slope="ks1")
        authority, school = shown(text, model=Model(("ks1",), WHOLE.levels, "ks1")).levels
        assert authority.slope_variance is None
        assert school.slope_variance is not None
