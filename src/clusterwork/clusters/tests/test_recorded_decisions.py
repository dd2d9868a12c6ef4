"""Decisions taken at a meeting: who was there, and for whom they may decide."""

from __future__ import annotations

import dataclasses
import datetime as dt

import pytest

from clusterwork.clusters.letters import deciding as letters
from clusterwork.clusters.models import Decision, Presence
from clusterwork.clusters.services import recording
from clusterwork.clusters.services.recording import AtMeeting, Meeting, record_decision
from clusterwork.clusters.services.voting import ObjectionWithoutReason
from clusterwork.clusters.tests.made_decisions import TODAY, VOTE_BY, Deciding, day, link_for
from clusterwork.kernel.errors import NotAllowed
from clusterwork.notify.models import Letter

pytestmark = pytest.mark.django_db
HEAD, DELEGATE, ATTENDER = Presence.By.HEAD, Presence.By.DELEGATE, Presence.By.ATTENDER
LAST_WEEK = day(-7)


@pytest.fixture
def made() -> Deciding:
    return Deciding()


def there(made: Deciding, answers: str) -> list[AtMeeting]:
    """A letter a school: a(gree), o(bject), - abstains, p(resent without a vote), s is away."""
    words = {"a": "agree", "o": "object", "-": "abstain", "p": ""}
    return [
        AtMeeting(
            school,
            ATTENDER if letter == "p" else HEAD,
            answer=words[letter],
            reason="Too soon." if letter == "o" else "",
        )
        for school, letter in zip(made.six, answers, strict=False)
        if letter != "s"
    ]


def keep(made: Deciding, answers: str = "aaaoss", who: object = None, **told: object) -> Decision:
    facts = Meeting(
        "A joint post", "One teacher of Welsh for all.", LAST_WEEK, there(made, answers)
    )
    return record_decision(
        person=who or made.coordinator,
        day=TODAY,
        cluster_pk=made.cluster.pk,
        facts=dataclasses.replace(facts, **{"school": made.six[2], **told}),
        link_for=link_for,
    )


class TestRecordingAMeeting:
    def test_keeps_who_was_there_and_what_each_said_in_one_go(self, made) -> None:
        decision = keep(made)
        assert (decision.state, decision.decided_on) == (Decision.State.AGREED, LAST_WEEK)
        assert decision.presences.count() == decision.votes.count() == 4
        assert decision.votes.get(answer="object").reason == "Too soon."
        assert decision.proposed_name == str(made.six[2])
        assert Letter.objects.filter(template=letters.AGREED).count() == 6

    def test_somebody_who_may_not_decide_makes_the_quorum_and_has_no_vote(self, made) -> None:
        decision = keep(made, "aaapss")
        assert (decision.counted["present"], decision.counted["agree"]) == (4, 3)
        assert decision.state == Decision.State.AGREED
        assert keep(made, "aaasss").counted["reason"] == "no_quorum"

    def test_her_head_votes_later_before_the_last_day(self, made) -> None:
        decision = keep(made, "aaoopp", vote_by=VOTE_BY)
        assert decision.state == Decision.State.OPEN
        sent = Letter.objects.filter(template=letters.ASKED_TO_VOTE_BY)
        assert {each.address for each in sent} == {head.email for head in made.heads[4:]}
        made.say(decision, 4)
        assert made.close(decision).counted["agree"] == 3

    def test_a_vote_of_somebody_who_may_not_decide_is_refused(self, made) -> None:
        rows = [*there(made, "aaa"), AtMeeting(made.six[3], ATTENDER, "Bo", "agree")]
        with pytest.raises(recording.MayNotDecide) as refused:
            keep(made, there=rows)
        assert "its head can vote by then" in str(refused.value)
        assert not Decision.objects.exists()

    @pytest.mark.parametrize(
        ("told", "problem"),
        [
            ({"on": day(1)}, recording.MeetingToCome),
            ({"there": ()}, recording.NobodyWasThere),
        ],
    )
    def test_says_what_is_wrong(self, made, told, problem) -> None:
        with pytest.raises(problem):
            keep(made, **told)

    def test_a_school_of_another_cluster_was_not_there(self, made) -> None:
        with pytest.raises(recording.NotAMemberThen):
            keep(made, there=[AtMeeting(made.schools[7], HEAD, answer="agree")])

    def test_an_objection_needs_its_reason_here_too(self, made) -> None:
        with pytest.raises(ObjectionWithoutReason):
            keep(made, there=[AtMeeting(made.six[0], DELEGATE, answer="object")])

    def test_is_not_for_the_clusters_officer(self, made) -> None:
        with pytest.raises(NotAllowed):
            keep(made, who=made.officer)

    def test_counts_by_the_rule_of_that_day(self, made) -> None:
        made.rule(way="consensus", end_on=TODAY)
        assert keep(made, "aaaaoo").counted["reason"] == "objected"
        assert keep(made, "aaaaoo", on=TODAY).counted["reason"] == "majority"


def test_a_meeting_before_the_cluster_is_refused(made) -> None:
    """The day lies before the cluster's first."""
    from clusterwork.clusters.services.locking import BeforeTheCluster

    with pytest.raises(BeforeTheCluster):
        keep(made, on=dt.date(2020, 1, 1))
