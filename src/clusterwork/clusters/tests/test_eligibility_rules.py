"""Whether a school fits, fact by fact."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clusterwork.clusters.rules.eligibility import (
    FITS,
    FSM,
    JUST_OUTSIDE,
    OUTSIDE,
    PUPILS,
    UNKNOWN,
    WORST_LAST,
    Between,
    Eligibility,
    Graded,
    NothingStated,
    RangeUpsideDown,
    SchoolFacts,
    ShareTooLarge,
    checked,
    from_mapping,
    judge,
    overall,
    to_mapping,
    turned,
)

SCALE = ("green", "yellow", "amber", "red")
# Excellence Clusters, 3.2.3: 35 per cent of free school meals was the threshold.
EXCELLENCE = Eligibility(("secondary",), (), {FSM: Between(0.35, None, 0.05)})

LIMIT = st.none() | st.integers(0, 100).map(lambda n: n / 100)
BETWEEN = st.builds(Between, LIMIT, LIMIT, st.integers(0, 30).map(lambda n: n / 100))
GRADED = st.none() | st.builds(
    Graded, st.just("s"), st.lists(st.sampled_from(SCALE), min_size=1).map(tuple), st.integers(0, 3)
)
STATED = st.builds(
    Eligibility,
    st.lists(st.sampled_from(("primary", "secondary"))).map(tuple),
    st.lists(st.integers(1, 3)).map(tuple),
    st.dictionaries(st.sampled_from((PUPILS, FSM)), BETWEEN),
    GRADED,
)
SCHOOLS = st.builds(
    SchoolFacts,
    st.sampled_from(("primary", "secondary", "special")),
    st.integers(1, 4),
    st.fixed_dictionaries({PUPILS: LIMIT, FSM: LIMIT}),
    st.none() | st.sampled_from((*SCALE, "blue")),
)


def result(stated, **facts):
    known = {"phase": "secondary", "authority": 1} | facts
    return overall(judge(stated, SchoolFacts(**known), SCALE))


class TestFigures:
    @pytest.mark.parametrize(
        ("share", "found"),
        [
            (0.35, FITS),
            (0.349, JUST_OUTSIDE),
            (0.3, JUST_OUTSIDE),
            (0.299, OUTSIDE),
            (None, UNKNOWN),
        ],
    )
    def test_are_judged_at_the_threshold_and_at_its_margin(self, share, found):
        assert result(EXCELLENCE, figures={FSM: share}) == found

    def test_have_a_most_as_well(self):
        small = Eligibility(figures={PUPILS: Between(None, 100, 10)})
        assert [result(small, figures={PUPILS: n}) for n in (100, 110, 111)] == [
            FITS,
            JUST_OUTSIDE,
            OUTSIDE,
        ]


class TestGrades:
    def test_next_to_those_stated_are_just_outside(self):
        stated = Eligibility(graded=Graded("support", ("amber", "red"), 1))
        found = {grade: result(stated, grade=grade) for grade in (*SCALE, None)}
        assert found == {
            "green": OUTSIDE,
            "yellow": JUST_OUTSIDE,
            "amber": FITS,
            "red": FITS,
            None: UNKNOWN,
        }

    def test_without_margin_have_none_just_outside(self):
        stated = Eligibility(graded=Graded("support", ("red",)))
        assert result(stated, grade="amber") == OUTSIDE

    def test_that_the_scale_has_no_longer_are_outside(self):
        stated = Eligibility(graded=Graded("support", ("red",), 3))
        assert result(stated, grade="blue") == OUTSIDE


class TestTogether:
    def test_surely_outside_comes_before_not_known(self):
        assert result(EXCELLENCE, phase="primary", figures={}) == OUTSIDE

    def test_not_known_comes_before_just_outside(self):
        two = Eligibility(figures={FSM: Between(0.35, None, 0.05), PUPILS: Between(None, 100)})
        assert result(two, figures={FSM: 0.34}) == UNKNOWN

    @given(STATED, SCHOOLS)
    def test_a_school_fits_only_where_every_fact_does(self, stated, school):
        judged = judge(stated, school, SCALE)
        assert (overall(judged) == FITS) == all(each.result == FITS for each in judged)

    @given(STATED, SCHOOLS, st.integers(0, 50))
    def test_a_wider_margin_makes_nobody_worse_and_nobody_fit(self, stated, school, more):
        figures = {
            name: Between(each.least, each.most, each.margin + more / 100)
            for name, each in stated.figures.items()
        }
        graded = stated.graded and Graded(
            stated.graded.scale, stated.graded.grades, stated.graded.margin + more
        )
        wider = Eligibility(stated.phases, stated.authorities, figures, graded)
        before, after = (overall(judge(each, school, SCALE)) for each in (stated, wider))
        assert WORST_LAST.index(after) <= WORST_LAST.index(before)
        assert (after == FITS) == (before == FITS)

    @given(STATED)
    def test_what_is_kept_reads_back_the_same(self, stated):
        assert from_mapping(to_mapping(stated)) == stated


class TestWhatChanged:
    def test_names_only_those_whose_result_differs(self):
        found = turned({1: FITS, 2: FITS, 3: OUTSIDE}, {1: FITS, 2: JUST_OUTSIDE, 4: FITS})
        assert [(each.school, each.before, each.after) for each in found] == [
            (2, FITS, JUST_OUTSIDE),
            (4, None, FITS),
        ]


class TestWhatIsStated:
    def test_is_at_least_one_fact(self):
        with pytest.raises(NothingStated):
            checked(Eligibility())

    def test_is_not_upside_down(self):
        with pytest.raises(RangeUpsideDown):
            checked(Eligibility(figures={PUPILS: Between(200, 100)}))

    @pytest.mark.parametrize("between", [Between(35), Between(0.3, margin=5), Between(-0.1)])
    def test_has_shares_of_a_whole(self, between):
        with pytest.raises(ShareTooLarge):
            checked(Eligibility(figures={FSM: between}))
