"""Whose holidays hold for an organisation, and who enters them."""

import datetime as dt

import pytest
from django.db import IntegrityError, transaction

from clusterwork.audit.selectors import entries_about
from clusterwork.registry.models import Authority, Holiday, Organisation
from clusterwork.registry.selectors.holidays import (
    bank_holidays,
    bank_holidays_known_until,
    days_off,
    holidays_of,
)
from clusterwork.registry.services.holidays import (
    HolidayOverlaps,
    HolidayTooLong,
    change_holiday,
    enter_holiday,
    enter_holidays,
    remove_holiday,
)

pytestmark = pytest.mark.django_db
FEBRUARY = dt.date(2027, 2, 15), dt.date(2027, 2, 22)
MAY = dt.date(2027, 5, 31), dt.date(2027, 6, 7)


def made(name, **facts):
    return Organisation.objects.create(kind="authority", name=name, **facts)


@pytest.fixture
def county(db):
    county = made("Lincolnshire")
    county.authorities.add(Authority.objects.create(code="925", name="Lincolnshire", country="E"))
    return county


def enter(organisation, period=FEBRUARY, name="Half-term", **facts):
    return enter_holiday(
        organisation=organisation,
        name=name,
        name_cy="",
        start_on=period[0],
        end_on=period[1],
        by=None,
        **facts,
    )


def around(organisation):
    return holidays_of(organisation, dt.date(2027, 2, 1), dt.date(2027, 3, 1))


class TestWhoseHolidays:
    def test_ones_own(self, county):
        mine = enter(county)
        assert around(county) == [mine]

    def test_those_of_the_nearest_above_where_none_are_ones_own(self, county):
        region, nation = made("Region"), made("Nation")
        county.parent, region.parent = region, nation
        county.save()
        region.save()
        enter(nation, name="Nation's")
        near = enter(region, name="Region's")
        assert around(county) == [near]

    def test_else_those_of_all_that_look_after_the_same_authorities(self, county):
        trust = made("Trust")
        trust.authorities.set(county.authorities.all())
        mine = enter(county)
        assert around(trust) == [mine]

    def test_none_of_strangers(self, county):
        enter(made("Elsewhere"))
        assert around(county) == []

    def test_ones_own_hold_in_a_term_that_has_none_of_them(self, county):
        """A term without holidays is not taken for one of which nothing was entered."""
        county.parent = made("Region")
        county.save()
        enter(county.parent, (dt.date(2027, 3, 8), dt.date(2027, 3, 9)), "Region's day")
        enter(county)
        assert holidays_of(county, dt.date(2027, 3, 1), dt.date(2027, 3, 12)) == []


class TestDaysOff:
    def test_supposes_what_nobody_entered_and_says_so(self, county):
        known = days_off(county, dt.date(2027, 2, 1), dt.date(2027, 4, 1))
        assert not known.entered
        assert [each.name for each in known.supposed] == ["February half-term", "Easter holiday"]
        assert len(known.holidays) == 2

    def test_supposes_nothing_that_was_entered(self, county):
        enter(county)
        known = days_off(county, dt.date(2027, 2, 1), dt.date(2027, 3, 1))
        assert (len(known.entered), len(known.supposed)) == (1, 0)

    def test_knows_bank_holidays_without_the_network(self, monkeypatch):
        monkeypatch.setattr("requests.get", lambda *_a, **_k: pytest.fail("asked the network"))
        assert dt.date(2027, 3, 26) in bank_holidays(dt.date(2027, 1, 1), dt.date(2028, 1, 1))
        assert bank_holidays_known_until() >= dt.date(2028, 1, 1)


class TestEntering:
    def test_is_recorded(self, county):
        enter(county)
        (entry,) = entries_about(county)
        assert entry.verb == "holiday.enter"

    def test_refuses_one_that_overlaps(self, county):
        enter(county)
        with pytest.raises(HolidayOverlaps, match="Half-term"):
            enter(county, (dt.date(2027, 2, 19), dt.date(2027, 3, 1)), "Another")

    def test_takes_one_that_follows_at_once(self, county):
        enter(county)
        enter(county, (FEBRUARY[1], dt.date(2027, 2, 24)), "Training days")
        assert county.holidays.count() == 2

    def test_refuses_one_without_end(self, county):
        with pytest.raises(HolidayTooLong):
            enter(county, (dt.date(2027, 2, 15), dt.date(2028, 2, 22)))

    def test_refuses_an_end_before_the_start(self, county):
        with pytest.raises(HolidayTooLong):
            enter(county, (FEBRUARY[1], FEBRUARY[0]))
        with pytest.raises(IntegrityError), transaction.atomic():
            Holiday.objects.create(
                organisation=county, name="x", start_on=FEBRUARY[1], end_on=FEBRUARY[0]
            )

    def test_of_a_list_takes_all_or_none(self, county):
        enter(county)
        clash = (dt.date(2027, 2, 19), dt.date(2027, 2, 24))
        rows = [("May", "", *MAY), ("Clash", "", *clash)]
        with pytest.raises(HolidayOverlaps):
            enter_holidays(organisation=county, rows=rows, by=None)
        assert county.holidays.count() == 1
        assert enter_holidays(organisation=county, rows=rows[:1], by=None) == 1

    def test_of_the_same_list_again_adds_nothing(self, county):
        rows = [("May", "", *MAY)]
        enter_holidays(organisation=county, rows=rows, by=None)
        assert enter_holidays(organisation=county, rows=rows, by=None) == 0


class TestChangingAndRemoving:
    def test_moves_it(self, county):
        mine = enter(county)
        change_holiday(
            holiday_id=mine.pk, name="Later", name_cy="", start_on=MAY[0], end_on=MAY[1], by=None
        )
        assert around(county) == []
        assert county.holidays.get().name == "Later"

    def test_does_not_move_it_onto_another(self, county):
        mine = enter(county)
        enter(county, MAY, "May")
        with pytest.raises(HolidayOverlaps):
            change_holiday(
                holiday_id=mine.pk, name="x", name_cy="", start_on=MAY[0], end_on=MAY[1], by=None
            )

    def test_removes_it_and_says_which(self, county):
        remove_holiday(holiday_id=enter(county).pk, by=None)
        assert not county.holidays.exists()
        assert {each.verb for each in entries_about(county)} == {"holiday.enter", "holiday.remove"}
