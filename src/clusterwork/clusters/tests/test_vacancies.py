"""Which roles nobody holds, and what a successor takes over."""

import pytest

from clusterwork.clusters.models import Appointment
from clusterwork.clusters.selectors.appointments import held_by, held_like
from clusterwork.clusters.selectors.handing_over import hand_over_list, turns_to_come
from clusterwork.clusters.selectors.vacancies import vacancies
from clusterwork.clusters.services.headships import HeadshipFacts, begin_headship
from clusterwork.clusters.services.turns import plan_turns
from clusterwork.clusters.tests.made_people import TODAY, Six, day

pytestmark = pytest.mark.django_db
Role = Appointment.Role


@pytest.fixture
def six():
    return Six()


def found(six, on=TODAY):
    return [(each.role, each.school, each.since) for each in vacancies([six.cluster], on)]


class TestVacancies:
    def test_every_role_of_a_new_cluster_is_vacant(self, six):
        roles = [role for role, _, _ in found(six)]
        assert roles[:3] == ["chair", "coordinator", "link_adviser"]
        assert roles.count("link_person") == 6
        assert roles.count("head") == 5  # the first school's head has a sign-in

    def test_a_filled_role_is_none(self, six):
        six.chair()
        six.appoint(Role.LINK_PERSON, school=six.six[0])
        assert "chair" not in [role for role, _, _ in found(six)]
        assert ("link_person", six.six[0], None) not in found(six)

    def test_says_since_when(self, six):
        six.chair(end_on=day(5))
        six.chair(six.six[2], start_on=day(5), end_on=day(7))
        assert found(six, day(9))[0] == ("chair", None, day(7))

    def test_an_adviser_for_every_school_is_as_good_as_one_for_all(self, six):
        for school in six.six:
            six.appoint(Role.LINK_ADVISER, school=school)
        assert "link_adviser" not in [role for role, _, _ in found(six)]

    def test_a_headship_said_to_be_vacant_is_one(self, six):
        facts = HeadshipFacts("vacant", day(-3))
        begin_headship(**six.who, schools=[six.six[0]], facts=facts)
        assert ("head", six.six[0], day(-3)) in found(six)

    def test_an_acting_head_fills_it(self, six):
        begin_headship(**six.who, schools=six.six, facts=HeadshipFacts("acting", TODAY, name="A"))
        assert "head" not in [role for role, _, _ in found(six)]

    def test_asks_as_often_for_many_clusters_as_for_one(self, six, django_assert_max_num_queries):
        with django_assert_max_num_queries(6):
            both = vacancies([six.cluster, six.other], TODAY)
        assert {each.cluster for each in both} == {six.cluster, six.other}


class TestHandOverList:
    def test_has_what_is_held_and_what_is_open(self, six):
        chair = six.chair(email=six.head.email)
        six.appoint(Role.CLERK, name="Cai", start_on=day(9))
        six.rota()
        days = [day(-5), day(20), day(21), day(22), day(23), day(24), day(25)]
        plan_turns(**six.who, cluster_pk=six.cluster.pk, days=days)
        (group,) = hand_over_list(held_by(six.head, TODAY), TODAY)
        assert group.held == [chair]
        assert [turn.start_on for turn in group.turns] == [day(-5), day(25)]
        assert [each.name for each in group.coming] == ["Cai"]
        assert "coordinator" in [each.role for each in group.vacancies]

    def test_knows_who_has_no_sign_in_by_address_or_name(self, six):
        one = six.appoint(Role.FINANCE_LEAD, name="Cai", email="cai@x.example")
        six.appoint(Role.CLERK, name="Cai P", email="CAI@x.example")
        six.appoint(Role.STRAND_COORDINATOR, name="Cai", strand="Art")
        assert held_like(one, TODAY).count() == 2

    def test_turns_to_come_are_those_of_ones_schools(self, six):
        six.rota()
        plan_turns(**six.who, cluster_pk=six.cluster.pk, days=[day(5), day(6)])
        (mine,) = turns_to_come([six.six[0]], TODAY, day(30))
        assert mine.start_on == day(5)
