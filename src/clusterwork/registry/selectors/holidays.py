"""School holidays that hold for an organisation, and bank holidays."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import cache

from django.db.models import QuerySet
from govuk_bank_holidays.bank_holidays import BankHolidays

from clusterwork.registry.models import Holiday, Organisation
from clusterwork.registry.rules import school_weeks
from clusterwork.registry.selectors.organisations import with_ancestors

AROUND = dt.timedelta(days=60)  # no term goes on for longer without a holiday


@dataclass(frozen=True)
class DaysOff:
    """Days without school over a period: as entered, and as is usual where nobody entered any."""

    entered: Sequence[Holiday]
    supposed: Sequence[school_weeks.UsualHoliday]
    bank_holidays: Collection[dt.date]

    @property
    def holidays(self) -> list[school_weeks.Holiday]:
        """Both together, for reckoning a day to suggest."""
        return [*self.entered, *self.supposed]


def days_off(organisation: Organisation, start: dt.date, end: dt.date) -> DaysOff:
    """What is known and what must be supposed over [start, end)."""
    near = holidays_of(organisation, start - school_weeks.NEAR, end + school_weeks.NEAR)
    entered = [each for each in near if each.start_on < end and each.end_on > start]
    supposed = school_weeks.not_entered(start, end, near)
    return DaysOff(entered, supposed, bank_holidays(start, end))


def holidays_of(organisation: Organisation, start: dt.date, end: dt.date) -> list[Holiday]:
    """The holidays that share a day with [start, end), in order.

    They are the organisation's own; where it entered none around that time those of the nearest
    organisation above that did, else all of those that look after the same authorities.
    """
    for ids in _sources(organisation):
        around = _overlapping(ids, start - AROUND, end + AROUND)
        if around.exists():
            return list(_overlapping(ids, start, end))
    return []


def own_holidays(organisation: Organisation) -> QuerySet[Holiday]:
    """What the organisation itself entered, the last first."""
    return organisation.holidays.order_by("-start_on")


def bank_holidays(start: dt.date, end: dt.date) -> frozenset[dt.date]:
    """The bank holidays of England and Wales in [start, end), as far as they have been set."""
    return frozenset(day for day in _bank_holidays() if start <= day < end)


def bank_holidays_known_until() -> dt.date:
    """The first day of which it is not known whether it is a bank holiday."""
    return dt.date(max(_bank_holidays()).year + 1, 1, 1)


def _sources(organisation: Organisation) -> list[list[int]]:
    """The ids of whose holidays to take, the nearest first."""
    same = Organisation.objects.filter(authorities__in=organisation.authorities.all())
    ids = same.exclude(pk=organisation.pk).distinct().values_list("pk", flat=True)
    return [*([pk] for pk in with_ancestors(organisation)), list(ids)]


def _overlapping(ids: list[int], start: dt.date, end: dt.date) -> QuerySet[Holiday]:
    return Holiday.objects.filter(
        organisation__in=ids, start_on__lt=end, end_on__gt=start
    ).order_by("start_on", "pk")


@cache
def _bank_holidays() -> frozenset[dt.date]:
    """From the package's own list: it must not ask the network in the middle of a request."""
    known = BankHolidays(use_cached_holidays=True)
    found = known.get_holidays(division=BankHolidays.ENGLAND_AND_WALES)
    return frozenset(each["date"] for each in found)
