"""Schools form a cluster themselves, and an organisation recognises it or returns it."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import IntegrityError, transaction

from clusterwork.audit.selectors import entries_about
from clusterwork.clusters.letters.founding import ASKED, INVITED, INVITED_AGAIN
from clusterwork.clusters.models import (
    Cluster,
    Founding,
    FoundingSchool,
    Membership,
    Participation,
    Programme,
)
from clusterwork.clusters.permissions.founding import founding_for, founding_to_decide
from clusterwork.clusters.rules.founding import Stand, may_ask, stand_of
from clusterwork.clusters.selectors.clusters import standing_on, status_on
from clusterwork.clusters.selectors.foundings import (
    agreed_schools,
    overlaps_of,
    to_answer,
    waiting_at,
)
from clusterwork.clusters.services.clusters import NamedAfterASchool
from clusterwork.clusters.services.founding import (
    AnsweredAlready,
    InvitedAlready,
    NoPurpose,
    NotToBeAsked,
    NotWhileAsked,
    change_purpose,
    start_founding,
    take_back_invitation,
    withdraw_founding,
)
from clusterwork.clusters.services.founding_answers import (
    AnsweredTooLate,
    FounderStays,
    PurposeChanged,
    answer_by_link,
    invitation_by_link,
)
from clusterwork.clusters.services.opening import SchoolHasClosed
from clusterwork.clusters.services.recognition import (
    AnswersChanged,
    NoReasons,
    ProgrammeOfAnother,
    RecognisedAlready,
    TooFewAgreed,
    recognise_founding,
    return_founding,
)
from clusterwork.clusters.services.refusals import InAnotherCluster
from clusterwork.clusters.tests.made import TODAY, officer, organisation
from clusterwork.clusters.tests.made_foundings import LINKS, NOW, Region, head_of, token_to
from clusterwork.kernel.errors import NotAllowed
from clusterwork.kernel.states import MoveNotAllowed
from clusterwork.notify.models import Letter
from clusterwork.registry.models import School

pytestmark = pytest.mark.django_db

NEXT_YEAR = dt.date(2027, 9, 1)


@pytest.fixture
def region():
    return Region()


class TestBeginning:
    def test_makes_a_proposed_cluster_without_members(self, region):
        cluster = region.founding.cluster
        assert (cluster.status, cluster.organisation) == ("proposed", region.consortium)
        assert not cluster.memberships.exists()
        assert agreed_schools(region.founding) == [region.trinity]

    def again(self, region, **other):
        facts = {"working_name": "Usk", "purpose": "Moderate", "organisation": region.consortium}
        asked = {"person": region.head, "day": TODAY, "now": NOW, "school": region.trinity}
        return start_founding(**{**asked, **facts, **other})

    def test_is_the_heads_or_of_whom_she_named(self, region):
        with pytest.raises(NotAllowed):
            self.again(region, person=region.other_head)

    def test_is_named_after_a_place_not_a_school(self, region):
        with pytest.raises(NamedAfterASchool):
            self.again(region, working_name="Bryn  Derw")

    def test_needs_a_purpose(self, region):
        with pytest.raises(NoPurpose):
            self.again(region, purpose=" ")

    def test_asks_an_organisation_of_the_schools_authority(self, region):
        with pytest.raises(NotToBeAsked):
            self.again(region, organisation=organisation("Powys"))


class TestInviting:
    def test_writes_to_the_head_with_a_link(self, region):
        region.invite(region.crownbridge)
        letter = Letter.objects.get(template=INVITED)
        assert letter.person_id == region.other_head.pk
        assert letter.context["purpose"] == region.founding.purpose
        assert token_to(region.other_head)

    def test_of_a_school_without_a_head_here_writes_to_nobody(self, region):
        region.invite(region.bryn)
        assert not Letter.objects.exists()

    def test_refuses_a_closed_school(self, region):
        with pytest.raises(SchoolHasClosed, match="Mounton House"):
            region.invite(region.closed)

    def test_refuses_the_same_school_twice(self, region):
        region.invite(region.crownbridge)
        with pytest.raises(InvitedAlready):
            region.invite(region.crownbridge)
        with pytest.raises(InvitedAlready):
            region.invite(region.trinity)

    def test_once_in_the_database_too(self, region):
        row = {"founding": region.founding, "school": region.trinity}
        with pytest.raises(IntegrityError, match="founding_school_once"), transaction.atomic():
            FoundingSchool.objects.create(**row)

    def test_is_for_the_school_that_began(self, region):
        region.gather()
        with pytest.raises(NotAllowed):
            region.invite(region.bryn, person=region.other_head)

    def test_is_taken_back_until_it_is_answered(self, region):
        region.gather()
        region.invite(region.bryn)
        asked = {"person": region.head, "day": TODAY, "pk": region.founding.pk}
        take_back_invitation(**asked, school_pk=region.bryn.pk)
        assert not region.founding.schools.filter(school=region.bryn).exists()
        with pytest.raises(AnsweredAlready):
            take_back_invitation(**asked, school_pk=region.crownbridge.pk)

    def test_of_a_setting_without_a_number_is_like_any_other(self, region):
        setting = School.objects.create(
            name="The portfolio",
            authority=region.bryn.authority,
            phase="referral_unit",
            by_hand=True,
        )
        head = head_of(setting, "Rhodri")
        region.invite(setting)
        region.answer(setting, head)
        assert set(agreed_schools(region.founding)) == {region.trinity, setting}


class TestAnswering:
    def test_joins_by_signing_in(self, region):
        region.gather()
        assert set(agreed_schools(region.founding)) == {region.trinity, region.crownbridge}

    def test_joins_by_the_link_once(self, region):
        region.invite(region.crownbridge)
        token = token_to(region.other_head)
        _link, row = invitation_by_link(token, now=NOW)
        assert row.school == region.crownbridge
        answer_by_link(token=token, now=NOW, reply="joins", seen=1)
        assert region.crownbridge in agreed_schools(region.founding)
        with pytest.raises(Exception, match="no longer works"):
            answer_by_link(token=token, now=NOW, reply="declines", seen=1)

    def test_by_the_link_of_somebody_who_heads_another_school_now_is_refused(self, region):
        region.invite(region.crownbridge)
        region.other_head.roles.update(school=region.bryn)
        with pytest.raises(NotAllowed):
            answer_by_link(token=token_to(region.other_head), now=NOW, reply="joins", seen=1)

    def test_by_a_link_whose_invitation_was_taken_back_leads_nowhere(self, region):
        region.invite(region.crownbridge)
        token = token_to(region.other_head)
        FoundingSchool.objects.filter(school=region.crownbridge).delete()
        with pytest.raises(Exception, match="no longer works"):
            invitation_by_link(token, now=NOW)

    def test_may_change_its_mind(self, region):
        region.gather()
        region.answer(region.crownbridge, region.other_head, "declines", note="Not this year.")
        assert agreed_schools(region.founding) == [region.trinity]

    def test_is_not_for_somebody_else(self, region):
        region.invite(region.crownbridge)
        with pytest.raises(NotAllowed):
            region.answer(region.crownbridge, region.head)

    def test_of_the_founder_is_to_take_all_back(self, region):
        with pytest.raises(FounderStays):
            region.answer(region.trinity, region.head, "declines")

    def test_to_words_that_have_changed_is_refused(self, region):
        region.invite(region.crownbridge)
        with pytest.raises(PurposeChanged):
            region.answer(region.crownbridge, region.other_head, seen=2)

    def test_after_it_is_over_is_refused(self, region):
        region.gather()
        withdraw_founding(person=region.head, day=TODAY, pk=region.founding.pk)
        with pytest.raises(AnsweredTooLate):
            region.answer(region.crownbridge, region.other_head)


class TestAnotherWording:
    def test_asks_those_who_had_joined_again(self, region):
        region.gather()
        changed = change_purpose(**region.asked, purpose="Moderate.", links=LINKS)
        assert agreed_schools(changed) == [region.trinity]
        assert Letter.objects.filter(template=INVITED_AGAIN).count() == 1
        schools = School.objects.filter(pk=region.crownbridge.pk)
        assert to_answer(schools).count() == 1
        region.answer(region.crownbridge, region.other_head, seen=2)
        assert not to_answer(schools).exists()

    def test_of_the_same_words_changes_nothing(self, region):
        same = change_purpose(**region.asked, purpose=region.founding.purpose, links=LINKS)
        assert same.purpose_number == 1

    @pytest.mark.parametrize(
        ("reply", "number", "stand"),
        [
            ("", None, Stand.WAITING),
            ("joins", 2, Stand.AGREED),
            ("joins", 1, Stand.ASKED_AGAIN),
            ("declines", None, Stand.DECLINED),
        ],
    )
    def test_decides_how_a_school_stands(self, reply, number, stand):
        assert stand_of(reply, number, 2) is stand

    def test_two_schools_are_enough(self):
        assert [may_ask(n) for n in (0, 1, 2)] == [False, False, True]


class TestAsking:
    def test_with_nobody_agreed_is_refused(self, region):
        region.invite(region.crownbridge)
        with pytest.raises(TooFewAgreed, match="Agreed: 1"):
            region.ask()

    def test_writes_to_the_officers(self, region):
        region.gather()
        region.ask()
        assert Letter.objects.get(template=ASKED).person_id == region.officer.pk
        assert list(waiting_at([region.consortium])) == [region.founding]

    def test_is_done_once(self, region):
        region.gather()
        region.ask()
        with pytest.raises(MoveNotAllowed):
            region.ask()

    def test_holds_still_what_was_sent(self, region):
        region.gather()
        region.ask()
        with pytest.raises(NotWhileAsked):
            region.invite(region.bryn)
        with pytest.raises(NotWhileAsked):
            change_purpose(**region.asked, purpose="Else", links=LINKS)


class TestReturning:
    def test_says_why_and_lets_them_ask_again(self, region):
        region.gather()
        region.ask()
        return_founding(**region.decide(), because="Say how pupils gain.")
        change_purpose(**region.asked, purpose="So that pupils gain.", links=LINKS)
        region.answer(region.crownbridge, region.other_head, seen=2)
        assert region.ask().because == "Say how pupils gain."

    def test_needs_reasons(self, region):
        region.gather()
        region.ask()
        with pytest.raises(NoReasons):
            return_founding(**region.decide(), because=" ")
        assert Founding.objects.get().state == "asked"


def seen(region):
    return [each.pk for each in agreed_schools(region.founding)]


class TestRecognising:
    @pytest.fixture
    def ready(self, region):
        region.gather()
        region.ask()
        return region

    def recognise(self, region, **other):
        asked = {**region.decide(), "from_day": TODAY, "seen": seen(region), **other}
        return recognise_founding(**asked)

    def test_makes_members_of_those_who_agreed(self, ready):
        ready_before = Membership.objects.count()
        cluster = self.recognise(ready)
        assert ready_before == 0
        assert set(cluster.memberships.values_list("school__name", "start_on")) == {
            ("Trinity Fields School", TODAY),
            ("Crownbridge Special School", TODAY),
        }
        assert cluster.status == status_on(cluster, TODAY) == "recognised"

    def test_describes_it_as_bottom_up_with_its_own_purpose(self, ready):
        standing = standing_on(self.recognise(ready), TODAY)
        assert (standing.initiation, standing.origin) == ("bottom_up", "voluntary")
        assert standing.purpose_in_words == ready.founding.purpose

    def test_from_a_later_day_holds_from_then(self, ready):
        cluster = self.recognise(ready, from_day=NEXT_YEAR)
        assert status_on(cluster, TODAY) == "proposed"
        assert status_on(cluster, NEXT_YEAR) == "recognised"

    def test_twice_is_refused_and_says_by_whom(self, ready):
        self.recognise(ready)
        with pytest.raises(RecognisedAlready, match="Olwen"):
            self.recognise(ready)
        assert Membership.objects.count() == 2

    def test_sees_who_agreed(self, ready):
        with pytest.raises(AnswersChanged):
            self.recognise(ready, seen=[ready.trinity.pk, ready.bryn.pk])

    def test_refuses_when_too_few_are_left(self, ready):
        ready.answer(ready.crownbridge, ready.other_head, "declines")
        with pytest.raises(TooFewAgreed):
            self.recognise(ready)

    def test_refuses_a_school_that_has_closed_meanwhile(self, ready):
        School.objects.filter(pk=ready.crownbridge.pk).update(status="closed", closed_on=TODAY)
        with pytest.raises(SchoolHasClosed, match="Crownbridge"):
            self.recognise(ready)

    def test_is_not_for_an_officer_elsewhere(self, ready):
        eve = officer(organisation("Powys"), "Eve")
        with pytest.raises(NotAllowed):
            self.recognise(ready, person=eve)
        with pytest.raises(NotAllowed):
            founding_to_decide(ready.head, ready.founding.pk, TODAY)

    def test_is_recorded_at_the_cluster(self, ready):
        cluster = self.recognise(ready)
        verbs = [entry.verb for entry in entries_about(cluster)]
        assert verbs[0] == "founding.recognise"
        assert "founding.answer" in verbs


class TestOverlaps:
    @pytest.fixture
    def ready(self, region):
        """Crownbridge stands in its local cluster too, which takes part in a programme."""
        region.gather()
        region.ask()
        self.local = Cluster.objects.create(
            organisation=region.consortium, working_name="Torfaen", start_on=dt.date(2020, 9, 1)
        )
        Membership.objects.create(
            cluster=self.local, school=region.crownbridge, start_on=dt.date(2020, 9, 1)
        )
        self.programme = Programme.objects.create(
            organisation=region.consortium, name="Clusters", starts_on=dt.date(2020, 9, 1)
        )
        Participation.objects.create(
            cluster=self.local, programme=self.programme, start_on=dt.date(2020, 9, 1)
        )
        return region

    def recognise(self, region):
        asked = {**region.decide(), "from_day": TODAY, "seen": seen(region)}
        return recognise_founding(**asked, programme=self.programme)

    def test_are_shown_with_their_programmes(self, ready):
        (overlap,) = overlaps_of(seen(ready), ready.founding, TODAY)
        assert (overlap.school_id, overlap.cluster) == (ready.crownbridge.pk, self.local)
        assert overlap.programmes == (self.programme,)

    def test_are_not_forbidden(self, ready):
        cluster = self.recognise(ready)
        assert cluster.participations.get().programme == self.programme

    def test_are_refused_by_name_where_the_programme_says_so(self, ready):
        self.programme.one_cluster_a_school = True
        self.programme.save()
        with pytest.raises(InAnotherCluster, match="Crownbridge Special School: Torfaen"):
            self.recognise(ready)
        assert Founding.objects.get().state == "asked"
        assert not ready.founding.cluster.memberships.exists()

    def test_of_a_programme_of_somebody_else_is_refused(self, ready):
        Programme.objects.update(organisation=organisation("Powys"))
        self.programme.refresh_from_db()
        with pytest.raises(ProgrammeOfAnother):
            self.recognise(ready)


class TestTakingBack:
    def test_closes_the_proposed_cluster_for_good(self, region):
        region.gather()
        withdraw_founding(person=region.head, day=TODAY, pk=region.founding.pk)
        cluster = Cluster.objects.get(pk=region.founding.cluster_id)
        assert cluster.status == "closed"
        with pytest.raises(MoveNotAllowed):
            withdraw_founding(person=region.head, day=TODAY, pk=region.founding.pk)


class TestWhoSees:
    def test_schools_that_join_and_officers_see_it(self, region):
        region.gather()
        for person in (region.head, region.other_head, region.officer):
            assert founding_for(person, region.founding.pk, TODAY)

    def test_a_school_that_has_not_joined_does_not_see_the_answers(self, region):
        region.invite(region.crownbridge)
        with pytest.raises(NotAllowed):
            founding_for(region.other_head, region.founding.pk, TODAY)
