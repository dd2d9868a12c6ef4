"""Plans by the API: the facts of which their papers are made, for those who may open them."""

from __future__ import annotations

import json

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from clusterwork.api.tests.made import key_of
from clusterwork.clusters.tests.made_people import a_person
from clusterwork.plans.models import Plan
from clusterwork.plans.selectors.papers import facts_of
from clusterwork.plans.tests.made_plans import Planning
from clusterwork.plans.tests.made_reviews import Reviewing

pytestmark = pytest.mark.django_db


def ask(path, person, **query):
    return Client().get(f"/api/v1/{path}", query, headers=key_of(person))


def get(path, person, **query):
    answer = ask(path, person, **query)
    assert answer.status_code == 200, answer.content
    return answer.json()


@pytest.fixture
def planning() -> Planning:
    return Planning()


class TestADraft:
    def test_is_the_clusters_own(self, planning):
        plan = planning.start()
        path = f"clusters/{planning.cluster.pk}/plans"
        (row,) = get(path, planning.head)["items"]
        assert (row["id"], row["state"], row["title"]) == (plan.pk, "draft", "Reading together")
        assert get(path, planning.county.officer)["count"] == 0
        assert ask(f"plans/{plan.pk}", planning.county.officer).status_code == 403

    def test_is_not_for_other_schools(self, planning):
        plan = planning.start()
        stranger = a_person("Olive")
        for path in (f"clusters/{planning.cluster.pk}/plans", f"plans/{plan.pk}"):
            assert ask(path, stranger).status_code == 403

    def test_is_handed_out_as_it_stands(self, planning):
        plan = planning.full()
        told = get(f"plans/{plan.pk}", planning.head)
        facts = facts_of(Plan.objects.get(pk=plan.pk), plan.start_on)
        assert told["content"] == json.loads(json.dumps(facts.content))
        assert told["version"] == facts.stamp.version

    def test_of_any_length_asks_the_database_no_more_often(self, planning):
        plan = planning.full(n_priorities=12, n_actions=400)
        header = key_of(planning.head)
        with CaptureQueriesContext(connection) as asked:
            answer = Client().get(f"/api/v1/plans/{plan.pk}", headers=header)
        assert len(answer.json()["content"]["actions"]) == 400
        assert len(asked) <= 30


class TestAPlanThatWasSentIn:
    def test_is_read_by_the_authority_as_it_was_sent(self):
        reviewing = Reviewing()
        reviewing.ask_all()
        reviewing.join()
        reviewing.send()
        officer = reviewing.officer
        assert get(f"clusters/{reviewing.cluster.pk}/plans", officer)["count"] == 1
        told = get(f"plans/{reviewing.plan.pk}", officer)
        sent = reviewing.plan.submissions.get()
        assert told["content"] == sent.content
        assert told["version"].startswith("1 (")


class TestItsPapers:
    def test_are_for_all_its_readers_and_everybody_named_in_it(self, planning):
        plan = planning.full()
        papers = get(f"plans/{plan.pk}/papers", planning.head)
        kinds = {each["kind"] for each in papers}
        assert kinds == {"plan", "governors", "school", "strand", "funder"}
        assert ask(f"plans/{plan.pk}/papers", planning.county.officer).status_code == 403
        address = f"plans/{plan.pk}/papers/governors"
        assert get(address, planning.head)["documents"]
        assert ask(address, planning.county.officer).status_code == 403

    def test_for_nobody_are_not_there(self, planning):
        plan = planning.full()
        answer = ask(f"plans/{plan.pk}/papers/school:1", planning.head)
        assert answer.status_code == 404
        assert "school:NUMBER" in answer.json()["next_step"]
