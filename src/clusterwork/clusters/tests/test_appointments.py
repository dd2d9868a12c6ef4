"""People in a cluster: appointed, ended, handed over, corrected; and who may."""

import datetime as dt

import pytest
from django.db import IntegrityError, transaction

from clusterwork.audit.selectors import entries_about
from clusterwork.clusters.models import Appointment
from clusterwork.clusters.permissions.appointments import roles_to_appoint
from clusterwork.clusters.selectors.appointments import (
    appointments_on,
    held_by,
    held_like,
    link_advisers,
)
from clusterwork.clusters.services.appointing import (
    AppointmentFacts,
    HoldsItAlready,
    OutsideItsLife,
    RoleTaken,
    SchoolHasClosed,
    SchoolNotInCluster,
    SchoolNotSaid,
    StrandNotSaid,
)
from clusterwork.clusters.services.appointments import (
    AlreadyEnded,
    correct_appointment,
    end_appointment,
    hand_over,
    hand_over_all,
    take_back_appointment,
)
from clusterwork.clusters.services.refusals import EndsBeforeItStarts
from clusterwork.clusters.tests.made import officer as an_officer
from clusterwork.clusters.tests.made import organisation
from clusterwork.clusters.tests.made_people import BEGUN, TODAY, Six, a_person, day
from clusterwork.kernel.errors import NotAllowed, NotThere

pytestmark = pytest.mark.django_db
Role = Appointment.Role


@pytest.fixture
def six():
    return Six()


class TestAppointing:
    def test_holds_from_the_day_and_is_recorded(self, six):
        chair = six.chair()
        assert list(appointments_on(six.cluster, TODAY)) == [chair]
        assert not appointments_on(six.cluster, day(-1)).exists()
        entry = entries_about(six.cluster)[0]
        assert entry.verb == "appointment.begin"
        assert "Chair, Ann Lee" in str(entry)

    def test_links_whoever_signs_in_under_the_address(self, six):
        chair = six.chair(name="", email="HANA.jones@example.org")
        assert chair.person == six.head
        assert chair.name == "Hana Jones"
        assert [each.pk for each in held_by(six.head, TODAY)] == [chair.pk]

    def test_keeps_by_name_who_has_no_sign_in(self, six):
        clerk = six.appoint(Role.CLERK, name="Cai", email="cai@example.org")
        assert (clerk.person, clerk.name) == (None, "Cai")
        assert list(held_like(clerk, TODAY)) == [clerk]

    def test_keeps_no_school_where_the_role_has_none(self, six):
        assert six.appoint(Role.COORDINATOR, school=six.six[0]).school is None

    def test_refuses_two_chairs_on_one_day(self, six):
        six.chair(end_on=day(30))
        with pytest.raises(RoleTaken, match="Held by: Ann Lee"):
            six.chair(six.six[1], name="Bo", start_on=day(29))
        assert six.chair(six.six[1], name="Bo", start_on=day(30)).pk

    def test_the_database_refuses_two_chairs_too(self, six):
        chair = six.chair()
        with pytest.raises(IntegrityError, match="appointment_one_chair"), transaction.atomic():
            Appointment.objects.create(
                cluster=six.cluster, role="chair", name="Bo", school=chair.school, start_on=day(9)
            )

    def test_refuses_a_chair_from_another_cluster(self, six):
        with pytest.raises(SchoolNotInCluster, match="not in the cluster"):
            six.chair(six.schools[6])
        with pytest.raises(IntegrityError, match="chair is from no member"), transaction.atomic():
            Appointment.objects.create(
                cluster=six.cluster, role="chair", name="Bo", school=six.schools[6], start_on=TODAY
            )

    def test_refuses_a_chair_whose_school_leaves_before_the_end(self, six):
        six.cluster.memberships.filter(school=six.six[0]).update(end_on=day(100))
        with pytest.raises(SchoolNotInCluster, match="leaves the cluster before"):
            six.chair(end_on=day(101))
        assert six.chair(end_on=day(100)).pk

    def test_takes_a_chair_whose_school_has_taken_another_part(self, six):
        stay = six.cluster.memberships.get(school=six.six[0])
        stay.end_on = day(10)
        stay.save()
        stay.pk, stay.part, stay.start_on, stay.end_on = None, "lead", day(10), None
        stay.save()
        assert six.chair().pk

    def test_refuses_an_end_before_the_start(self, six):
        with pytest.raises(EndsBeforeItStarts):
            six.appoint(Role.CLERK, end_on=TODAY)

    def test_refuses_a_time_outside_the_life_of_the_cluster(self, six):
        with pytest.raises(OutsideItsLife):
            six.appoint(Role.CLERK, start_on=BEGUN - dt.timedelta(days=1))

    def test_refuses_a_closed_school(self, six):
        six.six[0].closed_on = TODAY
        six.six[0].save()
        with pytest.raises(SchoolHasClosed):
            six.chair()

    def test_asks_for_the_school_and_the_strand(self, six):
        with pytest.raises(SchoolNotSaid):
            six.appoint(Role.LINK_PERSON)
        with pytest.raises(StrandNotSaid):
            six.appoint(Role.STRAND_COORDINATOR)

    def test_takes_several_strand_coordinators_but_none_twice(self, six):
        six.appoint(Role.STRAND_COORDINATOR, strand="Literacy")
        six.appoint(Role.STRAND_COORDINATOR, strand="Numeracy")
        with pytest.raises(HoldsItAlready):
            six.appoint(Role.STRAND_COORDINATOR, strand="Literacy", start_on=day(3))

    def test_takes_one_link_person_in_each_school(self, six):
        six.appoint(Role.LINK_PERSON, school=six.six[0])
        six.appoint(Role.LINK_PERSON, school=six.six[1])
        with pytest.raises(RoleTaken):
            six.appoint(Role.LINK_PERSON, name="Bo", school=six.six[1])


class TestEnding:
    def test_ends_on_the_day_with_its_reason(self, six):
        chair = six.chair()
        end_appointment(**six.who, pk=chair.pk, on=day(9), reason="Retires.")
        assert appointments_on(six.cluster, day(8)).exists()
        assert not appointments_on(six.cluster, day(9)).exists()

    def test_refuses_an_end_before_the_start_or_after_the_end(self, six):
        chair = six.chair(end_on=day(9))
        with pytest.raises(EndsBeforeItStarts):
            end_appointment(**six.who, pk=chair.pk, on=TODAY)
        with pytest.raises(AlreadyEnded):
            end_appointment(**six.who, pk=chair.pk, on=day(10))

    def test_what_never_was_can_be_taken_back(self, six):
        chair = six.chair()
        take_back_appointment(**six.who, pk=chair.pk)
        with pytest.raises(NotThere):
            end_appointment(**six.who, pk=chair.pk, on=day(3))


class TestHandingOver:
    def test_ends_the_old_and_begins_the_new_on_one_day(self, six):
        old = six.chair()
        new = hand_over(**six.who, pk=old.pk, on=day(9), name="Bo", school=six.six[1])
        old.refresh_from_db()
        assert old.end_on == new.start_on == day(9)
        assert (new.role, new.school, new.end_on) == ("chair", six.six[1], None)

    def test_changes_nothing_where_the_successor_is_refused(self, six):
        old = six.chair()
        with pytest.raises(SchoolNotInCluster):
            hand_over(**six.who, pk=old.pk, on=day(9), name="Bo", school=six.schools[7])
        old.refresh_from_db()
        assert old.end_on is None

    def test_keeps_the_strand_and_the_school(self, six):
        old = six.appoint(Role.STRAND_COORDINATOR, strand="Literacy")
        assert hand_over(**six.who, pk=old.pk, on=day(1), name="Bo").strand == "Literacy"

    def test_everything_can_go_to_one_successor(self, six):
        held = [six.chair(), six.appoint(Role.FINANCE_LEAD)]
        pks = [each.pk for each in held]
        new = hand_over_all(**six.who, pks=pks, on=day(5), name="Bo", email="bo@example.org")
        assert [each.name for each in new] == ["Bo", "Bo"]
        assert appointments_on(six.cluster, day(5)).filter(name="Bo").count() == 2


class TestCorrecting:
    def test_changes_what_was_wrong_and_keeps_the_role(self, six):
        chair = six.chair()
        facts = AppointmentFacts("clerk", "Anne Lee", day(-9), school=six.six[1])
        changed = correct_appointment(**six.who, pk=chair.pk, facts=facts)
        assert (changed.role, changed.name, changed.start_on) == ("chair", "Anne Lee", day(-9))

    def test_is_checked_like_a_new_one(self, six):
        six.chair(end_on=day(5))
        second = six.chair(start_on=day(5), name="Bo")
        facts = AppointmentFacts("chair", "Bo", day(4), school=six.six[0])
        with pytest.raises(RoleTaken):
            correct_appointment(**six.who, pk=second.pk, facts=facts)


class TestWhoMay:
    def test_officers_fill_every_role(self, six):
        assert roles_to_appoint(six.officer, six.cluster, TODAY) == tuple(Role.values)

    def test_heads_fill_the_clusters_own_roles_and_their_schools(self, six):
        held = set(roles_to_appoint(six.head, six.cluster, TODAY))
        assert held == set(Role.values) - {Role.COORDINATOR, Role.LINK_ADVISER}
        six.appoint(Role.LINK_PERSON, school=six.six[0], **six.as_head)
        with pytest.raises(NotAllowed, match="head of the school"):
            six.appoint(Role.LINK_PERSON, school=six.six[1], **six.as_head)
        with pytest.raises(NotAllowed, match="programme officers"):
            six.appoint(Role.COORDINATOR, **six.as_head)

    def test_a_clerk_fills_no_schools_roles(self, six):
        clerk = a_person("Cai")
        six.appoint(Role.CLERK, name="Cai", email=clerk.email)
        held = roles_to_appoint(clerk, six.cluster, TODAY)
        assert set(held) == {"chair", "strand_coordinator", "finance_lead", "clerk"}

    @pytest.mark.parametrize("kind", ["school_staff", "chair_of_governors"])
    def test_others_in_a_school_fill_none(self, six, kind):
        other = a_person("Staff", kind, school=six.six[0])
        assert roles_to_appoint(other, six.cluster, TODAY) == ()

    def test_not_heads_of_other_clusters_nor_other_officers(self, six):
        stranger = a_person("Head", "headteacher", school=six.schools[7])
        for person in (stranger, an_officer(organisation("Elsewhere"), "Eve")):
            with pytest.raises(NotAllowed):
                six.appoint(Role.CLERK, person=person)


class TestLinkAdvisers:
    def test_one_for_all_schools_but_the_exceptions(self, six):
        six.appoint(Role.LINK_ADVISER, name="Ada")
        six.appoint(Role.LINK_ADVISER, name="Ben", school=six.six[2])
        found = {each.school: each for each in link_advisers(six.cluster, TODAY)}
        assert found[six.six[0]].adviser.name == "Ada"
        assert found[six.six[2]].adviser.name == "Ben"
        assert [each.school for each in found.values() if each.is_exception] == [six.six[2]]
