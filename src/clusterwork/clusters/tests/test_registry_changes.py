"""What the register says of schools that close reaches their clusters, once."""

import datetime as dt

import pytest
from django.utils import timezone

from clusterwork.clusters.models import Appointment, Membership, RegisterEffect
from clusterwork.clusters.rules.succession import Successor, amalgamated, goes_on_as
from clusterwork.clusters.selectors.memberships import places_on
from clusterwork.clusters.selectors.register_effects import unsettled_effects
from clusterwork.clusters.services.registry_changes import Applied, apply_registry_changes
from clusterwork.clusters.services.settling import SettledAlready, settle_register_effect
from clusterwork.clusters.tasks import keep_up
from clusterwork.clusters.tests.made import TODAY
from clusterwork.clusters.tests.made_clusters import BEGUN, Clusters, ids_in, row_of
from clusterwork.registry.models import Change, Organisation, SchoolLink

pytestmark = pytest.mark.django_db
SHUT = dt.date(2026, 8, 31)
DAY = dt.timedelta(days=1)
NOW = dt.datetime(2026, 11, 21, 9, tzinfo=dt.UTC)


@pytest.fixture
def county():
    return Clusters(10)


@pytest.fixture
def louth(county):
    return county.open("Louth", county.schools[:6])


def close(school, on=SHUT):
    school.status, school.closed_on = "closed", on
    school.save()
    for field in ("status", "closed_on"):
        Change.objects.create(school=school, happening="closed", field=field, as_at=TODAY)


def reopen(school):
    school.status, school.closed_on = "open", None
    school.save()
    Change.objects.create(school=school, happening="reopened", field="status", as_at=TODAY)


def link(old, new, words="Successor"):
    SchoolLink.objects.create(
        number=old.number, other_number=new.number, kind="successor", link_type=words
    )


def apply():
    return apply_registry_changes(now=NOW)


class TestAClosedSchool:
    def test_leaves_its_clusters_on_the_day_and_waits_for_an_officer(self, county, louth):
        before = places_on(SHUT - DAY)
        close(county.schools[0])
        assert apply() == Applied(n_ended=1, n_gone_on=0, n_unsettled=1)
        assert county.schools[0].pk not in ids_in(louth, SHUT)
        assert places_on(SHUT - DAY) == before
        (effect,) = unsettled_effects(Organisation.objects.all())
        assert (effect.school, effect.cluster, effect.on) == (county.schools[0], louth, SHUT)

    def test_is_taken_up_once(self, county, louth):
        close(county.schools[0])
        apply()
        told = list(Membership.objects.values_list())
        assert apply() == Applied()
        assert apply_registry_changes(since=0, now=NOW) == Applied()
        assert list(Membership.objects.values_list()) == told
        assert RegisterEffect.objects.count() == 1

    def test_means_nothing_where_it_opened_again_meanwhile(self, county, louth):
        close(county.schools[0])
        reopen(county.schools[0])
        assert apply() == Applied()
        assert county.schools[0].pk in ids_in(louth, TODAY)

    def test_is_taken_up_by_the_worker(self, county, louth):
        close(county.schools[0])
        keep_up(timestamp=0)
        assert county.schools[0].pk not in ids_in(louth, TODAY)


class TestASuccessor:
    def test_under_another_number_goes_on_with_everything(self, county, louth):
        old, new = county.schools[0], county.schools[7]
        Appointment.objects.create(
            cluster=louth, role="chair", name="Ann", school=old, start_on=BEGUN
        )
        close(old)
        link(old, new)
        assert apply() == Applied(n_ended=1, n_gone_on=1, n_unsettled=0)
        assert row_of(louth, new).start_on == SHUT
        assert row_of(louth, old).ended_by == Membership.Ended.RENUMBERED
        assert Appointment.objects.get(school=new).start_on == SHUT

    def test_told_later_counts(self, county, louth):
        close(county.schools[0])
        apply()
        link(county.schools[0], county.schools[7])
        apply()
        assert row_of(louth, county.schools[7]).start_on == SHUT
        assert not unsettled_effects(Organisation.objects.all())

    def test_told_after_it_was_settled_changes_nothing(self, county, louth):
        close(county.schools[0])
        apply()
        effect = RegisterEffect.objects.get()
        settle_register_effect(**county.who, pk=effect.pk, now=NOW, outcome="Pupils spread out")
        link(county.schools[0], county.schools[7])
        apply()
        assert county.schools[7].pk not in ids_in(louth, TODAY)

    def test_of_two_schools_waits_for_an_officer(self, county, louth):
        one, two, new = county.schools[0], county.schools[1], county.schools[7]
        for each in (one, two):
            close(each)
            link(each, new)
        assert apply() == Applied(n_ended=2, n_gone_on=0, n_unsettled=2)
        for effect in unsettled_effects(Organisation.objects.all()):
            assert effect.kind == RegisterEffect.Kind.AMALGAMATED
            assert effect.successors == [new.pk]
            settle_register_effect(**county.who, pk=effect.pk, now=NOW, goes_on_as=new)
        assert louth.memberships.filter(school=new).count() == 1

    def test_cannot_be_settled_twice(self, county, louth):
        close(county.schools[0])
        apply()
        effect = RegisterEffect.objects.get()
        settle_register_effect(**county.who, pk=effect.pk, now=NOW)
        with pytest.raises(SettledAlready):
            settle_register_effect(**county.who, pk=effect.pk, now=NOW)


class TestAReopenedSchool:
    def test_is_asked_about_and_may_be_back(self, county, louth):
        close(county.schools[0])
        apply()
        settle_register_effect(**county.who, pk=RegisterEffect.objects.get().pk, now=NOW)
        reopen(county.schools[0])
        apply()
        apply()
        (effect,) = unsettled_effects(Organisation.objects.all())
        settle_register_effect(
            **county.who, pk=effect.pk, now=timezone.now(), goes_on_as=county.schools[0]
        )
        assert county.schools[0].pk in ids_in(louth, TODAY)
        assert county.schools[0].pk not in ids_in(louth, SHUT)


class TestTheLinks:
    """Unit promises of `rules.succession`, in the official list's own words."""

    def test_one_successor_of_one_school_is_the_same_school(self):
        assert goes_on_as([Successor(1, "Successor")]) == 1

    @pytest.mark.parametrize(
        "told",
        [
            [],
            [Successor(1, "Successor"), Successor(2, "Successor")],
            [Successor(1, "Successor - amalgamated")],
            [Successor(1, "Successor - merged")],
            [Successor(1, "Successor - Split School")],
            [Successor(1, "Result of Amalgamation")],
            [Successor(1, "Successor", n_before=2)],
        ],
    )
    def test_anything_else_is_for_people(self, told):
        assert goes_on_as(told) is None

    def test_two_before_one_is_an_amalgamation(self):
        assert amalgamated([Successor(1, "Successor", n_before=2)])
        assert not amalgamated([Successor(1, "Successor - Split School")])
