"""Pages on which a study is started and an analysis planned, looked at and registered."""

from __future__ import annotations

import datetime as dt
import html
import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from clusterwork.accounts.models import Person
from clusterwork.clusters.models import Participation
from clusterwork.clusters.services.programmes import ProgrammeFacts, start_programme
from clusterwork.clusters.tests.made import TODAY
from clusterwork.evaluation.models import Analysis, Registration, Run, Study, StudyPerson
from clusterwork.evaluation.services.planning import choose_comparison
from clusterwork.evaluation.services.registering import open_change
from clusterwork.evaluation.services.working import work_on_run
from clusterwork.evaluation.tests.made import made_world
from clusterwork.evaluation.tests.made_studies import (
    begun,
    looked,
    planned,
    registered,
    resulted,
)
from clusterwork.web.clusters.tests.conftest import client_of, words_of
from clusterwork.web.clusters.tests.conftest import (
    without_second_factor as without_second_factor,
)

pytestmark = pytest.mark.django_db
MOST_QUERIES = 30


class Place:
    """A made programme with its officer at the browser."""

    def __init__(self) -> None:
        self.world = made_world(pool=30)
        self.client: Client = client_of(self.world.officer)

    def at(self, name: str, analysis: Analysis) -> str:
        return reverse(name, args=[analysis.pk])

    def words(self, name: str, analysis: Analysis) -> str:
        return words_of(self.client.get(self.at(name, analysis)))

    def post(self, name: str, analysis: Analysis, **typed):
        return self.client.post(self.at(name, analysis), typed)


@pytest.fixture
def place(db) -> Place:
    return Place()


class TestStartingAStudy:
    def test_begins_with_the_programme_somebody_came_from(self, place) -> None:
        programme = place.world.programme
        address = f"{reverse('study_new')}?programme={programme.pk}"
        assert f'value="{programme.pk}" selected' in place.client.get(address).content.decode()
        answer = place.client.post(
            reverse("study_new"), {"programme": programme.pk, "title": "Did it help?"}
        )
        study = Study.objects.get()
        assert answer["Location"] == reverse("analysis", args=[study.analyses.get().pk])

    def test_keeps_what_was_typed_when_the_title_is_taken(self, place) -> None:
        begun(place.world, "Did it help?")
        typed = {
            "programme": place.world.programme.pk,
            "title": "Did it help?",
            "question": "Was it worth it?",
        }
        said = words_of(place.client.post(reverse("study_new"), typed))
        assert "The programme has a study of this title" in said
        assert "Was it worth it?" in said

    def test_changes_the_question(self, place) -> None:
        analysis = begun(place.world)
        address = reverse("study_question", args=[analysis.study_id])
        typed = {"title": "Another", "question": "Did reading rise?"}
        assert place.client.post(address, typed)["Location"].startswith("/studies/")
        answer = place.client.post(f"{address}?analysis={analysis.pk}&back=check", typed)
        assert answer["Location"] == place.at("analysis_check", analysis)
        analysis.study.refresh_from_db()
        assert (analysis.study.title, analysis.study.question) == ("Another", "Did reading rise?")

    def test_adds_an_analysis(self, place) -> None:
        study = begun(place.world).study
        place.client.post(reverse("analysis_new", args=[study.pk]))
        assert study.analyses.count() == 2


class TestThePlan:
    def test_says_first_what_comes_next(self, place) -> None:
        analysis = begun(place.world)
        assert "Next: say which results should have changed" in place.words("analysis", analysis)
        analysis = planned(place.world, title="Another")
        assert "Next: look at what this analysis could see" in place.words("analysis", analysis)
        looked(analysis, place.world)
        assert "The plan is whole." in place.words("analysis", analysis)

    def test_is_opened_by_those_named_on_the_study(self, place) -> None:
        analysis = planned(place.world)
        named = Person.objects.create_user("eva@example.org", "x" * 20, name="Eva")
        assert client_of(named).get(place.at("analysis", analysis)).status_code == 403
        StudyPerson.objects.create(study=analysis.study, person=named, start_on=dt.date(2020, 1, 1))
        for name in PAGES:
            assert client_of(named).get(place.at(name, analysis)).status_code == 200

    def test_takes_few_queries_on_every_page(self, place) -> None:
        analysis = planned(place.world)
        looked(analysis, place.world)
        for name in PAGES:
            with CaptureQueriesContext(connection) as asked:
                assert place.client.get(place.at(name, analysis)).status_code == 200
            assert len(asked) <= MOST_QUERIES, name


PAGES = (
    "analysis",
    "analysis_outcome",
    "analysis_years",
    "analysis_reach",
    "analysis_power",
    "analysis_comparison",
    "analysis_alternatives",
    "analysis_check",
)


class TestWithNothingToChooseFrom:
    def test_says_that_no_cluster_takes_part(self, place) -> None:
        facts = ProgrammeFacts("Another", "", dt.date(2026, 9, 1), None)
        place.world.programme = start_programme(
            person=place.world.officer, day=TODAY, organisation=place.world.organisation,
            facts=facts,
        )  # fmt: skip
        said = place.words("analysis_outcome", begun(place.world))
        assert "No cluster takes part in the programme yet" in said

    def test_says_that_there_are_no_figures(self, db) -> None:
        world = made_world(n_clusters=1, schools_each=1, pool=0, years=[])
        analysis = begun(world)
        answer = client_of(world.officer).get(reverse("analysis_outcome", args=[analysis.pk]))
        assert "There are no figures of these schools" in words_of(answer)
        assert "Only measures by school year can be looked at" in words_of(answer)

    def test_sends_back_whoever_comes_too_early(self, place) -> None:
        analysis = begun(place.world)
        for name in ("analysis_reach", "analysis_power", "analysis_comparison", "analysis_check"):
            answer = place.client.get(place.at(name, analysis))
            assert answer["Location"] == place.at("analysis", analysis)


class TestChoosing:
    def test_goes_from_the_measure_to_its_years(self, place) -> None:
        analysis, measure = begun(place.world), place.world.measure
        answer = place.post("analysis_outcome", analysis, measure=measure.pk, cluster="")
        shown = place.client.get(answer["Location"])
        assert "2013/14" in words_of(shown)
        typed = {"group": "all", "first_year": 2014, "last_year": 2019}
        place.client.post(answer["Location"], typed)
        analysis.refresh_from_db()
        assert (analysis.measure, analysis.first_year) == (measure, 2014)

    def test_says_at_the_year_what_is_wrong_with_it(self, place) -> None:
        analysis = begun(place.world)
        address = f"{place.at('analysis_years', analysis)}?measure={place.world.measure.pk}"
        typed = {"group": "all", "first_year": 2019, "last_year": 2014}
        said = words_of(place.client.post(address, typed))
        assert "The last school year is not after the first." in said

    def test_asks_for_the_measure_before_its_years(self, place) -> None:
        answer = place.client.get(place.at("analysis_years", begun(place.world)))
        assert answer["Location"] == reverse("analysis_outcome", args=[Analysis.objects.get().pk])

    def test_fills_the_day_in_and_says_where_from(self, place) -> None:
        analysis = planned(place.world)
        Analysis.objects.update(too_early_before=None)
        said = place.words("analysis_reach", analysis)
        assert "Filled in: the first day after the last school year, 2018/19." in said

    def test_keeps_the_reach(self, place) -> None:
        analysis = planned(place.world)
        place.post(
            "analysis_reach", analysis, reached="25", expected="2.5", pupils_sd="",
            too_early_before="1/9/2020",
        )  # fmt: skip
        analysis.refresh_from_db()
        assert (analysis.reached, analysis.expected, analysis.pupils_sd) == (0.25, 2.5, None)

    def test_goes_back_to_the_answers_that_were_checked(self, place) -> None:
        analysis = planned(place.world)
        address = place.at("analysis_alternatives", analysis) + "?back=check"
        answer = place.client.post(address, {"alternatives": ["one"]})
        assert answer["Location"] == place.at("analysis_check", analysis)

    def test_offers_only_comparisons_with_somebody(self, place) -> None:
        page = place.client.get(place.at("analysis_comparison", planned(place.world)))
        assert 'value="schools"' in page.content.decode()
        assert 'value="later"' not in page.content.decode()

    def test_leads_to_another_look_after_another_comparison(self, place) -> None:
        analysis = planned(place.world)
        looked(analysis, place.world)
        answer = place.post(
            "analysis_comparison", analysis, comparison="schools", where="area", neighbours="5",
            alike_by=["pupils", "before"],
        )  # fmt: skip
        assert answer["Location"] == place.at("analysis_power", analysis)
        assert "no longer holds" in place.words("analysis_power", analysis)


class TestWhatCouldBeSeen:
    @pytest.fixture
    def run(self, place) -> Run:
        """A look as the worker makes it."""
        analysis = planned(place.world)
        place.post("analysis_power", analysis)
        run = analysis.runs.get()
        work_on_run(run.pk)
        run.refresh_from_db()
        assert run.state == Run.State.DONE, run.trouble
        return run

    def test_is_told_in_sentences_with_both_sides(self, place, run) -> None:
        said = place.words("analysis_power", run.analysis)
        assert "Smallest difference on the mean of all, found in 80 of 100 such studies" in said
        assert "Share of these pupils whom the work reaches" in said
        assert "How alike both sides were before the start" in said

    def test_shows_no_year_from_the_first_start_on(self, place, run) -> None:
        page = html.unescape(
            place.client.get(place.at("analysis_power", run.analysis)).content.decode()
        )
        assert "2015/16" in page
        assert not re.search("2016/17|2017/18|2018/19", page)

    def test_shows_the_balance_beside_the_comparison(self, place, run) -> None:
        said = place.words("analysis_comparison", run.analysis)
        assert "How alike both sides were before the start" in said

    def test_says_plainly_that_it_would_miss_what_there_is(self, place) -> None:
        analysis = planned(place.world)
        looked(analysis, place.world, too_large=True)
        said = place.words("analysis_power", analysis)
        assert "This study would most likely miss what there is to see." in said
        assert "Look at the group of pupils whom the work reaches" in said

    def test_says_so_too_where_the_gain_hoped_for_would_more_often_be_missed(self, place) -> None:
        analysis = planned(place.world)
        looked(analysis, place.world, power=0.8)
        assert "most likely miss" not in place.words("analysis_power", analysis)
        looked(analysis, place.world, power=0.3)
        assert "most likely miss" in place.words("analysis_power", analysis)

    def test_says_what_came_in_the_way(self, place) -> None:
        analysis = planned(place.world)
        what = {"template": "Too few schools.", "params": {}}
        looked(analysis, place.world, trouble={"what": what})
        assert "Too few schools." in place.words("analysis_power", analysis)


class TestRegistering:
    def test_names_the_consequence_on_its_button(self, place) -> None:
        analysis = planned(place.world)
        assert "later changes will be marked" not in place.words("analysis_check", analysis)
        looked(analysis, place.world)
        said = place.words("analysis_check", analysis)
        assert "Register this analysis; later changes will be marked" in said
        answer = place.post("analysis_check", analysis)
        assert answer["Location"] == place.at("analysis_registered", analysis)
        assert "Analysis registered" in place.words("analysis_registered", analysis)

    def test_leaves_nothing_to_write(self, place) -> None:
        analysis = registered(place.world).analysis
        for name in PAGES:
            answer = place.client.get(place.at(name, analysis))
            expected = 200 if name in ("analysis", "analysis_power") else 302
            assert answer.status_code == expected, name
        assert "Next: have the result worked out." in place.words("analysis", analysis)

    def test_asks_why_it_is_changed_and_marks_it(self, place) -> None:
        made = registered(place.world)
        resulted(made)
        analysis = made.analysis
        assert "A result is known" in place.words("analysis_change", analysis)
        place.post("analysis_change", analysis)
        choose_comparison(
            person=place.world.officer, day=TODAY, pk=analysis.pk, comparison="schools",
            neighbours=7,
        )  # fmt: skip
        analysis.refresh_from_db()
        looked(analysis, place.world)
        said = words_of(place.post("analysis_check", analysis, because=""))
        assert "Write in a sentence why it is changed." in said
        place.post("analysis_check", analysis, because="Five were too few.")
        said = place.words("analysis", analysis)
        assert "Changed after a result was known" in said
        assert "Groups of similar schools for each cluster: was 5, is 7" in said
        assert "Five were too few." in said

    def test_warns_of_a_mark_only_where_one_would_be_set(self, place) -> None:
        made = registered(place.world)
        resulted(made, too_early=True)
        assert "A result is known" not in place.words("analysis_change", made.analysis)
        resulted(made)
        assert "A result is known" in place.words("analysis_change", made.analysis)

    def test_marks_a_first_version_where_another_analysis_has_told_the_same(self, place) -> None:
        resulted(registered(place.world))
        analysis = planned(place.world, "Another")
        looked(analysis, place.world)
        assert "is known. That will be marked." in place.words("analysis_check", analysis)
        place.post("analysis_check", analysis)
        said = place.words("analysis", analysis)
        assert "in this programme was known when this was registered" in said
        assert "Changed after a result was known" not in said

    def test_says_that_a_result_is_told_sooner_than_registered_before(self, place) -> None:
        made = registered(place.world)
        told = {**made.plan, "told_sooner": True, "after_too_early": True}
        Registration.objects.create(
            analysis=made.analysis, number=2, plan=told, because="Why", by=made.by, at=made.at
        )
        said = place.words("analysis", made.analysis)
        assert "A result is told sooner than an earlier version" in said
        assert "somebody had asked for the result, and it was too early to say" in said

    def test_names_clusters_that_are_no_longer_there(self, place) -> None:
        made = registered(place.world)
        assert "no longer those" not in place.words("analysis", made.analysis)
        Participation.objects.filter(cluster=place.world.clusters[0]).delete()
        said = place.words("analysis", made.analysis)
        assert "Clusters that are no longer there: Sleaford." in said
        assert "Schools at the start: 16 as registered, 12 now, not all the same." in said
        resulted(made)
        assert "no longer" not in place.words("analysis", made.analysis)

    def test_drops_a_change(self, place) -> None:
        analysis = registered(place.world).analysis
        open_change(person=place.world.officer, day=TODAY, pk=analysis.pk)
        said = place.words("analysis", analysis)
        assert "You are changing what was registered" in said
        assert "Nothing is changed yet." in said
        place.post("analysis_drop", analysis)
        analysis.refresh_from_db()
        assert analysis.state == "registered"


class TestTheProgramme:
    def test_links_to_its_studies(self, place) -> None:
        programme = place.world.programme
        page = place.client.get(reverse("programme", args=[programme.pk])).content.decode()
        address = reverse("programme_studies", args=[programme.pk])
        assert f'href="{address}"' in page
        listed = place.client.get(address)["Location"]
        assert listed == f"{reverse('studies')}?programme={programme.pk}"
