"""Schools join, take another part, leave and are dropped; wrong entries are put right."""

import datetime as dt

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from clusterwork.audit.selectors import entries_about
from clusterwork.clusters.models import (
    Appointment,
    Membership,
    Part,
    Partner,
    Rota,
    RotaSeat,
    RotaTurn,
)
from clusterwork.clusters.selectors.memberships import members_on, places_on
from clusterwork.clusters.services.corrections import (
    MembershipFacts,
    SomethingRestsOnIt,
    amend_membership,
    take_back_membership,
)
from clusterwork.clusters.services.memberships import (
    EndedAlready,
    NoReason,
    NothingChanges,
    NotOnItsFirstDay,
    PartFacts,
    drop,
    join,
    later_periods,
    leave,
    take_part,
)
from clusterwork.clusters.services.memoranda import sign_memorandum
from clusterwork.clusters.services.opening import SchoolHasClosed
from clusterwork.clusters.services.refusals import (
    AlreadyAMember,
    EndsBeforeItStarts,
    OutsideTheClustersLife,
    SaysNotWhatItContributes,
)
from clusterwork.clusters.services.statuses import NotYet, close_cluster
from clusterwork.clusters.tests.made import TODAY, officer, organisation
from clusterwork.clusters.tests.made_clusters import BEGUN, Clusters, ids_in, row_of
from clusterwork.kernel.errors import NotAllowed

pytestmark = pytest.mark.django_db
SPRING = dt.date(2026, 4, 1)
DAY = dt.timedelta(days=1)


@pytest.fixture
def county():
    return Clusters()


@pytest.fixture
def louth(county):
    return county.open("Louth", county.schools[:4])


def ended(county, cluster, school, on=SPRING):
    return leave(**county.who, membership_pk=row_of(cluster, school).pk, on=on, reason="Too far")


class TestJoining:
    def test_is_a_member_from_the_day_and_not_before(self, county, louth):
        new = county.schools[5]
        join(**county.who, pk=louth.pk, school=new, start_on=SPRING)
        assert new.pk in ids_in(louth, SPRING)
        assert new.pk not in ids_in(louth, SPRING - DAY)

    def test_a_contributing_school_says_what_and_why(self, county, louth):
        facts = PartFacts(Part.CONTRIBUTING, "A mathematics teacher", "Best results")
        row = join(
            **county.who, pk=louth.pk, school=county.schools[5], start_on=SPRING, facts=facts
        )
        assert (row.contributes, row.contributes_because) == (
            "A mathematics teacher",
            "Best results",
        )

    def test_and_is_refused_without(self, county, louth):
        facts = PartFacts(Part.CONTRIBUTING, " ", "")
        with pytest.raises(SaysNotWhatItContributes):
            join(**county.who, pk=louth.pk, school=county.schools[5], start_on=SPRING, facts=facts)

    def test_a_partner_is_a_partner(self, county, louth):
        college = Partner.objects.create(kind="college", name="Boston College")
        row = join(**county.who, pk=louth.pk, partner=college, start_on=SPRING)
        assert row.part == Part.PARTNER
        assert [str(each.partner) for each in members_on(louth, SPRING) if each.partner] == [
            "Boston College"
        ]

    def test_refuses_a_school_that_is_in_already(self, county, louth):
        with pytest.raises(AlreadyAMember, match="Village 000"):
            join(**county.who, pk=louth.pk, school=county.schools[0], start_on=SPRING)

    def test_takes_a_school_back_from_the_day_on_which_it_left(self, county, louth):
        ended(county, louth, county.schools[0])
        join(**county.who, pk=louth.pk, school=county.schools[0], start_on=SPRING)
        assert county.schools[0].pk in ids_in(louth, TODAY)

    def test_refuses_an_end_before_the_start(self, county, louth):
        with pytest.raises(EndsBeforeItStarts):
            join(
                **county.who,
                pk=louth.pk,
                school=county.schools[5],
                start_on=SPRING,
                end_on=SPRING,
            )

    @pytest.mark.parametrize("start", [BEGUN - DAY, dt.date(2026, 10, 1)])
    def test_refuses_days_outside_the_clusters_life(self, county, louth, start):
        close_cluster(**county.who, pk=louth.pk, on=dt.date(2026, 10, 1))
        with pytest.raises(OutsideTheClustersLife, match="stands from"):
            join(**county.who, pk=louth.pk, school=county.schools[5], start_on=start)

    def test_stays_at_most_as_long_as_a_cluster_whose_end_is_known(self, county, louth):
        close_cluster(**county.who, pk=louth.pk, on=dt.date(2027, 8, 1))
        row = join(**county.who, pk=louth.pk, school=county.schools[5], start_on=TODAY)
        assert row.end_on == dt.date(2027, 8, 1)
        assert row.ended_by == Membership.Ended.CLUSTER_CLOSED

    def test_refuses_a_school_that_has_closed(self, county, louth):
        gone = county.schools[5]
        gone.status, gone.closed_on = "closed", SPRING
        gone.save()
        with pytest.raises(SchoolHasClosed):
            join(**county.who, pk=louth.pk, school=gone, start_on=SPRING)
        with pytest.raises(SchoolHasClosed):
            join(**county.who, pk=louth.pk, school=gone, start_on=SPRING - DAY)
        join(**county.who, pk=louth.pk, school=gone, start_on=BEGUN, end_on=SPRING)

    def test_is_for_the_clusters_officers(self, county, louth):
        stranger = officer(organisation("Elsewhere"), "Eve")
        with pytest.raises(NotAllowed):
            join(
                person=stranger,
                day=TODAY,
                pk=louth.pk,
                school=county.schools[5],
                start_on=SPRING,
            )


class TestTakingAnotherPart:
    def test_leaves_the_earlier_days_as_they_were(self, county, louth):
        row = row_of(louth, county.schools[0])
        take_part(**county.who, membership_pk=row.pk, facts=PartFacts(Part.LEAD), on=SPRING)
        parts = {day: dict(_parts(louth, day)) for day in (SPRING - DAY, SPRING)}
        assert parts[SPRING - DAY][county.schools[0].pk] == Part.CORE
        assert parts[SPRING][county.schools[0].pk] == Part.LEAD

    def test_keeps_an_end_that_is_known(self, county, louth):
        close_cluster(**county.who, pk=louth.pk, on=dt.date(2027, 8, 1))
        row = row_of(louth, county.schools[0])
        after = take_part(**county.who, membership_pk=row.pk, facts=PartFacts(Part.LEAD), on=SPRING)
        assert (after.end_on, after.ended_by) == (dt.date(2027, 8, 1), "cluster_closed")

    def test_is_refused_where_nothing_would_change(self, county, louth):
        row = row_of(louth, county.schools[0])
        with pytest.raises(NothingChanges):
            take_part(**county.who, membership_pk=row.pk, facts=PartFacts(), on=SPRING)
        gives = PartFacts(Part.CONTRIBUTING, "A hall", "It has one")
        row = take_part(**county.who, membership_pk=row.pk, facts=gives, on=SPRING)
        with pytest.raises(NothingChanges):
            take_part(**county.who, membership_pk=row.pk, facts=gives, on=SPRING + DAY)
        more = PartFacts(Part.CONTRIBUTING, "A hall and a bus", "It has both")
        assert take_part(**county.who, membership_pk=row.pk, facts=more, on=SPRING + DAY)

    def test_stands_in_the_record_with_the_part(self, county, louth):
        row = row_of(louth, county.schools[0])
        take_part(**county.who, membership_pk=row.pk, facts=PartFacts(Part.LEAD), on=SPRING)
        entry = entries_about(louth)[0]
        assert "%(part)s" in entry.summary and entry.params["part"] == "Lead"

    def test_tells_which_later_periods_a_leaving_would_take_out(self, county, louth):
        row = row_of(louth, county.schools[0])
        assert not later_periods(row)
        soon = TODAY + 30 * DAY
        after = take_part(**county.who, membership_pk=row.pk, facts=PartFacts(Part.LEAD), on=soon)
        assert later_periods(row) == [after] and not later_periods(after)

    def test_is_refused_after_the_end(self, county, louth):
        ended(county, louth, county.schools[0])
        row = row_of(louth, county.schools[0])
        with pytest.raises(EndedAlready):
            take_part(**county.who, membership_pk=row.pk, facts=PartFacts(), on=SPRING)


class TestTheMemorandum:
    def test_is_dated_in_every_part_of_a_stay_and_recorded(self, county, louth):
        row = row_of(louth, county.schools[0])
        take_part(**county.who, membership_pk=row.pk, facts=PartFacts(Part.LEAD), on=SPRING)
        sign_memorandum(**county.who, membership_pk=row.pk, on=SPRING)
        found = louth.memberships.filter(school=county.schools[0])
        assert {each.memorandum_signed_on for each in found} == {SPRING}
        assert entries_about(louth)[0].details["after"] == "2026-04-01"
        sign_memorandum(**county.who, membership_pk=row.pk, on=None)
        assert row_of(louth, county.schools[0]).memorandum_signed_on is None

    def test_is_not_signed_before_the_day_has_come(self, county, louth):
        row = row_of(louth, county.schools[0])
        with pytest.raises(NotYet):
            sign_memorandum(**county.who, membership_pk=row.pk, on=TODAY + DAY)

    def test_is_its_own_officers_to_date(self, county, louth):
        stranger = officer(organisation("Rutland"), "Sian")
        row = row_of(louth, county.schools[0])
        with pytest.raises(NotAllowed):
            sign_memorandum(person=stranger, day=TODAY, membership_pk=row.pk, on=SPRING)


class TestLeaving:
    def test_needs_a_reason(self, county, louth):
        row = row_of(louth, county.schools[0])
        with pytest.raises(NoReason):
            leave(**county.who, membership_pk=row.pk, on=SPRING, reason=" ")

    def test_keeps_the_days_until_then(self, county, louth):
        before = places_on(SPRING - DAY)
        ended(county, louth, county.schools[0])
        assert places_on(SPRING - DAY) == before
        assert county.schools[0].pk not in ids_in(louth, SPRING)
        assert row_of(louth, county.schools[0]).reason == "Too far"

    def test_takes_back_a_part_that_was_to_come(self, county, louth):
        row = row_of(louth, county.schools[0])
        soon = TODAY + 30 * DAY
        take_part(**county.who, membership_pk=row.pk, facts=PartFacts(Part.LEAD), on=soon)
        ended(county, louth, county.schools[0], TODAY)
        assert row_of(louth, county.schools[0]).end_on == TODAY

    def test_is_refused_twice(self, county, louth):
        ended(county, louth, county.schools[0])
        with pytest.raises(EndedAlready, match="2026-04-01"):
            ended(county, louth, county.schools[0], SPRING - DAY)

    def test_may_still_be_moved_while_it_lies_ahead(self, county, louth):
        ended(county, louth, county.schools[0], TODAY + 30 * DAY)
        ended(county, louth, county.schools[0], TODAY + 10 * DAY)
        assert row_of(louth, county.schools[0]).end_on == TODAY + 10 * DAY

    def test_is_refused_on_the_first_day(self, county, louth):
        with pytest.raises(NotOnItsFirstDay, match="take the entry back"):
            ended(county, louth, county.schools[0], BEGUN)

    def test_ends_what_the_school_held(self, county, louth):
        school = county.schools[0]
        held = Appointment.objects.create(
            cluster=louth, role="chair", name="Ann", school=school, start_on=BEGUN
        )
        rota = Rota.objects.create(cluster=louth, unit="year", start_on=BEGUN)
        seat = RotaSeat.objects.create(rota=rota, school=school, place=1, start_on=BEGUN)
        RotaTurn.objects.create(
            rota=rota, school=school, start_on=SPRING, end_on=SPRING + 300 * DAY
        )
        ended(county, louth, school)
        held.refresh_from_db()
        seat.refresh_from_db()
        assert held.end_on == seat.end_on == SPRING
        assert held.reason == "The school is no longer in the cluster."
        assert not RotaTurn.objects.exists()


class TestDropping:
    def test_says_who_decided(self, county, louth):
        row = row_of(louth, county.schools[0])
        drop(
            **county.who,
            membership_pk=row.pk,
            on=SPRING,
            reason="No longer eligible",
            decided_by="Strategy group",
        )
        entry = entries_about(louth)[0]
        assert entry.details["decided_by"] == "Strategy group"
        assert row_of(louth, county.schools[0]).ended_by == Membership.Ended.DROPPED

    def test_is_refused_without(self, county, louth):
        row = row_of(louth, county.schools[0])
        with pytest.raises(NoReason):
            drop(**county.who, membership_pk=row.pk, on=SPRING, reason="Why", decided_by="")


class TestCorrecting:
    def told(self, **changed):
        return MembershipFacts(
            **{"start_on": SPRING, "end_on": None, "facts": PartFacts(Part.LEAD), **changed}
        )

    def test_changes_earlier_days(self, county, louth):
        row = row_of(louth, county.schools[0])
        amend_membership(**county.who, membership_pk=row.pk, told=self.told(), because="Wrong list")
        assert county.schools[0].pk not in ids_in(louth, BEGUN)

    @pytest.mark.django_db(transaction=True)
    def test_keeps_what_was_known_before(self, county, louth):
        row = row_of(louth, county.schools[0])
        known_at, before = timezone.now(), places_on(BEGUN)
        amend_membership(**county.who, membership_pk=row.pk, told=self.told(), because="Wrong list")
        take_back_membership(
            **county.who, membership_pk=row_of(louth, county.schools[1]).pk, because="Never was"
        )
        assert len(places_on(BEGUN)) == 2
        assert places_on(BEGUN, known_at) == before
        assert places_on(BEGUN, timezone.now()) == places_on(BEGUN)

    def test_needs_a_reason(self, county, louth):
        row = row_of(louth, county.schools[0])
        with pytest.raises(NoReason):
            amend_membership(**county.who, membership_pk=row.pk, told=self.told(), because="")

    def test_never_overlaps(self, county, louth):
        school = county.schools[0]
        ended(county, louth, school)
        again = join(**county.who, pk=louth.pk, school=school, start_on=SPRING + 30 * DAY)
        with pytest.raises(AlreadyAMember):
            amend_membership(
                **county.who,
                membership_pk=again.pk,
                told=self.told(start_on=SPRING - DAY),
                because="Wrong day",
            )

    def test_leaves_nothing_in_the_air(self, county, louth):
        Appointment.objects.create(
            cluster=louth, role="chair", name="Ann", school=county.schools[0], start_on=BEGUN
        )
        row = row_of(louth, county.schools[0])
        with pytest.raises(SomethingRestsOnIt):
            amend_membership(
                **county.who, membership_pk=row.pk, told=self.told(), because="Wrong day"
            )
        with pytest.raises(SomethingRestsOnIt):
            take_back_membership(**county.who, membership_pk=row.pk, because="Never was")
        assert Membership.objects.filter(pk=row.pk, start_on=BEGUN).exists()

    def test_takes_back_what_never_was(self, county, louth):
        row = row_of(louth, county.schools[0])
        take_back_membership(**county.who, membership_pk=row.pk, because="Another Village")
        assert county.schools[0].pk not in ids_in(louth, BEGUN)


class TestTheDatabase:
    """Refuses by name what is written past the verbs."""

    def refused(self, name):
        return pytest.raises(IntegrityError, match=name)

    def test_an_overlap(self, county, louth):
        with self.refused("membership_once_at_a_time"), transaction.atomic():
            Membership.objects.create(
                cluster=louth, school=county.schools[0], start_on=SPRING, end_on=TODAY
            )

    def test_an_end_before_the_start(self, county, louth):
        with self.refused("membership_ends_after_it_starts"), transaction.atomic():
            Membership.objects.filter(cluster=louth).update(end_on=BEGUN)

    def test_days_outside_the_life(self, county, louth):
        with self.refused("outside the life"), transaction.atomic():
            Membership.objects.filter(cluster=louth).update(start_on=BEGUN - DAY)

    def test_a_life_shorter_than_a_membership(self, louth):
        with self.refused("reaches further"), transaction.atomic():
            louth.end_on = SPRING
            louth.save()

    def test_neither_a_school_nor_a_partner(self, louth):
        with self.refused("membership_of_a_school_or_a_partner"), transaction.atomic():
            Membership.objects.create(cluster=louth, start_on=SPRING)

    def test_a_partner_with_another_part(self, louth):
        college = Partner.objects.create(kind="college", name="Boston College")
        with self.refused("membership_of_a_school_or_a_partner"), transaction.atomic():
            Membership.objects.create(cluster=louth, partner=college, part="core", start_on=SPRING)

    def test_contributing_nothing(self, county, louth):
        with self.refused("membership_contributing_says_what"), transaction.atomic():
            Membership.objects.filter(cluster=louth).update(part=Part.CONTRIBUTING)

    def test_a_chair_from_elsewhere(self, county, louth):
        with self.refused("no member school"), transaction.atomic():
            Appointment.objects.create(
                cluster=louth,
                role="chair",
                name="Ann",
                school=county.schools[6],
                start_on=SPRING,
            )


def _parts(cluster, day):
    return members_on(cluster, day).values_list("school", "part")
