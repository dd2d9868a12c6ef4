"""A study is started and an analysis planned; what could show nothing is refused."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from clusterwork.accounts.models import Person
from clusterwork.audit.models import Entry
from clusterwork.clusters.tests.made import TODAY, officer, organisation
from clusterwork.evaluation.models import Analysis, Study, StudyPerson
from clusterwork.evaluation.rules.choices import (
    NothingAfterTheStart,
    NothingBeforeTheStart,
    ReachImpossible,
    TooEarlyDay,
    YearWithoutFigures,
)
from clusterwork.evaluation.selectors.choices import (
    comparisons_possible,
    groups_offered,
    measures_offered,
    measures_to_choose,
    offer_for,
    starts_of,
    too_early_for,
)
from clusterwork.evaluation.services.opening import IsRegistered, OutcomeNotChosen
from clusterwork.evaluation.services.planning import (
    choose_alternatives,
    choose_comparison,
    choose_outcome,
    choose_reach,
)
from clusterwork.evaluation.services.planning_checks import (
    AlternativeTheSame,
    ClusterNotInIt,
    ComparisonImpossible,
    GroupNotFit,
    MeasureNotFit,
    NobodyToCompareWith,
)
from clusterwork.evaluation.services.registering import register
from clusterwork.evaluation.services.studies import (
    TitleMissing,
    TitleTaken,
    add_analysis,
    change_question,
    start_study,
)
from clusterwork.evaluation.tests.made import NOW, made_world
from clusterwork.evaluation.tests.made_studies import begun, looked, planned
from clusterwork.kernel.errors import NotAllowed
from clusterwork.measures.models import Figure, Measure
from clusterwork.plans.models import Plan, Target

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(db):
    return made_world(pool=8)


def outcome(world, analysis, **changed):
    facts = {
        "measure_pk": world.measure.pk,
        "group": "all",
        "first_year": 2014,
        "last_year": 2019,
        **changed,
    }
    return choose_outcome(person=world.officer, day=TODAY, pk=analysis.pk, **facts)


def who(world, analysis):
    return {"person": world.officer, "day": TODAY, "pk": analysis.pk}


class TestStartingAStudy:
    def test_starts_its_first_analysis_with_the_usual_comparison(self, world) -> None:
        analysis = begun(world)
        assert (analysis.comparison, analysis.neighbours) == ("schools", 3)
        assert (analysis.alike_by, analysis.reached) == (["pupils", "meals", "before"], 1.0)
        assert Entry.objects.filter(verb="study.start").count() == 1

    def test_wants_a_title_that_the_programme_does_not_have(self, world) -> None:
        begun(world)
        with pytest.raises(TitleTaken):
            begun(world, "  Reading and   the clusters ")
        with pytest.raises(TitleMissing):
            begun(world, "  ")
        assert Study.objects.count() == 1

    def test_is_for_the_officers_of_the_programme(self, world) -> None:
        stranger = officer(organisation("Elsewhere"), "Stan")
        with pytest.raises(NotAllowed):
            start_study(
                person=stranger, day=TODAY, now=NOW, programme_pk=world.programme.pk, title="Mine"
            )

    def test_goes_on_with_more_analyses_by_those_named_on_it(self, world) -> None:
        study = begun(world).study
        named = Person.objects.create_user("eva@example.org", "x" * 20, name="Eva")
        with pytest.raises(NotAllowed):
            add_analysis(person=named, day=TODAY, now=NOW, study_pk=study.pk)
        StudyPerson.objects.create(study=study, person=named, start_on=TODAY)
        assert add_analysis(person=named, day=TODAY, now=NOW, study_pk=study.pk).study == study

    def test_can_ask_in_other_words_later(self, world) -> None:
        study = begun(world).study
        kept = change_question(
            person=world.officer, day=TODAY, pk=study.pk, title=study.title, question="Did it?"
        )
        assert kept.question == "Did it?"


class TestWhatIsOffered:
    def test_is_measures_with_figures_on_both_sides_of_the_first_start(self, world) -> None:
        early = Measure.objects.get(organisation=None, code="attendance")
        Figure.objects.create(
            measure=early, school=world.schools[0], on=dt.date(2015, 7, 31), value=95,
            origin="upload", is_public=True, entered_at=NOW,
        )  # fmt: skip
        offer = offer_for(begun(world), world.officer, TODAY)
        assert list(measures_offered(offer)) == [world.measure]
        assert {each.code for each in groups_offered(offer, world.measure)} == {
            "all", "fsm", "boys", "girls",
        }  # fmt: skip
        ground = offer.ground(world.measure.pk, "all")
        assert (ground.before, ground.starts) == ((2014, 2015, 2016), (2017, 2018, 2019))
        assert set(ground.years.values()) == {16}

    def test_is_never_a_measure_whose_figures_hold_for_a_day(self, world) -> None:
        of_a_day = Measure.objects.get(pk=world.measure.pk)
        of_a_day.pk, of_a_day.code, of_a_day.covers = None, "score-on-the-day", "day"
        of_a_day.save()
        for year in (2014, 2019):
            Figure.objects.create(
                measure=of_a_day, school=world.schools[0], on=dt.date(year, 1, 15), value=95,
                origin="upload", is_public=True, entered_at=NOW,
            )  # fmt: skip
        offer = offer_for(begun(world), world.officer, TODAY)
        assert (of_a_day.pk, "all") in offer.enough
        assert list(measures_offered(offer)) == list(measures_to_choose(offer)) == [world.measure]
        with pytest.raises(MeasureNotFit):
            outcome(world, Analysis.objects.get(), measure_pk=of_a_day.pk)

    def test_leaves_out_figures_that_the_person_may_not_see(self, world) -> None:
        analysis = begun(world)
        for n, year in enumerate((2014, 2019)):
            Figure.objects.create(
                measure=Measure.objects.get(organisation=None, code="attendance"),
                school=world.schools[0], on=dt.date(year, 7, 31), value=95 + n, origin="form",
                entered_at=NOW,
            )  # fmt: skip
        assert list(measures_offered(offer_for(analysis, world.officer, TODAY))) == [world.measure]

    def test_counts_a_cluster_from_its_first_whole_school_year(self, world) -> None:
        assert sorted(e.year for e in starts_of(world.programme)) == [2017, 2017, 2018, 2019]

    def test_fills_the_day_from_a_target_and_else_from_the_start(self, world) -> None:
        analysis = planned(world)
        starts = starts_of(world.programme)
        assert too_early_for(analysis, starts).source == "last_results"
        plan = Plan.objects.create(
            cluster=world.clusters[0], title="P", start_on=dt.date(2016, 9, 1),
            end_on=dt.date(2020, 9, 1),
        )  # fmt: skip
        Target.objects.create(
            plan=plan, measure=world.measure, wanted_value=105, wanted_on=dt.date(2021, 7, 31),
            horizon="medium", no_baseline_because="New",
        )  # fmt: skip
        assert too_early_for(analysis, starts).source == "last_results"
        Plan.objects.update(state="approved", approved_on=dt.date(2016, 9, 1))
        found = too_early_for(analysis, starts)
        assert (found.day, found.source) == (dt.date(2021, 7, 31), "targets")

    def test_is_compared_only_with_what_is_there(self, world) -> None:
        starts = starts_of(world.programme)
        whole, short = planned(world), begun(world, "Another")
        outcome(world, short, last_year=2017)
        short.refresh_from_db()
        assert comparisons_possible(whole, starts) == ("schools",)
        assert comparisons_possible(short, starts) == ("schools", "later")

    def test_is_not_held_against_a_cluster_that_starts_within_its_years(self, world) -> None:
        short = begun(world, "Another")
        outcome(world, short, last_year=2018)
        short.refresh_from_db()
        starts = starts_of(world.programme)
        assert "later" in comparisons_possible(short, starts)
        within = [
            replace(each, on=dt.date(2018, 3, 1)) if each.year > 2018 else each for each in starts
        ]
        assert "later" not in comparisons_possible(short, within)


class TestChoosingResults:
    def test_keeps_them_and_asks_again_what_depends_on_them(self, world) -> None:
        analysis = planned(world)
        planned_again(world, analysis)
        changed = outcome(world, analysis, group="fsm", last_year=2018)
        assert (changed.group, changed.expected, changed.too_early_before) == ("fsm", None, None)
        assert changed.reached == 1.0
        same = outcome(world, planned_again(world, changed), group="fsm", last_year=2018)
        assert same.expected == 2.0

    @pytest.mark.parametrize(
        ("changed", "refused"),
        [
            ({"first_year": 2017}, NothingBeforeTheStart),
            ({"last_year": 2016}, NothingAfterTheStart),
            ({"first_year": 2012}, YearWithoutFigures),
            ({"last_year": 2025}, YearWithoutFigures),
            ({"group": "eal"}, GroupNotFit),
            ({"measure_pk": 0}, MeasureNotFit),
            ({"cluster_pk": 0}, ClusterNotInIt),
        ],
    )
    def test_refuses_what_could_show_nothing(self, world, changed, refused) -> None:
        with pytest.raises(refused):
            outcome(world, begun(world), **changed)

    def test_of_one_cluster_start_with_that_cluster(self, world) -> None:
        last = world.clusters[3]
        chosen = outcome(world, begun(world), cluster_pk=last.pk, first_year=2018)
        assert (chosen.cluster, chosen.first_year) == (last, 2018)

    def test_is_refused_to_officers_of_elsewhere(self, world) -> None:
        analysis = begun(world)
        stranger = officer(organisation("Elsewhere"), "Stan")
        with pytest.raises(NotAllowed):
            choose_outcome(
                person=stranger, day=TODAY, pk=analysis.pk, measure_pk=world.measure.pk,
                group="all", first_year=2014, last_year=2019,
            )  # fmt: skip


def planned_again(world, analysis):
    choose_reach(
        **who(world, analysis), reached=0.3, expected=2.0, pupils_sd=None,
        too_early_before=dt.date(2019, 9, 1),
    )  # fmt: skip
    return analysis


class TestChoosingReach:
    def test_comes_after_the_results(self, world) -> None:
        with pytest.raises(OutcomeNotChosen):
            planned_again(world, begun(world))

    def test_refuses_a_day_before_the_last_results(self, world) -> None:
        analysis = planned(world)
        told = {"reached": 1.0, "expected": None, "pupils_sd": None}
        with pytest.raises(TooEarlyDay):
            choose_reach(**who(world, analysis), **told, too_early_before=dt.date(2019, 7, 31))

    def test_refuses_a_share_of_nobody(self, world) -> None:
        analysis = planned(world)
        with pytest.raises(ReachImpossible):
            choose_reach(
                **who(world, analysis), reached=0, expected=None, pupils_sd=None,
                too_early_before=TODAY,
            )  # fmt: skip


class TestChoosingTheComparison:
    def test_drops_alternatives_that_would_be_the_same(self, world) -> None:
        analysis = planned(world)
        choose_alternatives(**who(world, analysis), alternatives=["yearly", "one", "ten"])
        kept = choose_comparison(
            **who(world, analysis), comparison="schools", neighbours=1, alike_by=["before"]
        )
        assert kept.alternatives == ["ten", "yearly"]

    @pytest.mark.parametrize(
        "changed",
        [{"neighbours": 0}, {"neighbours": 21}, {"alike_by": []}, {"alike_by": ["height"]},
         {"where": "moon"}, {"comparison": "luck"}],
    )  # fmt: skip
    def test_refuses_what_cannot_be(self, world, changed) -> None:
        with pytest.raises(ComparisonImpossible):
            choose_comparison(**who(world, planned(world)), **{"comparison": "schools", **changed})

    def test_refuses_clusters_where_there_are_none(self, world) -> None:
        analysis = planned(world)
        for kind in ("later", "clusters"):
            with pytest.raises(NobodyToCompareWith):
                choose_comparison(**who(world, analysis), comparison=kind)

    def test_refuses_an_alternative_that_is_the_plan(self, world) -> None:
        analysis = planned(world)
        choose_comparison(**who(world, analysis), comparison="schools", neighbours=10)
        with pytest.raises(AlternativeTheSame):
            choose_alternatives(**who(world, analysis), alternatives=["ten"])


class TestARegisteredPlan:
    def test_changes_by_none_of_the_choices(self, world) -> None:
        analysis = planned(world)
        looked(analysis, world)
        register(person=world.officer, day=TODAY, now=NOW, pk=analysis.pk)
        tries = (
            lambda: outcome(world, analysis, last_year=2018),
            lambda: planned_again(world, analysis),
            lambda: choose_comparison(**who(world, analysis), comparison="schools"),
            lambda: choose_alternatives(**who(world, analysis), alternatives=[]),
        )
        for attempt in tries:
            with pytest.raises(IsRegistered):
                attempt()
