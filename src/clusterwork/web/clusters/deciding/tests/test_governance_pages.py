"""How a cluster decides, whose voice it was, and its new heads, in the browser."""

from __future__ import annotations

import pytest
from django.urls import reverse

from clusterwork.clusters.models import Affirmation, ClusterGroup, Headship, VotingRule
from clusterwork.clusters.tests.made_agreements import Five
from clusterwork.clusters.tests.made_decisions import TODAY, a_person, day
from clusterwork.web.clusters.deciding.tasks import deciding_tasks
from clusterwork.web.clusters.tests.conftest import client_of, words_of
from clusterwork.web.navigation import Viewer

pytestmark = pytest.mark.django_db


def governance(made) -> str:
    return reverse("cluster_governance", args=[made.cluster.pk])


def a_new_head(made) -> Headship:
    """Hana Jones comes to head the second school as well."""
    facts = {"kind": "executive", "name": "Hana Jones", "start_on": day(-20)}
    return Headship.objects.create(school=made.six[1], person=made.head, **facts)


class TestHowItDecides:
    def test_a_cluster_without_a_rule_shows_the_usual_one(self, made) -> None:
        words = words_of(client_of(made.officer).get(governance(made)))
        assert "One school, one vote" in words
        assert "Quorum: More than half of the schools" in words
        assert "The cluster has set no rule of its own" in words

    def test_a_rule_is_set_from_a_day_on_and_the_past_keeps_its_own(self, made) -> None:
        sent = {
            "way": "school",
            "quorum_share": "0.666666",
            "majority_share": "0.5",
            "casting": "on",
            "start_on": TODAY.isoformat(),
        }
        client = client_of(made.head)
        client.post(reverse("voting_rule", args=[made.cluster.pk]), sent)
        assert VotingRule.objects.get().casting
        assert "Quorum: At least two thirds of the schools" in words_of(
            client.get(governance(made))
        )
        earlier = client.get(governance(made), {"on": day(-1).isoformat()})
        assert "More than half of the schools" in words_of(earlier)

    def test_a_group_is_started_and_somebody_sits_in_it(self, made) -> None:
        client = client_of(made.head)
        sent = {
            "name": "Steering",
            "kind": "steering",
            "level": "strategic",
            "start_on": TODAY.isoformat(),
        }
        client.post(reverse("cluster_group_new", args=[made.cluster.pk]), sent)
        group = ClusterGroup.objects.get()
        seat = {"name": "Hana Jones", "school": made.six[0].pk, "start_on": TODAY.isoformat()}
        client.post(reverse("group_seat_new", args=[group.pk]), seat)
        words = words_of(client.get(governance(made)))
        assert "Steering" in words and "Hana Jones" in words

    def test_is_read_in_few_queries(self, made, django_assert_max_num_queries) -> None:
        client = client_of(made.head)
        with django_assert_max_num_queries(30):
            client.get(governance(made))


class TestVoice:
    def test_is_the_clusters_own(self, made) -> None:
        made.propose(1)
        address = reverse("cluster_voice", args=[made.cluster.pk])
        assert str(made.six[1]) in words_of(client_of(made.head).get(address))
        assert client_of(made.officer).get(address).status_code == 403

    def test_names_schools_in_their_order_and_never_ranks_them(self, made) -> None:
        made.propose(5)
        address = reverse("voice_csv", args=[made.cluster.pk])
        told = b"".join(client_of(made.head).get(address).streaming_content).decode()
        rows = [line.split(",")[0] for line in told.splitlines()[1:]]
        assert rows == [str(each) for each in made.six]


class TestNewHeads:
    def test_unanswered_shows_to_the_cluster_and_its_officers(self, made) -> None:
        a_new_head(made)
        address = reverse("cluster_decisions", args=[made.cluster.pk])
        for viewer in (made.heads[3], made.officer, made.coordinator):
            assert "Not answered" in words_of(client_of(viewer).get(address))

    def test_the_head_sees_all_on_one_page_and_answers(self, made) -> None:
        headship, client = a_new_head(made), client_of(made.head)
        made.said("aaaaaa", title="A joint post")
        address = reverse("new_head", args=[made.cluster.pk, headship.pk])
        words = words_of(client.get(address))
        for part in ("Your school’s part", "Agreements", "The plan", "Decisions"):
            assert part in words
        (task,) = deciding_tasks(Viewer.of(made.head))
        assert task.address == address
        client.post(address, {"answer": "comments", "text": "The surplus is not settled."})
        assert Affirmation.objects.get().by == made.head
        assert not deciding_tasks(Viewer.of(made.head))

    def test_the_agreement_in_force_can_be_read_with_who_signed_it(self, db) -> None:
        five = Five()
        five.sign_all(five.put())
        school = five.five[1]
        facts = {"kind": "acting", "name": "Nia Newydd", "start_on": TODAY}
        headship = Headship.objects.create(school=school, person=five.heads[1], **facts)
        address = reverse("new_head", args=[five.cluster.pk, headship.pk])
        words = words_of(client_of(five.heads[1]).get(address))
        assert "Signed for your school by: Head 1, 21 November 2026" in words
        assert "Read its clauses" in words and "Some " in words

    def test_comments_are_the_clusters_and_not_the_officers(self, made) -> None:
        headship = a_new_head(made)
        address = reverse("new_head", args=[made.cluster.pk, headship.pk])
        sent = {"answer": "reopen", "text": "Who banks the money?"}
        client_of(made.head).post(address, sent)
        listed = reverse("cluster_decisions", args=[made.cluster.pk])
        assert "Who banks the money?" in words_of(client_of(made.heads[4]).get(listed))
        seen = words_of(client_of(made.officer).get(listed))
        assert "Who banks the money?" not in seen and "Answered" in seen

    def test_nobody_else_answers_for_her(self, made) -> None:
        address = reverse("new_head", args=[made.cluster.pk, a_new_head(made).pk])
        for other in (
            made.heads[3],
            made.officer,
            a_person("Else", "headteacher", school=made.schools[7]),
        ):
            assert client_of(other).get(address).status_code == 403
