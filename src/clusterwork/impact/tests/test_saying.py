"""Sentences say size and interval together, and never more than the numbers bear."""

import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clusterwork.impact.result import Estimate
from clusterwork.impact.saying import (
    Claim,
    Finding,
    Outcome,
    in_months,
    months,
    number,
    places,
    sentences,
)
from clusterwork.impact.written import places_for, significant

sizes = st.floats(-3, 3)
findings = st.builds(
    lambda low, width, place, outcome, claim, bounded, rank, clusters, change: Finding(
        Estimate(
            low + width * place,
            low=low if bounded else None,
            high=low + width if bounded else None,
            p=0.3,
        ),
        outcome,
        claim,
        treated_clusters=clusters,
        rank=rank,
        change=change,
    ),
    sizes,
    st.floats(0, 2),
    st.floats(0, 1),
    st.sampled_from(Outcome),
    st.sampled_from(Claim),
    st.booleans(),
    st.none() | st.tuples(st.integers(1, 9), st.integers(9, 20)),
    st.integers(1, 3),
    st.booleans(),
)


def said(finding: Finding) -> str:
    return " ".join(map(str, sentences(finding)))


def lone(finding: Finding) -> bool:
    return finding.change and finding.treated_clusters == 1


def ends(finding: Finding) -> tuple[str, str]:
    shown = places(finding)
    return number(finding.estimate.low, shown), number(finding.estimate.high, shown)


def read(finding: Finding) -> tuple[float, float, float] | None:
    """The size and interval as a reader takes them from the sentence."""
    words = str(sentences(finding)[0]).replace("\u2212", "-").replace("95%", "")
    numbers = [float(each) for each in re.findall(r"-?\d+(?:\.\d+)?", words)]
    if len(numbers) == 1:
        return None
    size, low, high = numbers
    return (-size if finding.estimate.estimate < 0 else size), low, high


def progress(estimate: float, low: float, high: float, claim: Claim = Claim.EFFECT) -> str:
    return said(Finding(Estimate(estimate, low=low, high=high), Outcome.PROGRESS, claim))


class TestTheWords:
    def test_are_those_of_the_house(self):
        assert progress(0.06, -0.05, 0.17) == (
            "Pupils in cluster schools made 0.06 of a standard deviation more progress than "
            "pupils in similar schools (95% interval \u22120.05 to 0.17). This is consistent with "
            "no effect and with a moderate one."
        )

    @pytest.mark.parametrize(
        ("low", "high", "words"),
        [
            (-0.30, 0.25, "no effect, with a large loss and a large gain"),
            (-0.04, 0.03, "leaves room for a small one at most"),
            (0.02, 0.12, "a small gain and with a moderate one"),
            (0.21, 0.60, "consistent with a large gain"),
            (-0.40, -0.10, "a moderate loss and with a large one"),
            (-0.20, -0.06, "consistent with a moderate loss."),
        ],
    )
    def test_tell_how_far_the_interval_reaches(self, low, high, words):
        assert words in progress((low + high) / 2, low, high)

    def test_a_loss_is_less_progress(self):
        assert "0.10 of a standard deviation less progress" in progress(-0.1, -0.2, 0.0)

    def test_a_difference_of_trends_before_the_start_takes_the_claim_away(self):
        assert "cannot be put down to" in progress(0.3, 0.1, 0.5, Claim.TRENDS_DIFFERED)

    def test_a_change_is_a_difference_of_changes(self):
        finding = Finding(
            Estimate(0.06, low=-0.05, high=0.17), Outcome.PROGRESS, Claim.EFFECT, change=True
        )
        assert said(finding) == (
            "Since the start, pupils' progress in cluster schools has risen by 0.06 of a standard "
            "deviation more, or fallen by that much less, than in the schools they are compared "
            "with (95% interval \u22120.05 to 0.17). This is consistent with no effect and with a "
            "moderate one. It is an effect only if, without the start, all of them would have "
            "changed alike; that cannot be seen."
        )

    def test_a_rate_changes_by_percentage_points(self):
        finding = Finding(
            Estimate(-2.5, low=-4, high=-1), Outcome.SHARE, Claim.DESCRIPTIVE, change=True
        )
        assert (
            "the share in cluster schools has risen by 2.50 percentage points less, or fallen by "
            "that much more, than"
        ) in said(finding)

    @pytest.mark.parametrize(
        ("low", "high", "words"),
        [
            (-0.0554, -0.0066, "0.031 lower than in similar schools (95% interval \u22120.055"),
            (900.0, 2100.0, "1500 higher than in similar schools (95% interval 900 to 2100)"),
            (0.5, 2.5, "1.50 higher"),
        ],
    )
    def test_units_have_as_many_digits_as_the_error_bears(self, low, high, words):
        finding = Finding(
            Estimate((low + high) / 2, low=low, high=high), Outcome.AMOUNT, Claim.EFFECT
        )
        assert words in said(finding)

    def test_one_clusters_change_has_no_interval(self):
        finding = Finding(
            Estimate(0.3, low=0.1, high=0.5),
            Outcome.SCORE,
            Claim.DESCRIPTIVE,
            treated_clusters=1,
            rank=(2, 9),
            change=True,
        )
        assert "interval" not in said(finding)
        assert "Of 9 clusters taken in turn" in said(finding)

    @pytest.mark.parametrize(
        ("by_ratio", "words"),
        [
            (False, "is number 2 by size."),
            (True, "number 2 by how many times as far it lies from its mix after the start"),
        ],
    )
    def test_a_place_says_by_what(self, by_ratio, words):
        finding = Finding(
            Estimate(0.3),
            Outcome.SCORE,
            Claim.DESCRIPTIVE,
            treated_clusters=1,
            rank=(2, 9),
            by_ratio=by_ratio,
            change=True,
        )
        assert words in said(finding)

    def test_before_the_horizon_no_number_is_said(self):
        early = Finding(
            Estimate(0.4, low=0.1, high=0.7),
            Outcome.SCORE,
            Claim.EFFECT,
            day=date(2027, 3, 1),
            too_early_before=date(2028, 9, 1),
        )
        assert said(early).startswith("It is too early to say")
        assert "0.4" not in said(early)
        assert "did better" in said(Finding(**{**early.__dict__, "day": date(2028, 9, 1)}))


class TestWhateverTheNumbers:
    @given(findings)
    def test_no_cause_no_absence_of_effect_no_p_value_no_place_in_a_league(self, finding):
        words = said(finding).lower()
        for never in (
            "due to",
            "caused",
            "no impact",
            "had no effect",
            "p =",
            "p-value",
            "signific",
        ):
            assert never not in words
        assert "because of" not in words

    @given(findings)
    def test_size_and_interval_stand_together(self, finding):
        words = said(finding)
        if finding.estimate.low is None or lone(finding):
            assert "cannot be told from so few clusters" in words
            assert "interval" not in words
        else:
            low, high = ends(finding)
            assert f"% interval {low} to {high})" in words
            assert "consistent with" in words

    @given(findings)
    def test_the_size_lies_in_the_interval_beside_it(self, finding):
        told = read(finding)
        if told is not None:
            size, low, high = told
            assert low <= size <= high

    @given(findings)
    def test_signs_agree_with_the_words(self, finding):
        """What is more or higher is above zero; "risen by more" and "fallen by less" are one."""
        words = str(sentences(finding)[0])
        if finding.change:
            assert ("less, or fallen" in words) == (finding.estimate.estimate < 0)
            assert ("more, or fallen" in words) == (finding.estimate.estimate >= 0)
        else:
            down = any(each in words for each in ("less progress", "less well", " lower than"))
            assert down == (finding.estimate.estimate < 0)

    @given(findings)
    def test_a_change_is_said_as_one_and_a_level_is_not(self, finding):
        assert said(finding).startswith("Since the start, ") == finding.change
        assert ("similar schools" in said(finding)) != finding.change

    @given(findings)
    def test_only_a_design_that_bears_it_goes_without_caution(self, finding):
        cautious = "does not show what made" in said(finding) or "cannot be put" in said(finding)
        assert cautious == (finding.claim is not Claim.EFFECT)
        terms = "only if, without the start," in said(finding)
        assert terms == (finding.claim is Claim.EFFECT and finding.change)


class TestMonths:
    @pytest.mark.parametrize(
        ("effect", "told"),
        [(0.0, 0), (0.04, 0), (0.05, 1), (0.09, 1), (0.1, 2), (0.18, 2), (0.19, 3), (0.95, 11)],
    )
    def test_follow_the_published_table(self, effect, told):
        assert months(effect) == told
        assert months(-effect) == -told

    @given(sizes, sizes)
    def test_never_fall_as_the_effect_grows(self, one, other):
        assert (months(one) <= months(other)) or one > other

    def test_are_said_with_effect_and_interval_or_not_at_all(self):
        estimate = Estimate(0.06, low=-0.05, high=0.17)
        assert str(in_months(Finding(estimate, Outcome.PROGRESS, Claim.EFFECT))) == (
            "In months of progress 0.06 of a standard deviation stands for 1 (95% interval "
            "\u22120.05 to 0.17, which stands for \u22121 to 2)."
        )

    @given(findings)
    def test_are_of_progress_with_an_interval_only(self, finding):
        told = in_months(finding)
        if told is not None:
            assert finding.outcome is Outcome.PROGRESS
            assert finding.claim is not Claim.TRENDS_DIFFERED
            assert "{} to {}".format(*ends(finding)) in str(told)

    def test_are_not_said_too_early(self):
        early = Finding(
            Estimate(0.4, low=0.1, high=0.7),
            Outcome.PROGRESS,
            Claim.EFFECT,
            day=date(2027, 3, 1),
            too_early_before=date(2028, 9, 1),
        )
        assert in_months(early) is None


class TestNumbers:
    @given(st.floats(-1e9, 1e9), st.integers(1, 4))
    def test_are_as_near_as_their_digits_without_a_power_of_ten(self, value, digits):
        shown = significant(value, digits)
        assert "e" not in shown
        assert "-" not in shown
        assert float(shown.replace("\u2212", "-")) == pytest.approx(
            value, rel=0.6 / 10 ** (digits - 1)
        )

    @given(st.floats(1e-5, 1e5))
    def test_an_error_is_shown_to_two_digits(self, error):
        apart = abs(float(f"{error:.{places_for(error)}f}") - error)
        assert apart <= 0.051 * error or places_for(error) in (0, 6)

    @given(st.floats(-10, 10))
    def test_have_a_true_minus_and_no_negative_zero(self, value):
        assert "-" not in number(value)
        assert number(value) != "\u22120.00"
