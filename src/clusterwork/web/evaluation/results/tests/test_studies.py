"""The list of studies, one study, and a run as it goes."""

from __future__ import annotations

import csv
import io

import pytest

from clusterwork.clusters.sentences import written
from clusterwork.evaluation.models import Run, Study
from clusterwork.evaluation.services.people import name_person
from clusterwork.evaluation.tests.made import NOW
from clusterwork.evaluation.tests.made_results import set_down, told
from clusterwork.kernel.messages import Message
from clusterwork.web.clusters.tests.conftest import client_of
from clusterwork.web.clusters.tests.conftest import without_second_factor as without_second_factor

pytestmark = pytest.mark.django_db


def waiting(place, **facts):
    told_so = {"state": Run.State.WAITING, "started_at": None, "ended_at": None, **facts}
    return told(set_down(place.analysis), {}, **told_so)


class TestTheList:
    def test_has_what_one_may_open_and_says_how_many(self, place):
        assert "One study that you can open." in place.read("/studies/")
        assert "There is no study that you can open yet." in place.read("/studies/", place.head)

    def test_is_of_one_programme_where_that_is_asked(self, place):
        assert "Did it help?" in place.read("/studies/", programme=place.programme.pk)
        page = place.read("/studies/", programme=999_999)
        assert "There is no study of this programme that you can open." in page

    def test_counts_only_what_was_shown_for_those_who_were_shown_it(self, place):
        told(set_down(place.analysis))
        Study.objects.create(programme=place.programme, title="Another", started_at=NOW)
        place.show()
        text = b"".join(place.at("/studies/studies.csv", place.head)).decode("utf-8-sig")
        rows = list(csv.reader(io.StringIO(text)))
        assert len(rows) == 2
        assert rows[1][0] == "Did it help?"
        assert rows[1][-4:] == ["1", "1", "1", "1"]

    def test_stands_in_the_navigation_of_those_who_have_one(self, place):
        told(set_down(place.analysis))
        link = b'href="/studies/"'
        assert link in place.at("/", place.officer).content
        assert link not in place.at("/", place.head).content
        place.show()
        assert link in place.at("/", place.head).content


class TestAStudy:
    def test_says_where_each_analysis_stands(self, place):
        path = f"/studies/{place.study.pk}/"
        assert "Being planned" in place.read(path)
        registration = set_down(place.analysis)
        assert "Registered" in place.read(path)
        told(registration)
        assert "risen by 0.20 of a standard deviation more" in place.read(path)

    def test_is_for_readers_once_a_result_is_shown_without_who_works_on_it(self, place):
        told(set_down(place.analysis))
        path = f"/studies/{place.study.pk}/"
        assert place.at(path, place.head).status_code == 403
        place.show()
        assert "People named on this study" not in place.read(path, place.head)

    def test_names_somebody_and_ends_it(self, place):
        path = f"/studies/{place.study.pk}/"
        place.post(f"{path}people/name/", email=place.outside_head.email)
        assert "Oona" in place.read(path)
        assert place.at(path, place.outside_head).status_code == 200
        (named,) = place.study.people.all()
        place.post(f"{path}people/{named.pk}/end/")
        assert place.at(path, place.outside_head).status_code == 403

    def test_keeps_what_was_typed_where_nobody_has_the_address(self, place):
        path = f"/studies/{place.study.pk}/people/name/"
        answer = place.post(path, email="nobody@example.org")
        assert answer.status_code == 200
        assert "Nobody signs in with this address" in answer.content.decode()
        assert 'value="nobody@example.org"' in answer.content.decode()

    def test_leaves_a_named_person_who_ends_her_own_part_at_the_list(self, place):
        named = name_person(
            person=place.officer, day=NOW.date(), study_pk=place.study.pk,
            email=place.outside_head.email,
        )  # fmt: skip
        path = f"/studies/{place.study.pk}/people/{named.pk}/end/"
        answer = client_of(place.outside_head).post(path)
        assert answer["Location"] == "/studies/"


class TestARun:
    def test_tells_its_step_in_words_and_numbers(self, place):
        run = waiting(
            place, state=Run.State.WORKING, started_at=NOW, step="alternatives", done=2, of=3
        )
        page = place.read(f"/studies/runs/{run.pk}/")
        assert "Run the other choices, said beforehand: 2 of 3." in page
        assert "You can leave this page" in page
        progress = place.at(f"/studies/runs/{run.pk}/progress/").json()
        assert progress["is_open"]
        assert progress["step-estimate"] == "Done"
        assert progress["step-alternatives"] == "Now"
        assert 0.5 < progress["share"] < 1

    def test_that_waits_says_so(self, place):
        assert "It waits for its turn." in place.read(f"/studies/runs/{waiting(place).pk}/")

    def test_can_be_stopped_and_asked_for_again(self, place):
        run = waiting(place)
        place.post(f"/studies/runs/{run.pk}/stop/")
        page = place.read(f"/studies/runs/{run.pk}/")
        assert "The work was stopped before it was done." in page
        assert "Work out the result again" in page
        answer = place.post("result/work-out/")
        assert answer["Location"] == f"/studies/runs/{Run.objects.latest('pk').pk}/"

    def test_that_failed_says_what_why_and_what_next(self, place):
        trouble = {
            name: written(Message(text))
            for name, text in (("what", "No."), ("why", "None."), ("next_step", "Add some."))
        }
        run = told(set_down(place.analysis), {}, state=Run.State.FAILED, trouble=trouble)
        page = place.read(f"/studies/runs/{run.pk}/")
        assert all(each in page for each in ("No.", "None.", "Add some."))

    def test_that_is_done_leads_on_to_its_result(self, place):
        run = told(set_down(place.analysis))
        answer = place.at(f"/studies/runs/{run.pk}/")
        assert answer["Location"] == f"/studies/analyses/{place.analysis.pk}/result/"
