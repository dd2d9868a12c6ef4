"""Proposals, votes and results: promises of the services."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.db.models import Model
from django.utils import translation

from clusterwork.accounts.models import Role
from clusterwork.audit.models import Entry
from clusterwork.clusters.letters import deciding as letters
from clusterwork.clusters.models import Decision, Membership, Part, Vote
from clusterwork.clusters.permissions.deciding import decision_for
from clusterwork.clusters.services import proposing, voting
from clusterwork.clusters.services.amending import AmendedAlready
from clusterwork.clusters.services.counting import PupilsNotKnown
from clusterwork.clusters.services.deciding import (
    NotDecidedYet,
    VotesStillComing,
    share_decision,
    withdraw_decision,
)
from clusterwork.clusters.services.memberships import PartFacts, leave, take_part
from clusterwork.clusters.services.noting import TooLong
from clusterwork.clusters.tests.made_clusters import row_of
from clusterwork.clusters.tests.made_decisions import TODAY, VOTE_BY, Deciding, day
from clusterwork.kernel.errors import NotAllowed, NotThere
from clusterwork.kernel.states import MoveNotAllowed
from clusterwork.notify.letters import written
from clusterwork.notify.models import Letter
from clusterwork.registry.models import Census

pytestmark = pytest.mark.django_db
NOW = dt.datetime(2026, 11, 30, 12, tzinfo=dt.UTC)
AFTER = VOTE_BY + dt.timedelta(days=1)


@pytest.fixture
def made() -> Deciding:
    return Deciding()


class TestProposing:
    def test_asks_every_head_once_with_the_last_day_for_votes(self, made) -> None:
        decision = made.propose()
        sent = Letter.objects.filter(template=letters.ASKED_TO_VOTE_BY)
        assert {each.address for each in sent} == {head.email for head in made.heads}
        assert f"/decisions/{decision.pk}" in sent[0].context["link"]
        subject, text = written(sent[0].template, sent[0].context)
        assert subject == "Your school has a vote: A joint reading week"
        assert "Vote by: 28 November 2026" in text

    def test_is_for_a_school_that_one_heads_only(self, made) -> None:
        with pytest.raises(proposing.NotYourSchool):
            made.propose(school=made.six[1])

    def test_the_coordinator_proposes_for_no_school(self, made) -> None:
        assert made.propose(person=made.coordinator, school=None).proposed_school is None
        with pytest.raises(proposing.NotYourSchool):
            made.propose(school=None)

    @pytest.mark.parametrize("who", ["officer", "adviser"])
    def test_is_the_clusters_own_and_not_its_organisations(self, made, who) -> None:
        with pytest.raises(NotAllowed):
            made.propose(person=getattr(made, who), school=None)

    @pytest.mark.parametrize(
        ("told", "problem"),
        [
            ({"title": " "}, proposing.NothingProposed),
            ({"text": ""}, proposing.NothingProposed),
            ({"text": "x" * 20_001}, TooLong),
            ({"vote_by": day(-1)}, proposing.VoteEndsInThePast),
        ],
    )
    def test_says_what_is_wrong_and_keeps_nothing(self, made, told, problem) -> None:
        with pytest.raises(problem):
            made.propose(**told)
        assert not Decision.objects.exists()

    def test_a_vote_may_end_today(self, made) -> None:
        assert made.propose(vote_by=TODAY).vote_by == TODAY


class TestVoting:
    def test_a_school_changes_its_vote_until_it_is_decided(self, made) -> None:
        decision = made.propose()
        made.say(decision, 1, "object")
        made.say(decision, 1, "agree")
        assert decision.votes.get().answer == "agree"
        made.close(decision)
        with pytest.raises(voting.VotingIsOver):
            made.say(decision, 1, "object")

    def test_an_objection_needs_its_reason(self, made) -> None:
        with pytest.raises(voting.ObjectionWithoutReason):
            made.say(made.propose(), 1, "object", reason=" ")

    def test_counts_on_the_last_day_and_not_on_the_next(self, made) -> None:
        decision = made.propose()
        made.say(decision, 1, day=VOTE_BY)
        with pytest.raises(voting.VotingIsOver) as refused:
            made.say(decision, 2, day=AFTER)
        assert str(refused.value) == (
            "The last day for votes is over. It was: 2026-11-28. "
            "Ask whoever proposed it for an amended proposal."
        )

    def test_somebody_who_no_longer_heads_the_school_is_told_who_can(self, made) -> None:
        decision = made.propose()
        Role.objects.filter(person=made.heads[1]).update(end_on=TODAY)
        with pytest.raises(NotAllowed) as refused:
            made.say(decision, 1)
        assert "You do not head it today" in str(refused.value)
        assert "whoever she has named" in str(refused.value)

    def test_a_school_that_left_has_no_vote_and_its_earlier_one_is_not_counted(self, made) -> None:
        decision = made.propose()
        for number in range(4):
            made.say(decision, number)
        leave(**made.who, membership_pk=row_of(made.cluster, made.six[3]).pk, on=day(1), reason="x")
        with pytest.raises(voting.SchoolHasNoVote):
            made.say(decision, 3, "object", day=day(1))
        closed = made.close(decision)
        assert (closed.counted["agree"], closed.counted["voters"]) == (3, 5)
        assert decision.votes.count() == 4

    def test_whom_the_head_named_to_send_votes_and_whom_she_named_to_prepare_does_not(
        self, made
    ) -> None:
        decision, facts = made.propose(), {"school": made.six[1], "head": made.heads[1]}
        sends = made.delegate(**facts)
        assert made.say(decision, 1, person=sends).by_name == "Del Egate"
        sends.delegations.update(may_send=False)
        with pytest.raises(NotAllowed):
            made.say(decision, 1, person=sends)

    def test_an_associate_votes_except_on_money(self, made) -> None:
        facts = PartFacts(Part.ASSOCIATE)
        row = Membership.objects.get(pk=row_of(made.cluster, made.six[5]).pk)
        take_part(**made.who, membership_pk=row.pk, facts=facts, on=TODAY)
        made.say(made.propose(), 5)
        with pytest.raises(voting.SchoolHasNoVote):
            made.say(made.propose(about=Decision.About.MONEY), 5)

    def test_the_database_keeps_one_vote_a_school(self, made) -> None:
        said = made.say(made.propose(), 1)
        with pytest.raises(IntegrityError), transaction.atomic():
            Vote.objects.create(
                decision=said.decision, school=said.school, answer="agree", by=None, by_name="x"
            )


class TestClosing:
    def test_tells_every_head_the_count_in_her_language(self, made) -> None:
        made.heads[2].language = "cy"
        made.heads[2].save()
        decision = made.said("aaaaoo")
        assert decision.state == Decision.State.AGREED
        assert decision.counted["reason"] == "majority"
        sent = Letter.objects.filter(template=letters.AGREED)
        assert sent.count() == 6
        letter = sent.get(address=made.heads[2].email)
        with translation.override("en"):
            _subject, text = written(letter.template, letter.context)
        assert "Agreed: 4\nAbstained: 0\nObjected: 2" in text
        assert letter.context["link"].startswith("https://example.org/cy/")

    def test_waits_for_the_last_day_or_for_every_school(self, made) -> None:
        decision = made.propose()
        for number in range(5):
            made.say(decision, number)
        with pytest.raises(VotesStillComing) as refused:
            made.close(decision, TODAY)
        assert "Schools that have not voted: 1." in str(refused.value)
        made.say(decision, 5, "object")
        assert made.close(decision, TODAY).state == Decision.State.AGREED

    def test_any_head_may_close_what_is_over(self, made) -> None:
        decision = made.propose()
        assert made.close(decision, person=made.heads[4]).state == Decision.State.NOT_AGREED

    def test_without_a_last_day_who_leads_or_proposed_closes(self, made) -> None:
        decision = made.propose(vote_by=None)
        with pytest.raises(NotAllowed):
            made.close(decision, TODAY, person=made.heads[4])
        assert made.close(decision, TODAY, person=made.heads[0]).decided_on == TODAY

    def test_happens_once(self, made) -> None:
        decision = made.said("aaaaaa")
        with pytest.raises(MoveNotAllowed):
            made.close(decision)
        assert Letter.objects.filter(template=letters.AGREED).count() == 6

    def test_keeps_the_rule_by_which_it_was_counted(self, made) -> None:
        rule = made.rule(way="consensus", quorum_share=0.0)
        decision = made.said("aaaaao")
        rule.way = "school"
        rule.save()
        decision.refresh_from_db()
        assert (decision.rule["way"], decision.counted["reason"]) == ("consensus", "objected")

    def test_the_chairs_school_breaks_a_tie_where_the_rule_says_so(self, made) -> None:
        made.chair(made.six[1])
        made.rule(casting=True)
        decision = made.said("aaaooo")
        assert (decision.state, decision.counted["reason"]) == ("agreed", "cast_for")
        assert decision.chair_school == made.six[1]

    def test_by_pupils_says_which_schools_pupils_are_missing(self, made) -> None:
        made.rule(way="pupils")
        Census.objects.filter(school=made.six[2]).delete()
        decision = made.propose()
        made.say(decision, 0)
        with pytest.raises(PupilsNotKnown) as refused:
            made.close(decision)
        assert str(made.six[2]) in str(refused.value)
        decision.refresh_from_db()
        assert decision.state == Decision.State.OPEN


class TestAmending:
    def test_a_refused_proposal_is_replaced_by_its_amendment(self, made) -> None:
        first = made.said("aaooo-")
        second = made.propose(title="A reading day", amends_pk=first.pk)
        first.refresh_from_db()
        assert (first.state, second.amends) == (Decision.State.AMENDED, first)
        assert first.votes.filter(answer="object", reason="It costs too much.").count() == 3

    def test_an_agreed_decision_stays_in_force_until_the_amendment_is_agreed(self, made) -> None:
        first = made.said("aaaaaa")
        refused = made.said("oooooo", amends_pk=first.pk)
        first.refresh_from_db()
        assert first.state == Decision.State.AGREED
        made.said("aaaaaa", amends_pk=refused.pk)
        first.refresh_from_db()
        assert first.state == Decision.State.AMENDED

    def test_one_amendment_at_a_time(self, made) -> None:
        first = made.propose()
        made.propose(amends_pk=first.pk)
        with pytest.raises(AmendedAlready):
            made.propose(amends_pk=first.pk)

    def test_a_withdrawn_amendment_makes_room_for_another(self, made) -> None:
        first = made.said("aaaaaa")
        second = made.propose(amends_pk=first.pk)
        withdraw_decision(person=made.heads[0], day=TODAY, pk=second.pk)
        assert made.propose(amends_pk=first.pk).amends == first

    def test_the_database_keeps_two_open_amendments_apart(self, made) -> None:
        first = made.propose()
        second = made.propose(amends_pk=first.pk)
        with pytest.raises(IntegrityError, match="decision_amended_once_at_a_time"):
            second.pk = None
            second.save(force_insert=True)


class TestSharing:
    def test_the_organisation_sees_nothing_until_it_is_shared(self, made) -> None:
        decision = made.said("aaaaao")
        for outsider in (made.officer, made.adviser):
            with pytest.raises(NotAllowed):
                decision_for(outsider, decision.pk, TODAY)
        share_decision(person=made.coordinator, day=TODAY, now=NOW, pk=decision.pk)
        assert decision_for(made.officer, decision.pk, TODAY) == decision

    def test_an_open_proposal_is_not_shared(self, made) -> None:
        decision = made.propose()
        with pytest.raises(NotDecidedYet):
            share_decision(person=made.heads[0], day=TODAY, now=NOW, pk=decision.pk)

    def test_the_record_of_votes_is_not_in_the_clusters_open_history(self, made) -> None:
        made.said("aaaaao")
        about = Entry.objects.filter(verb__startswith="decision.")
        assert set(about.values_list("subject_kind", flat=True)) == {"clusters.decision"}

    def test_somebody_elses_proposal_is_not_withdrawn(self, made) -> None:
        decision = made.propose()
        with pytest.raises(NotAllowed):
            withdraw_decision(person=made.heads[3], day=TODAY, pk=decision.pk)
        with pytest.raises(NotThere):
            withdraw_decision(person=made.heads[3], day=TODAY, pk=decision.pk + 99)


def test_nothing_is_decided_on_no_day(made) -> None:
    """The database refuses a decision taken without its day."""
    facts: dict[str, Any] = {"cluster": made.cluster, "title": "x", "text": "y"}
    model: type[Model] = Decision
    with pytest.raises(IntegrityError, match="decision_taken_on_a_day"):
        model._default_manager.create(**facts, state="agreed", proposed_name="z", proposed_on=TODAY)
