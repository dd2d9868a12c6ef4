"""Studies and results by the API: the same permissions and the same cuts as on the pages."""

from __future__ import annotations

import datetime as dt
import json

import pytest
from django.test import Client

from clusterwork.api.tests.made import key_of
from clusterwork.clusters.models import Participation, Programme
from clusterwork.clusters.tests.made import TODAY
from clusterwork.evaluation.models import Analysis, Registration, Study
from clusterwork.evaluation.services.sharing import share_result
from clusterwork.evaluation.tests.made import NOW, reading_score
from clusterwork.evaluation.tests.made_results import set_down, told
from clusterwork.measures.models import Measure
from clusterwork.measures.tests.made import Place

pytestmark = pytest.mark.django_db


def ask(path, person, **query):
    return Client().get(f"/api/v1/{path}", query, headers=key_of(person))


@pytest.fixture
def place() -> Place:
    return Place()


@pytest.fixture
def analysis(place) -> Analysis:
    facts = {"name": "Together", "starts_on": place.cluster.start_on}
    programme = Programme.objects.create(organisation=place.organisation, **facts)
    Participation.objects.create(
        programme=programme, cluster=place.cluster, start_on=place.cluster.start_on
    )
    study = Study.objects.create(programme=programme, title="Did it help?", started_at=NOW)
    measure = reading_score(place.organisation)
    made = Analysis.objects.create(study=study, measure=measure, started_at=NOW)
    told(set_down(made))
    return made


def show(analysis, place):
    share_result(person=place.officer, day=TODAY, now=NOW, pk=analysis.pk)


class TestStudies:
    def test_are_those_that_one_may_open(self, analysis, place):
        (row,) = ask("studies", place.officer).json()["items"]
        assert (row["title"], row["n_analyses"], row["n_results"]) == ("Did it help?", 1, 1)
        assert ask("studies", place.head).json()["count"] == 0
        assert ask("studies", place.officer, programme=999).json()["count"] == 0

    def test_tell_where_each_analysis_stands(self, analysis, place):
        (each,) = ask(f"studies/{analysis.study_id}", place.officer).json()["analyses"]
        assert (each["state"], each["has_result"], each["is_shown"]) == ("registered", True, False)

    def test_say_what_a_result_is_of_while_another_plan_is_written(self, analysis, place):
        was = analysis.measure_id
        analysis.measure = Measure.objects.get(organisation=None, code="attendance")
        analysis.first_year, analysis.state, analysis.cluster = 2016, "changing", place.cluster
        analysis.save()
        (each,) = ask(f"studies/{analysis.study_id}", place.officer).json()["analyses"]
        assert (each["measure_id"], each["first_year"], each["cluster_id"]) == (was, 2014, None)

    def test_open_with_a_result_that_is_shown(self, analysis, place):
        path = f"studies/{analysis.study_id}"
        assert ask(path, place.head).status_code == 403
        show(analysis, place)
        assert len(ask(path, place.head).json()["analyses"]) == 1
        assert ask(path, place.outside_head).status_code == 403


class TestAResult:
    def test_has_its_sentences_numbers_and_the_mark_of_its_data(self, analysis, place):
        answer = ask(f"analyses/{analysis.pk}/result", place.officer).json()
        assert "0.20 of a standard deviation" in answer["sentences"][0]
        assert answer["found"]["scaled"]["low"] == 0.12
        assert len(answer["data_hash"]) == 64

    def test_shown_to_heads_names_no_cluster(self, analysis, place):
        path = f"analyses/{analysis.pk}/result"
        assert ask(path, place.head).status_code == 403
        show(analysis, place)
        answer = ask(path, place.head).json()
        assert "changes" not in answer["found"]
        assert "Ancaster" not in json.dumps(answer)

    def test_has_the_marks_of_each_version_for_whoever_reads_it(self, analysis, place):
        show(analysis, place)
        first = analysis.registrations.get()
        facts = {"number": 2, "because": "Sooner", "after_result": True, "at": NOW}
        Registration.objects.create(
            analysis=analysis, plan={**first.plan, "told_sooner": True}, **facts
        )
        for person in (place.officer, place.head):
            answer = ask(f"analyses/{analysis.pk}/result", person).json()
            marks = [each["marks"] for each in answer["marks"]]
            assert marks == [[], ["changed_after_a_result", "told_sooner"]]
            assert [each["version"] for each in answer["changed_after_a_result"]] == [2]
            assert answer["cohort_changed"] is False

    def test_shown_to_heads_stays_the_one_that_was_shown(self, analysis, place):
        show(analysis, place)
        told(analysis.registrations.get(), {"sentences": []}, asked_at=NOW + dt.timedelta(days=1))
        path = f"analyses/{analysis.pk}/result"
        assert ask(path, place.head).json()["sentences"]
        assert not ask(path, place.officer).json()["sentences"]

    def test_that_is_not_worked_out_is_not_there(self, analysis, place):
        other = Analysis.objects.create(study=analysis.study, started_at=NOW)
        assert ask(f"analyses/{other.pk}/result", place.officer).status_code == 404
