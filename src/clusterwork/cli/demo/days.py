"""The days of the demonstration's story: so long ago, and not before the school year."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.utils import timezone

from clusterwork.plans.rules.years import year_of

TEN = dt.time(10)


@dataclass(frozen=True)
class Days:
    """Days and moments seen from today."""

    today: dt.date

    @property
    def year(self) -> int:
        """The school year of today, by the calendar year in which it ends."""
        return year_of(self.today)

    @property
    def start_on(self) -> dt.date:
        """The first day of the school year, and of the plans."""
        return dt.date(self.today.year - (self.today.month < 9), 9, 1)

    @property
    def end_on(self) -> dt.date:
        """The plans last two school years."""
        return self.start_on.replace(year=self.start_on.year + 2)

    def ago(self, n: int) -> dt.date:
        """So many days before today."""
        return self.today - dt.timedelta(days=n)

    def ahead(self, n: int) -> dt.date:
        """So many days after today."""
        return self.today + dt.timedelta(days=n)

    def lately(self, n: int) -> dt.date:
        """So many days before today, but within the school year."""
        return max(self.ago(n), self.start_on)

    def within(self, months: int) -> dt.date:
        """A first of the month so many months after the plans begin."""
        years, month = divmod(8 + months, 12)
        return dt.date(self.start_on.year + years, month + 1, 1)


def moment(day: dt.date) -> dt.datetime:
    """Ten in the morning, or now where that has not come yet."""
    at = timezone.make_aware(dt.datetime.combine(day, TEN))
    return min(at, timezone.now())
