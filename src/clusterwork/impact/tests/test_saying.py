"""Sentences say size and interval together, and never more than the numbers bear."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clusterwork.impact.result import Estimate
from clusterwork.impact.saying import Claim, Finding, Outcome, months, number, sentences

sizes = st.floats(-3, 3)
findings = st.builds(
    lambda low, width, place, outcome, claim, bounded, rank: Finding(
        Estimate(
            low + width * place,
            low=low if bounded else None,
            high=low + width if bounded else None,
            p=0.3,
        ),
        outcome,
        claim,
        treated_clusters=1,
        rank=rank,
    ),
    sizes,
    st.floats(0, 2),
    st.floats(0, 1),
    st.sampled_from(Outcome),
    st.sampled_from(Claim),
    st.booleans(),
    st.none() | st.tuples(st.integers(1, 9), st.integers(9, 20)),
)


def said(finding: Finding) -> str:
    return " ".join(map(str, sentences(finding)))


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
        if finding.estimate.low is None:
            assert "cannot be told from so few clusters" in words
        else:
            assert f"{number(finding.estimate.low)} to {number(finding.estimate.high)}" in words
            assert "consistent with" in words

    @given(findings)
    def test_only_a_design_that_bears_it_goes_without_caution(self, finding):
        cautious = "does not show what made" in said(finding) or "cannot be put" in said(finding)
        assert cautious == (finding.claim is not Claim.EFFECT)


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


class TestNumbers:
    @given(st.floats(-10, 10))
    def test_have_a_true_minus_and_no_negative_zero(self, value):
        assert "-" not in number(value)
        assert number(value) != "\u22120.00"
