"""Choosing together: proposing, ranking, voting, and what stands ready for the plan."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, transaction

from clusterwork.clusters.models import Decision, Membership
from clusterwork.clusters.services.deciding import VotesStillComing
from clusterwork.kernel.errors import NotAllowed, NotThere
from clusterwork.kernel.states import MoveNotAllowed, state_after
from clusterwork.notify.models import Letter
from clusterwork.plans.letters import needs as letters
from clusterwork.plans.models import Choosing, Ranking, Reuse
from clusterwork.plans.permissions.choosing import choosing_for
from clusterwork.plans.selectors.choosing import (
    ballots_in,
    chosen_candidates,
    not_yet_ranked,
    ranking_seen,
)
from clusterwork.plans.services.choosing import (
    BeforeTheVote,
    ChoosingAlready,
    NothingToRank,
    PlanEndsTooSoon,
    RankingEndsInThePast,
    abandon_choosing,
    propose_more,
    start_choosing,
)
from clusterwork.plans.services.choosing_checks import (
    NotInTheCluster,
    NoTitle,
    PriorityFacts,
    ProposedAlready,
    ServesNobody,
)
from clusterwork.plans.services.choosing_deciding import (
    NothingPut,
    NotPutYet,
    put_to_vote,
    settle_choosing,
)
from clusterwork.plans.services.choosing_proposals import (
    NobodysProposal,
    NotProposingNow,
    change_priority,
    propose_from_need,
    propose_priority,
    withdraw_priority,
)
from clusterwork.plans.services.choosing_ranking import (
    NoSuchPlace,
    NotAMember,
    NothingRanked,
    NotRankingNow,
    RankedMeanwhile,
    SamePlaceTwice,
)
from clusterwork.plans.states import needs as states
from clusterwork.plans.tests.made_needs import (
    END,
    NOW,
    START,
    TODAY,
    Needing,
    day,
    link_for,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def six() -> Needing:
    return Needing()


def leave(six: Needing, number: int) -> None:
    """The school has left as of today."""
    Membership.objects.filter(cluster=six.cluster, school=six.six[number]).update(end_on=TODAY)


def put(six: Needing, choosing: Choosing, *these, **told) -> Choosing:
    who = {"person": six.coordinator, "day": TODAY, "link_for": link_for}
    pks = [each.pk for each in these]
    return put_to_vote(pk=choosing.pk, candidates=pks, **{**who, "title": "Our priorities", **told})


def settle(six: Needing, choosing: Choosing, **told) -> Choosing:
    who = {"person": six.coordinator, "day": TODAY, "link_for": link_for}
    return settle_choosing(pk=choosing.pk, **{**who, **told})


class TestTheMoves:
    def test_are_those_of_the_table_and_no_others(self):
        listed = {(move.verb, move.source) for move in states.CHOOSING_MOVES}
        for verb in {move.verb for move in states.CHOOSING_MOVES}:
            for state in states.CHOOSING_NAMES:
                if (verb, state) not in listed:
                    with pytest.raises(MoveNotAllowed):
                        state_after(verb, state, states.CHOOSING_MOVES, states.CHOOSING_NAMES)


class TestStarting:
    def test_is_for_whoever_leads(self, six):
        who = {"day": TODAY, "cluster_pk": six.cluster.pk, "start_on": START, "end_on": END}
        for person in (six.heads[0], six.officer, six.adviser):
            with pytest.raises(NotAllowed):
                start_choosing(person=person, **who)
        assert start_choosing(person=six.coordinator, **who).state == "proposing"

    def test_is_for_any_head_where_nobody_leads(self, six):
        six.cluster.appointments.all().delete()
        who = {"day": TODAY, "cluster_pk": six.cluster.pk, "start_on": START, "end_on": END}
        assert start_choosing(person=six.heads[0], **who)

    def test_twice_is_refused_in_words_and_by_the_database(self, six):
        six.choose()
        with pytest.raises(ChoosingAlready):
            six.choose()
        with pytest.raises(IntegrityError), transaction.atomic():
            Choosing.objects.create(cluster=six.cluster, for_start_on=START, for_end_on=END)

    def test_for_a_plan_that_is_over_is_refused(self, six):
        who = {"person": six.coordinator, "day": TODAY, "cluster_pk": six.cluster.pk}
        with pytest.raises(PlanEndsTooSoon):
            start_choosing(**who, start_on=START, end_on=START)
        with pytest.raises(PlanEndsTooSoon):
            start_choosing(**who, start_on=day(-300), end_on=day(-10))


class TestProposing:
    def test_is_for_every_school(self, six):
        choosing = six.choose()
        made = six.put_forward(choosing, 3, "Welsh in the playground", 3, 4)
        assert made.school == six.six[3]
        assert set(made.serves.all()) == {six.six[3], six.six[4]}

    def test_without_a_school_is_for_whoever_leads(self, six):
        choosing = six.choose()
        facts = PriorityFacts("Attendance", serves=(six.six[0].pk,))
        who = {"day": TODAY, "pk": choosing.pk, "school_pk": None, "facts": facts}
        with pytest.raises(NobodysProposal):
            propose_priority(person=six.heads[0], **who)
        assert propose_priority(person=six.coordinator, **who).school is None

    def test_for_a_school_of_somebody_else_is_refused(self, six):
        choosing = six.choose()
        facts = PriorityFacts("Attendance", serves=(six.six[0].pk,))
        who = {"day": TODAY, "pk": choosing.pk, "school_pk": six.six[1].pk, "facts": facts}
        with pytest.raises(NotAllowed):
            propose_priority(person=six.heads[0], **who)

    def test_straight_from_its_own_needs_takes_the_words_along(self, six):
        line = six.write(0, "Boys’ writing\nespecially in Year 4", area="literacy")
        six.write(1, "Spelling", area="literacy")
        six.write(2, "Times tables", area="numeracy")
        for number in range(3):
            six.send(number)
        choosing = six.choose()
        who = {"person": six.heads[0], "day": TODAY, "pk": choosing.pk}
        made = propose_from_need(**who, school_pk=six.six[0].pk, need_pk=line.pk)
        assert (made.title, made.area, made.need) == ("Boys’ writing", "literacy", line)
        assert made.text == line.text
        assert set(made.serves.all()) == {six.six[0], six.six[1]}
        assert Reuse.objects.filter(cluster=six.cluster).count() == 4
        with pytest.raises(ProposedAlready):
            propose_from_need(**who, school_pk=six.six[0].pk, need_pk=line.pk)

    def test_from_a_draft_or_anothers_needs_is_refused(self, six):
        draft = six.write(0, "Boys’ writing")
        theirs = six.write(1, "Spelling")
        six.send(1)
        choosing = six.choose()
        who = {"person": six.heads[0], "day": TODAY, "pk": choosing.pk}
        for line in (draft, theirs):
            with pytest.raises(NotThere):
                propose_from_need(**who, school_pk=six.six[0].pk, need_pk=line.pk)

    def test_says_what_and_for_whom_once(self, six):
        choosing = six.choose()
        six.put_forward(choosing, 0, "Attendance")
        with pytest.raises(ProposedAlready):
            six.put_forward(choosing, 1, "ATTENDANCE")
        with pytest.raises(NoTitle):
            six.put_forward(choosing, 1, "  ")
        who = {"person": six.heads[1], "day": TODAY, "pk": choosing.pk}
        with pytest.raises(ServesNobody):
            propose_priority(**who, school_pk=six.six[1].pk, facts=PriorityFacts("Welsh"))

    def test_for_a_school_that_has_left_is_refused(self, six):
        choosing = six.choose()
        leave(six, 5)
        with pytest.raises(NotInTheCluster):
            six.put_forward(choosing, 0, "Attendance", 0, 5)
        with pytest.raises(NotInTheCluster):
            six.put_forward(choosing, 5, "Attendance", 0)

    def test_is_changed_and_withdrawn_by_its_school_and_the_coordinator(self, six):
        choosing = six.choose()
        made = six.put_forward(choosing, 0, "Attendance")
        facts = PriorityFacts("Attendance on Fridays", serves=(six.six[1].pk,))
        with pytest.raises(NotAllowed):
            change_priority(person=six.heads[1], day=TODAY, pk=made.pk, facts=facts)
        change_priority(person=six.heads[0], day=TODAY, pk=made.pk, facts=facts)
        made.refresh_from_db()
        assert made.title == "Attendance on Fridays"
        withdraw_priority(person=six.coordinator, day=TODAY, now=NOW, pk=made.pk)
        with pytest.raises(NotThere):
            change_priority(person=six.heads[0], day=TODAY, pk=made.pk, facts=facts)

    def test_ends_when_the_schools_rank_and_can_begin_again(self, six):
        choosing, _made = six.asked("Reading", "Welsh")
        with pytest.raises(NotProposingNow):
            six.put_forward(choosing, 4, "Attendance")
        propose_more(person=six.coordinator, day=TODAY, pk=choosing.pk)
        assert six.put_forward(choosing, 4, "Attendance")

    def test_is_private_to_the_cluster(self, six):
        choosing = six.choose()
        for person in (six.officer, six.adviser):
            with pytest.raises(NotAllowed):
                choosing_for(person, choosing.pk, TODAY)


class TestAskingToRank:
    def test_needs_two_proposals_and_a_day_to_come(self, six):
        choosing = six.choose()
        six.put_forward(choosing, 0, "Reading")
        with pytest.raises(NothingToRank):
            six.ask(choosing)
        six.put_forward(choosing, 1, "Welsh")
        with pytest.raises(RankingEndsInThePast):
            six.ask(choosing, rank_by=day(-1))
        six.ask(choosing)
        assert Letter.objects.filter(template=letters.TO_RANK).count() == 6


class TestRanking:
    def test_may_be_partial_or_a_comment_only(self, six):
        choosing, (reading, welsh, _other) = six.asked("Reading", "Welsh", "Attendance")
        six.rank(choosing, 0, welsh, reading)
        six.rank(choosing, 1, comments={reading.pk: "Not for us alone."})
        assert ballots_in(choosing, TODAY) == {six.six[0].pk: {welsh.pk: 1, reading.pk: 2}}
        assert set(not_yet_ranked(choosing, TODAY)) == set(six.six[2:])

    def test_again_takes_the_place_of_what_was_said(self, six):
        choosing, (reading, welsh) = six.asked("Reading", "Welsh")
        six.rank(choosing, 0, reading, welsh)
        six.rank(choosing, 0, welsh)
        assert ballots_in(choosing, TODAY) == {six.six[0].pk: {welsh.pk: 1}}

    def test_names_the_two_with_one_place(self, six):
        choosing, (reading, welsh) = six.asked("Reading", "Welsh")
        with pytest.raises(SamePlaceTwice, match="Reading; Welsh"):
            six.rank(choosing, 0, places={reading.pk: 1, welsh.pk: 1})
        assert not Ranking.objects.exists()

    @pytest.mark.parametrize("place", [0, 3, 99])
    def test_goes_from_one_to_the_last(self, six, place):
        choosing, (reading, _welsh) = six.asked("Reading", "Welsh")
        with pytest.raises(NoSuchPlace, match="from 1 to 2"):
            six.rank(choosing, 0, places={reading.pk: place})

    def test_of_nothing_is_refused(self, six):
        choosing, _made = six.asked("Reading", "Welsh")
        with pytest.raises(NothingRanked):
            six.rank(choosing, 0)

    def test_by_two_of_one_school_at_once_keeps_the_first_and_says_so(self, six):
        choosing, (reading, welsh) = six.asked("Reading", "Welsh")
        seen = ranking_seen(choosing, six.six[0])
        six.rank(choosing, 0, reading, welsh, seen=seen)
        with pytest.raises(RankedMeanwhile):
            six.rank(choosing, 0, welsh, reading, seen=seen)
        assert ballots_in(choosing, TODAY)[six.six[0].pk][reading.pk] == 1

    def test_of_what_was_changed_meanwhile_is_refused(self, six):
        choosing, (reading, welsh) = six.asked("Reading", "Welsh")
        seen = ranking_seen(choosing, six.six[0])
        propose_more(person=six.coordinator, day=TODAY, pk=choosing.pk)
        six.put_forward(choosing, 2, "Attendance")
        six.ask(choosing)
        with pytest.raises(RankedMeanwhile):
            six.rank(choosing, 0, reading, welsh, seen=seen)

    def test_for_a_school_that_has_left_is_refused_and_no_longer_counted(self, six):
        choosing, (reading, welsh) = six.asked("Reading", "Welsh")
        six.rank(choosing, 5, reading, welsh)
        leave(six, 5)
        with pytest.raises(NotAMember):
            six.rank(choosing, 5, welsh, reading)
        assert ballots_in(choosing, TODAY) == {}
        assert Ranking.objects.count() == 2  # kept, not counted

    def test_before_or_after_its_time_is_refused(self, six):
        choosing = six.choose()
        reading = six.put_forward(choosing, 0, "Reading")
        with pytest.raises(NotRankingNow):
            six.rank(choosing, 0, reading)
        six.put_forward(choosing, 1, "Welsh")
        six.ask(choosing)
        with pytest.raises(NotRankingNow, match="last day"):
            six.rank(choosing, 0, reading, day=day(11))

    def test_for_another_school_is_refused(self, six):
        choosing, (reading, _welsh) = six.asked("Reading", "Welsh")
        with pytest.raises(NotAllowed):
            six.rank(choosing, 0, reading, person=six.heads[1])

    def test_once_a_school_holds_in_the_database(self, six):
        choosing, (reading, _welsh) = six.asked("Reading", "Welsh")
        six.rank(choosing, 0, reading)
        with pytest.raises(IntegrityError), transaction.atomic():
            Ranking.objects.create(candidate=reading, school=six.six[0], place=2)


class TestDeciding:
    def test_chooses_in_the_order_put_and_hands_it_to_the_plan(self, six):
        choosing, (reading, welsh, other) = six.asked("Reading", "Welsh", "Attendance")
        choosing = put(six, choosing, welsh, reading, text="Both for two years.")
        assert choosing.decision.text == "1. Welsh\n2. Reading\n\nBoth for two years."
        assert choosing.decision.about == Decision.About.PRIORITIES
        assert chosen_candidates(six.cluster, START) == []
        for number in range(6):
            six.say(choosing.decision, number)
        assert settle(six, choosing).state == "decided"
        assert chosen_candidates(six.cluster, START) == [welsh, reading]
        other.refresh_from_db()
        assert not other.chosen

    def test_counts_a_vote_that_was_closed_elsewhere(self, six):
        choosing, (reading, _welsh) = six.asked("Reading", "Welsh")
        choosing = put(six, choosing, reading)
        for number in range(6):
            six.say(choosing.decision, number)
        six.close(choosing.decision, on=TODAY)
        assert chosen_candidates(six.cluster, START) == [reading]
        assert settle(six, choosing).state == "decided"
        assert chosen_candidates(six.cluster, START) == [reading]

    def test_goes_on_when_the_cluster_does_not_agree(self, six):
        choosing, (reading, welsh) = six.asked("Reading", "Welsh")
        choosing = put(six, choosing, reading)
        for number in range(6):
            six.say(choosing.decision, number, "object")
        assert settle(six, choosing).state == "ranking"
        assert chosen_candidates(six.cluster, START) == []
        choosing = put(six, choosing, welsh)
        for number in range(6):
            six.say(choosing.decision, number)
        settle(six, choosing)
        assert chosen_candidates(six.cluster, START) == [welsh]

    def test_holds_everything_still_while_schools_vote(self, six):
        choosing, (reading, welsh) = six.asked("Reading", "Welsh")
        put(six, choosing, reading)
        who = {"person": six.coordinator, "day": TODAY, "pk": choosing.pk}
        with pytest.raises(BeforeTheVote):
            six.rank(choosing, 0, reading)
        with pytest.raises(BeforeTheVote):
            propose_more(**who)
        with pytest.raises(BeforeTheVote):
            abandon_choosing(**who)
        with pytest.raises(BeforeTheVote):
            put(six, choosing, welsh)

    def test_waits_for_the_votes(self, six):
        choosing, (reading, _welsh) = six.asked("Reading", "Welsh")
        choosing = put(six, choosing, reading, vote_by=day(5))
        six.say(choosing.decision, 0)
        with pytest.raises(VotesStillComing):
            settle(six, choosing)

    def test_of_nothing_is_refused(self, six):
        choosing, (reading, _welsh) = six.asked("Reading", "Welsh")
        with pytest.raises(NotPutYet):
            settle(six, choosing)
        with pytest.raises(NothingPut):
            put(six, choosing)
        propose_more(person=six.coordinator, day=TODAY, pk=choosing.pk)
        withdraw_priority(person=six.heads[0], day=TODAY, now=NOW, pk=reading.pk)
        six.put_forward(choosing, 2, "Attendance")
        six.ask(choosing)
        with pytest.raises(NothingPut):
            put(six, choosing, reading)

    def test_by_a_head_who_does_not_lead_is_refused(self, six):
        choosing, (reading, _welsh) = six.asked("Reading", "Welsh")
        with pytest.raises(NotAllowed):
            put(six, choosing, reading, person=six.heads[2])

    def test_given_up_leaves_room_for_another(self, six):
        choosing = six.choose()
        abandon_choosing(person=six.coordinator, day=TODAY, pk=choosing.pk)
        assert six.choose().pk != choosing.pk
