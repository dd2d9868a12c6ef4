"""What is marked for good: other clusters, a result told sooner, a result known from elsewhere."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clusterwork.clusters.models import Membership, Participation
from clusterwork.clusters.tests.made import TODAY
from clusterwork.evaluation.models import Analysis
from clusterwork.evaluation.rules.choices import (
    LAST_RESULTS,
    TARGETS,
    TWO_YEARS,
    TooEarly,
    is_told_sooner,
)
from clusterwork.evaluation.rules.cohort import cohort, cohort_changes
from clusterwork.evaluation.selectors.studies import analyses_of
from clusterwork.evaluation.services import registering
from clusterwork.evaluation.services.planning import choose_outcome, choose_reach
from clusterwork.evaluation.services.registering import open_change, register
from clusterwork.evaluation.services.running import ask_for_result
from clusterwork.evaluation.tests.made import NOW, made_world
from clusterwork.evaluation.tests.made_studies import looked, planned, registered, resulted

FIRST, LATER = dt.date(2019, 9, 1), dt.date(2020, 9, 1)
starts = st.dictionaries(st.integers(1, 9), st.integers(2015, 2020), max_size=5)
schools = st.sets(st.integers(1, 30), max_size=9)


@pytest.fixture
def world(db):
    return made_world(n_clusters=3, schools_each=2, pool=4)


def asked(world, analysis):
    return {"person": world.officer, "day": TODAY, "pk": analysis.pk}


def set_down(world, analysis, because="Why"):
    looked(analysis, world)
    return register(**asked(world, analysis), now=NOW, because=because)


def judged_from(world, analysis, day):
    reach = {"reached": 1.0, "expected": 3.0, "pupils_sd": 15.0}
    choose_reach(**asked(world, analysis), **reach, too_early_before=day)
    return Analysis.objects.get(pk=analysis.pk)


def changed_day(world, made, day):
    open_change(**asked(world, made.analysis))
    return set_down(world, judged_from(world, made.analysis, day))


class TestTheCohort:
    @given(starts, schools, starts, schools)
    def test_is_other_exactly_where_a_cluster_a_start_or_a_school_is(
        self, one, ours, other, theirs
    ) -> None:
        found = cohort_changes(cohort(one, ours), cohort(other, theirs))
        assert (found is None) == ((one, ours) == (other, theirs))
        if found:
            assert set(found["came"]) == other.keys() - one.keys()
            assert set(found["went"]) == one.keys() - other.keys()
            assert set(found["moved"]) == {k for k in one if other.get(k, one[k]) != one[k]}
            assert found["other_schools"] == (ours != theirs)

    def test_is_not_compared_where_none_was_registered(self) -> None:
        assert cohort_changes(None, cohort({1: 2017}, [1])) is None


@pytest.mark.django_db
class TestOtherClusters:
    def asked_for(self, world, made):
        return ask_for_result(**asked(world, made.analysis), now=NOW).plan

    def test_are_none_while_nobody_came_or_went(self, world) -> None:
        made = registered(world)
        starts = {
            str(each.pk): year
            for each, year in zip(world.clusters, (2017, 2017, 2018), strict=True)
        }
        assert (made.plan["cohort"]["clusters"], made.plan["cohort"]["n_schools"]) == (starts, 6)
        assert self.asked_for(world, made) == made.plan

    def test_are_marked_where_one_was_dropped_after_registering(self, world) -> None:
        made = registered(world)
        gone = world.clusters[1]
        Participation.objects.filter(cluster=gone).delete()
        plan = self.asked_for(world, made)
        assert plan["cohort_changed"] is True
        assert plan["cohort_changes"] == {
            "came": [], "went": [gone.pk], "moved": [], "n_schools": [6, 4], "other_schools": True,
        }  # fmt: skip
        assert plan["cohort"] == made.plan["cohort"]

    def test_are_marked_where_a_school_is_no_longer_a_member_at_the_start(self, world) -> None:
        made = registered(world)
        Membership.objects.filter(school=world.schools[0]).delete()
        changes = self.asked_for(world, made)["cohort_changes"]
        assert (changes["went"], changes["n_schools"]) == ([], [6, 5])

    def test_do_not_matter_to_an_analysis_of_one_cluster(self, world) -> None:
        analysis = planned(world, cluster_pk=world.clusters[0].pk)
        made = set_down(world, analysis, because="")
        assert list(made.plan["cohort"]["clusters"]) == [str(world.clusters[0].pk)]
        Participation.objects.filter(cluster=world.clusters[1]).delete()
        assert "cohort_changed" not in self.asked_for(world, made)


class TestADay:
    def test_is_sooner_than_any_registered_before_or_named_in_plans(self) -> None:
        assert is_told_sooner(FIRST, None, [LATER])
        assert is_told_sooner(FIRST, None, [LATER, FIRST])
        assert is_told_sooner(FIRST, TooEarly(LATER, TARGETS), [])

    def test_is_not_sooner_than_one_that_nobody_named(self) -> None:
        assert not is_told_sooner(FIRST, None, [])
        assert not is_told_sooner(LATER, TooEarly(FIRST, TARGETS), [FIRST, LATER])
        for source in (TWO_YEARS, LAST_RESULTS):
            assert not is_told_sooner(FIRST, TooEarly(LATER, source), [])


@pytest.mark.django_db
class TestToldSooner:
    def test_is_marked_from_then_on(self, world) -> None:
        analysis = judged_from(world, planned(world), LATER)
        first = set_down(world, analysis, because="")
        assert "told_sooner" not in first.plan
        second = changed_day(world, first, FIRST)
        assert second.plan["told_sooner"] is True
        assert "after_too_early" not in second.plan
        third = changed_day(world, second, FIRST + dt.timedelta(1))
        assert third.plan["told_sooner"] is True
        assert "told_sooner" not in changed_day(world, third, LATER).plan

    def test_says_when_it_was_asked_for_before_and_was_too_early(self, world) -> None:
        first = set_down(world, judged_from(world, planned(world), LATER), because="")
        resulted(first, too_early=True)
        second = changed_day(world, first, FIRST)
        assert second.plan["after_too_early"] is True
        assert not second.after_result

    def test_is_marked_on_a_first_plan_before_the_day_in_clusters_plans(
        self, world, monkeypatch
    ) -> None:
        monkeypatch.setattr(registering, "too_early_for", lambda *_: TooEarly(LATER, TARGETS))
        assert registered(world).plan["told_sooner"] is True


@pytest.mark.django_db
class TestAResultKnownFromAnotherAnalysis:
    def second(self, world, **chosen):
        analysis = planned(world, "Another study", **chosen)
        return set_down(world, analysis, because="")

    def test_marks_the_first_version_too(self, world) -> None:
        resulted(registered(world))
        made = self.second(world)
        assert (made.number, made.after_result) == (1, True)
        (standing,) = analyses_of(made.analysis.study, works=True)
        assert standing.n_changes == 0

    def test_is_not_known_while_it_was_only_too_early(self, world) -> None:
        resulted(registered(world), too_early=True)
        assert not self.second(world).after_result

    def test_is_another_where_other_pupils_were_looked_at(self, world) -> None:
        resulted(registered(world))
        assert not self.second(world, group="fsm").after_result

    def test_stays_known_of_the_analysis_itself_whatever_it_looks_at_then(self, world) -> None:
        made = registered(world)
        resulted(made)
        open_change(**asked(world, made.analysis))
        facts = {"measure_pk": world.measure.pk, "first_year": 2014, "last_year": 2019}
        choose_outcome(**asked(world, made.analysis), **facts, group="fsm")
        assert set_down(world, judged_from(world, made.analysis, FIRST)).after_result
