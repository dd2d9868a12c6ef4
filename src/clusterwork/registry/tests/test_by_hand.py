"""What people tell us: settings without a number, and partnerships."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from clusterwork.registry.models import Affiliation, Authority, Census, Flow, Partnership, School
from clusterwork.registry.services.partnerships import (
    AlreadyInIt,
    EndedAlready,
    EndsBeforeItStarts,
    PartnershipUnnamed,
    end_affiliation,
    record_partnership,
)
from clusterwork.registry.services.settings import (
    NameMissing,
    NotASetting,
    NotOfficial,
    PlaceImpossible,
    enter_by_hand,
    match_by_hand,
)
from clusterwork.registry.tests.made import school

pytestmark = pytest.mark.django_db


@pytest.fixture
def lincolnshire() -> Authority:
    return Authority.objects.create(code="925", name="Lincolnshire", country="E")


@pytest.fixture
def pilgrim(lincolnshire: Authority) -> School:
    return enter_by_hand(
        authority=lincolnshire, name="Pilgrim Unit", phase="referral_unit", by=None,
        easting=497_000, northing=371_000,
    )  # fmt: skip


class TestSettingsWithoutANumber:
    def test_are_entered_with_their_place(self, pilgrim: School) -> None:
        assert pilgrim.by_hand
        assert pilgrim.number == ""
        assert pilgrim.latitude == pytest.approx(53.2, abs=0.1)

    def test_need_a_name(self, lincolnshire: Authority) -> None:
        with pytest.raises(NameMissing):
            enter_by_hand(authority=lincolnshire, name=" ", phase="nursery", by=None)

    def test_stand_in_britain(self, lincolnshire: Authority) -> None:
        with pytest.raises(PlaceImpossible):
            enter_by_hand(
                authority=lincolnshire, name="X", phase="nursery", by=None,
                easting=-5, northing=10,
            )  # fmt: skip

    def test_are_matched_and_their_facts_move(self, pilgrim: School) -> None:
        official = school(name="The Pilgrim School")
        feeder = school()
        Census.objects.create(school=pilgrim, year=2018, pupils=8, source="hand")
        Census.objects.create(school=pilgrim, year=2019, pupils=9, source="hand")
        Census.objects.create(school=official, year=2019, pupils=10, source="census")
        Flow.objects.create(from_school=feeder, to_school=pilgrim, year=2019, pupils=2)
        match_by_hand(setting=pilgrim, school=official, by=None)
        assert list(official.censuses.values_list("year", "pupils")) == [(2018, 8), (2019, 10)]
        assert official.flows_in.get().pupils == 2
        pilgrim.refresh_from_db()
        assert (pilgrim.matched_to, pilgrim.status) == (official, "closed")

    def test_are_matched_once(self, pilgrim: School) -> None:
        official = school()
        match_by_hand(setting=pilgrim, school=official, by=None)
        with pytest.raises(NotASetting):
            match_by_hand(setting=pilgrim, school=official, by=None)

    def test_are_matched_to_official_schools_only(
        self, pilgrim: School, lincolnshire: Authority
    ) -> None:
        other = enter_by_hand(authority=lincolnshire, name="Other", phase="nursery", by=None)
        with pytest.raises(NotOfficial):
            match_by_hand(setting=pilgrim, school=other, by=None)
        with pytest.raises(NotASetting):
            match_by_hand(setting=school(), school=school(), by=None)

    def test_only_they_lack_a_number(self, lincolnshire: Authority) -> None:
        with pytest.raises(IntegrityError), transaction.atomic():
            School.objects.create(authority=lincolnshire, name="X", phase="primary")


class TestPartnerships:
    def test_of_one_kind_and_name_are_one(self) -> None:
        for each in (school(), school()):
            record_partnership(school=each, kind="alliance", name="Fenland", by=None)
        record_partnership(school=school(), kind="alliance", name=" FENLAND ", by=None)
        assert Partnership.objects.get().affiliations.count() == 3

    def test_end_on_a_day_and_may_begin_again_on_it(self) -> None:
        fulbeck = school()
        told = {"school": fulbeck, "kind": "network", "name": "Fens", "by": None}
        stay = record_partnership(**told, since=date(2019, 9, 1))
        end_affiliation(affiliation=stay, on=date(2020, 9, 1), by=None)
        record_partnership(**told, since=date(2020, 9, 1))
        assert fulbeck.affiliations.count() == 2
        with pytest.raises(EndedAlready):
            end_affiliation(affiliation=stay, on=date(2021, 1, 1), by=None)

    def test_do_not_hold_a_school_twice_at_a_time(self) -> None:
        fulbeck = school()
        told = {"school": fulbeck, "kind": "network", "name": "Fens", "by": None}
        record_partnership(**told, since=date(2019, 9, 1))
        with pytest.raises(AlreadyInIt):
            record_partnership(**told, since=date(2021, 9, 1))

    def test_not_even_by_way_of_the_database(self) -> None:
        stay = record_partnership(school=school(), kind="network", name="Fens", by=None)
        with pytest.raises(IntegrityError), transaction.atomic():
            Affiliation.objects.create(school=stay.school, partnership=stay.partnership)

    def test_have_a_name_and_days_in_order(self) -> None:
        with pytest.raises(PartnershipUnnamed):
            record_partnership(school=school(), kind="network", name="", by=None)
        with pytest.raises(EndsBeforeItStarts):
            record_partnership(
                school=school(), kind="network", name="X", by=None,
                since=date(2020, 1, 1), until=date(2020, 1, 1),
            )  # fmt: skip
