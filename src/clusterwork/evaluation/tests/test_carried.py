"""What a merged school carries of those before it; on plain values."""

from __future__ import annotations

import pytest

from clusterwork.evaluation.impact_adapter.grouping import Grouped
from clusterwork.evaluation.impact_adapter.noting import notes_of
from clusterwork.evaluation.rules.carried import carried_by, rolls_of, shares_of
from clusterwork.evaluation.rules.plan import AnalysisPlan
from clusterwork.evaluation.rules.sample import Known, Sample, Unit, carried_once

NEW, INFANT, JUNIOR, OLD = 1, 2, 3, 4
STEPS = ((NEW,), (INFANT, JUNIOR))


class TestWhoStandsForASchool:
    @pytest.mark.parametrize(
        ("having", "told"),
        [
            ({NEW, INFANT, JUNIOR}, (NEW,)),
            ({INFANT, JUNIOR}, (INFANT, JUNIOR)),
            ({INFANT}, ()),
            (set(), ()),
        ],
    )
    def test_is_itself_or_all_that_merged(self, having, told):
        assert carried_by(STEPS, having) == told

    def test_is_never_one_school_before_several_that_merged(self):
        assert carried_by((*STEPS, (OLD,)), {OLD}) == ()
        assert carried_by(((NEW,), (JUNIOR,), (OLD,)), {OLD}) == (OLD,)


class TestPupils:
    def test_are_those_of_all_that_merged_or_not_known(self):
        pupils = {NEW: {2018: 500.0}, INFANT: {2014: 90.0, 2016: 90.0}, JUNIOR: {2014: 172.0}}
        assert rolls_of(STEPS, pupils) == {2014: 262.0, 2018: 500.0}

    def test_eligible_for_meals_are_weighed_by_pupils(self):
        pupils = {INFANT: {2014: 100.0, 2015: 100.0}, JUNIOR: {2014: 300.0}}
        shares = {INFANT: {2014: 0.1, 2015: 0.1}, JUNIOR: {2014: 0.3, 2015: 0.3}}
        assert shares_of(STEPS, shares, pupils) == {2014: pytest.approx(0.25)}

    def test_of_one_school_before_need_no_roll(self):
        assert shares_of(((NEW,), (OLD,)), {OLD: {2014: 0.2}}, {}) == {2014: 0.2}


def unit(pk, **of):
    """A school with figures of 2014 to 2016; those of the years named are other schools'."""
    figures = {year: Known(100.0, 30, of.get(f"y{year}", ())) for year in (2014, 2015, 2016)}
    return Unit(pk, str(pk), "", "primary", "", 1, 7, figures=figures)


class TestWhatIsCarried:
    def test_stands_once(self):
        twins = unit(5, y2014=(OLD,)), unit(6, y2014=(OLD,))
        assert [each.pk for each in carried_once(twins)] == [5]

    def test_goes_with_whose_own_it_is(self):
        assert [each.pk for each in carried_once((unit(3, y2014=(OLD,)), unit(OLD)))] == [OLD]

    def test_of_other_years_takes_nobody_away(self):
        assert len(carried_once((unit(5, y2014=(OLD,)), unit(6, y2015=(OLD,))))) == 2

    def test_is_said_of_how_many_schools(self):
        plan = AnalysisPlan(1, 1, "all", "score", 2014, 2016)
        sample, groups = Sample({}, (), (), (), n_twins=2), Grouped({}, {}, {}, (), None)
        (said,) = notes_of(sample, groups, plan)
        assert str(said).endswith("another of their schools carries are left out: 2.")
