"""Agreements and decisions by the API: as far as the pages show them to the same person."""

from __future__ import annotations

import pytest
from django.test import Client

from clusterwork.api.tests.made import key_of
from clusterwork.clusters.services.deciding import share_decision
from clusterwork.clusters.tests.made_agreements import NOW, Five, later
from clusterwork.clusters.tests.made_decisions import TODAY, Deciding
from clusterwork.clusters.tests.made_people import a_person

pytestmark = pytest.mark.django_db


def ask(path, person, **query):
    return Client().get(f"/api/v1/{path}", query, headers=key_of(person))


def get(path, person, **query):
    answer = ask(path, person, **query)
    assert answer.status_code == 200, answer.content
    return answer.json()


@pytest.fixture
def five() -> Five:
    return Five()


def listed(five, person, **query):
    rows = get(f"clusters/{five.cluster.pk}/agreements", person, **query)["items"]
    return [(row["kind"], row["version"], row["state"]) for row in rows]


class TestAgreements:
    def test_that_are_drafts_are_the_clusters_own(self, five):
        draft = five.draft()
        assert listed(five, five.chair) == [("memorandum", 1, "draft")]
        for person in (five.officer, five.heads[5]):
            assert listed(five, person) == []
            assert ask(f"agreements/{draft.pk}", person).status_code == 403
        assert get(f"agreements/{draft.pk}", five.chair)["schools"] == []

    def test_put_to_the_schools_say_who_has_signed_and_when(self, five):
        version = five.put()
        five.sign(version, five.heads[0], 0, "head")
        five.sign_for(version, 1, later(1))
        told = get(f"agreements/{version.pk}", five.officer)
        assert told["state"] == "signing" and told["put_out_on"] == NOW.date().isoformat()
        schools = [(row["has_signed"], row["signed_on"]) for row in told["schools"]]
        assert schools[:3] == [
            (False, None), (True, later(1).date().isoformat()), (False, None)
        ]  # fmt: skip
        head, governors = told["schools"][0]["signatures"]
        assert (head["capacity"], head["name"]) == ("head", str(five.heads[0]))
        assert (governors["capacity"], governors["signed_on"]) == ("governors", None)

    def test_have_their_words_in_both_languages_with_no_blank_left(self, five):
        clauses = get(f"agreements/{five.put().pk}", five.chair)["clauses"]
        assert [each["number"] for each in clauses] == list(range(1, len(clauses) + 1))
        assert all(each["text"] and each["text_cy"] for each in clauses)
        assert not any("{" in each["text"] + each["text_cy"] for each in clauses)

    def test_never_hand_out_signed_copies(self, five):
        told = get(f"agreements/{five.put().pk}", five.chair)
        assert "copy" not in str(told["schools"])

    def test_in_force_are_known_to_everybody_with_a_role_their_words_are_not(self, five):
        version = five.sign_all(five.put())
        assert listed(five, five.heads[5]) == [("memorandum", 1, "in_force")]
        assert ask(f"agreements/{version.pk}", five.heads[5]).status_code == 403
        nobody = a_person("Nobody")
        assert ask(f"clusters/{five.cluster.pk}/agreements", nobody).status_code == 403

    def test_are_narrowed_by_kind_and_state(self, five):
        five.draft()
        five.put("data_sharing")
        assert len(listed(five, five.chair)) == 2
        assert len(listed(five, five.chair, kind="data_sharing")) == 1
        assert len(listed(five, five.chair, state="draft")) == 1
        path = f"clusters/{five.cluster.pk}/agreements"
        assert ask(path, five.chair, kind="treaty").status_code == 422


@pytest.fixture
def deciding() -> Deciding:
    return Deciding()


class TestDecisions:
    def test_are_private_to_the_cluster_until_they_are_shared(self, deciding):
        found = deciding.said("aaaaaa")
        path = f"clusters/{deciding.cluster.pk}/decisions"
        assert get(path, deciding.head)["count"] == 1
        assert get(path, deciding.officer)["count"] == 0
        assert ask(f"decisions/{found.pk}", deciding.officer).status_code == 403
        share_decision(person=deciding.coordinator, day=TODAY, now=NOW, pk=found.pk)
        assert get(path, deciding.officer)["count"] == 1
        assert get(f"decisions/{found.pk}", deciding.officer)["is_shared"] is True

    def test_are_not_shown_to_those_of_other_schools(self, deciding):
        found = deciding.said("aaaaaa")
        share_decision(person=deciding.coordinator, day=TODAY, now=NOW, pk=found.pk)
        other = a_person("Olive", "headteacher", school=deciding.schools[-1])
        assert get(f"clusters/{deciding.cluster.pk}/decisions", other)["count"] == 0
        assert ask(f"decisions/{found.pk}", other).status_code == 403

    def test_say_what_each_school_said_and_how_it_came_out(self, deciding):
        found = deciding.said("aaaao-")
        told = get(f"decisions/{found.pk}", deciding.head)
        assert (told["state"], told["because"]) == ("agreed", "majority")
        assert (told["agree"], told["abstain"], told["object"]) == (4, 1, 1)
        said = [each["answer"] for each in told["schools"]]
        assert sorted(said) == ["abstain", *["agree"] * 4, "object"]
        assert "It costs too much." in [each["reason"] for each in told["schools"]]
        assert told["rule"]["way"] == "school"

    def test_count_nothing_while_they_are_open(self, deciding):
        found = deciding.propose()
        deciding.say(found, 1)
        told = get(f"decisions/{found.pk}", deciding.head)
        assert (told["state"], told["agree"], told["rule"]) == ("open", None, None)

    def test_have_the_state_of_the_day_asked_for(self, deciding):
        deciding.said("aaaaas")
        path = f"clusters/{deciding.cluster.pk}/decisions"
        rows = get(path, deciding.head, on=TODAY.isoformat())["items"]
        assert [(row["state"], row["agree"]) for row in rows] == [("open", None)]
        assert get(path, deciding.head, on="2020-01-01")["count"] == 0

    def test_are_narrowed_by_state_and_by_what_they_are_about(self, deciding):
        deciding.said("aaaaaa", about="money")
        deciding.propose()
        path = f"clusters/{deciding.cluster.pk}/decisions"
        assert get(path, deciding.head, state="agreed")["count"] == 1
        assert get(path, deciding.head, about="money", state="open")["count"] == 0
