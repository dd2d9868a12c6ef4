"""The day whose facts a page shows: today, unless the address says another."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from clusterwork.web.dayfields import day_field

EARLIEST = dt.date(1900, 1, 1)
YEARS_AHEAD = 10


class DayForm(forms.Form):
    """The `as at` control, for facts that nobody can know before they come."""

    on = day_field(_("Facts as at"), required=False)
    too_far: Any = _("Enter a date from 1900 to today: the register knows no later facts.")

    def latest(self) -> dt.date:
        """The last day that can be asked for."""
        return timezone.localdate()

    def clean_on(self) -> dt.date | None:
        """No day before anything can be known, and none beyond the latest."""
        day: dt.date | None = self.cleaned_data["on"]
        if day and not EARLIEST <= day <= self.latest():
            raise forms.ValidationError(self.too_far)
        return day


class PlannedDayForm(DayForm):
    """The `as at` control where what is planned is dated too: memberships, appointments."""

    too_far = _("Enter a date from 1900 to ten years from now.")

    def latest(self) -> dt.date:
        """Ten years from today."""
        today = timezone.localdate()
        return dt.date(today.year + YEARS_AHEAD, 12, 31)


@dataclass(frozen=True)
class Day:
    """The day asked for; `form` shows the control, with what was wrong."""

    on: dt.date
    form: DayForm

    @property
    def is_past(self) -> bool:
        """Whether the page shows the past, which cannot be edited."""
        return self.on < timezone.localdate()

    @property
    def is_to_come(self) -> bool:
        """Whether the page shows what is planned for a day that has not come."""
        return self.on > timezone.localdate()

    @property
    def is_today(self) -> bool:
        """Whether the page shows today, the only day on which it can be edited."""
        return self.on == timezone.localdate()

    @property
    def query(self) -> str:
        """What keeps the day in another page's address; empty today."""
        return "" if self.is_today else f"?on={self.on.isoformat()}"


def day_of(request: HttpRequest, form_class: type[DayForm] = DayForm) -> Day:
    """The day in the address; today where there is none or it cannot be read."""
    given = request.GET if request.GET.get("on") else None
    form = form_class(given, initial={"on": timezone.localdate()})
    day = form.cleaned_data["on"] if form.is_bound and form.is_valid() else None
    return Day(day or timezone.localdate(), form)


def planned_day_of(request: HttpRequest) -> Day:
    """The same where days to come can be asked for as well."""
    return day_of(request, PlannedDayForm)
