"""A head names who prepares or sends for her."""

from __future__ import annotations

import datetime as dt

import pytest

from clusterwork.accounts.models import Delegation, Person, Role
from clusterwork.accounts.permissions import lacks_second_factor, may_prepare_for, may_send_for
from clusterwork.accounts.services import delegations as verbs
from clusterwork.accounts.tests import made
from clusterwork.kernel.errors import NotAllowed
from clusterwork.notify.models import Letter

pytestmark = pytest.mark.django_db
TODAY = dt.date(2026, 11, 21)
WEEK = dt.timedelta(days=7)


@pytest.fixture
def deputy(school):
    who = made.person("Dewi Rowe")
    made.role(who, "school_staff", school)
    return who


def name(school, by, person, *, send=False, end_on=None, prepare=True):
    return verbs.name_person(
        school=school,
        person=person,
        may_prepare=prepare,
        may_send=send,
        start_on=TODAY,
        end_on=end_on,
        by=by,
        today=TODAY,
        link="https://example.org/",
    )


class TestNaming:
    def test_to_prepare_is_not_to_send(self, school, head, deputy):
        name(school, head, deputy)
        assert may_prepare_for(deputy, school, TODAY)
        assert not may_send_for(deputy, school, TODAY)

    def test_to_send_is_to_prepare_too(self, school, head, deputy):
        assert name(school, head, deputy, send=True, prepare=False).may_prepare
        assert may_send_for(deputy, school, TODAY)

    def test_holds_from_its_first_day_to_before_its_last(self, school, head, deputy):
        name(school, head, deputy, end_on=TODAY + WEEK)
        assert not may_prepare_for(deputy, school, TODAY - dt.timedelta(days=1))
        assert may_prepare_for(deputy, school, TODAY + WEEK - dt.timedelta(days=1))
        assert not may_prepare_for(deputy, school, TODAY + WEEK)

    def test_ends_with_the_headship_of_whoever_named(self, school, head, deputy):
        name(school, head, deputy, send=True)
        Role.objects.filter(person=head).update(end_on=TODAY + WEEK)
        assert may_send_for(deputy, school, TODAY)
        assert not may_send_for(deputy, school, TODAY + WEEK)

    def test_is_for_the_head_only(self, school, head, deputy):
        other = made.person("Sam Lee")
        made.role(other, "school_staff", school)
        with pytest.raises(NotAllowed):
            name(school, deputy, other)

    def test_is_of_people_of_the_school_and_not_oneself(self, school, head):
        with pytest.raises(verbs.NotAtThisSchool):
            name(school, head, made.person("Sam Lee"))
        with pytest.raises(verbs.NotAtThisSchool):
            name(school, head, head)

    def test_twice_is_refused(self, school, head, deputy):
        name(school, head, deputy)
        with pytest.raises(verbs.NamedAlready):
            name(school, head, deputy, send=True)

    def test_for_nothing_is_refused(self, school, head, deputy):
        with pytest.raises(verbs.NothingAllowed):
            name(school, head, deputy, prepare=False)

    def test_backwards_is_refused(self, school, head, deputy):
        with pytest.raises(verbs.EndsBeforeItStarts):
            name(school, head, deputy, end_on=TODAY)

    def test_tells_the_person(self, school, head, deputy):
        name(school, head, deputy)
        assert Letter.objects.get().address == deputy.email


class TestSecondStep:
    @pytest.mark.parametrize("send", [True, False])
    def test_is_needed_to_send(self, settings, school, head, deputy, send):
        settings.SECOND_FACTOR_REQUIRED = True
        name(school, head, deputy, send=send)
        Delegation.objects.update(start_on=made.LONG_AGO)
        assert lacks_second_factor(Person.objects.get(pk=deputy.pk)) is send

    def test_is_not_needed_once_that_has_ended(self, settings, school, head, deputy):
        settings.SECOND_FACTOR_REQUIRED = True
        name(school, head, deputy, send=True)
        Delegation.objects.update(start_on=made.LONG_AGO, end_on=made.LONG_AGO + WEEK)
        assert not lacks_second_factor(Person.objects.get(pk=deputy.pk))


class TestEnding:
    def test_holds_no_longer_from_today(self, school, head, deputy):
        delegation = name(school, head, deputy)
        verbs.end_delegation(delegation=delegation, by=head, today=TODAY)
        assert not may_prepare_for(deputy, school, TODAY)
        with pytest.raises(verbs.DelegationIsOver):
            verbs.end_delegation(delegation=delegation, by=head, today=TODAY)

    def test_is_for_the_head_only(self, school, head, deputy):
        delegation = name(school, head, deputy)
        with pytest.raises(NotAllowed):
            verbs.end_delegation(delegation=delegation, by=deputy, today=TODAY)


class TestTheHeadHerself:
    def test_prepares_and_sends(self, school, head):
        assert may_prepare_for(head, school, TODAY)
        assert may_send_for(head, school, TODAY)

    def test_staff_does_not_by_itself(self, school, head, deputy):
        assert not may_prepare_for(deputy, school, TODAY)
