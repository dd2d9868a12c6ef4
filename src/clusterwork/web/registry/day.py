"""The day whose facts a page shows: today, unless the address says another."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django import forms
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

EARLIEST = dt.date(1900, 1, 1)


class DayForm(forms.Form):
    """The `as at` control."""

    on = forms.DateField(
        label=_("Facts as at"),
        required=False,
        input_formats=["%Y-%m-%d", "%d/%m/%Y", "%d %B %Y"],
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        error_messages={"invalid": _("Enter a date as day/month/year, for example 27/3/2019.")},
    )

    def clean_on(self) -> dt.date | None:
        """No day before the register can know anything, and none to come."""
        day: dt.date | None = self.cleaned_data["on"]
        if day and not EARLIEST <= day <= timezone.localdate():
            raise forms.ValidationError(
                _("Enter a date from 1900 to today: the register knows no later facts.")
            )
        return day


@dataclass(frozen=True)
class Day:
    """The day asked for; `form` shows the control, with what was wrong."""

    on: dt.date
    form: DayForm

    @property
    def is_past(self) -> bool:
        """Whether the page shows the past, which cannot be edited."""
        return self.on < timezone.localdate()


def day_of(request: HttpRequest) -> Day:
    """The day in the address; today where there is none or it cannot be read."""
    given = request.GET if request.GET.get("on") else None
    form = DayForm(given, initial={"on": timezone.localdate()})
    day = form.cleaned_data["on"] if form.is_bound and form.is_valid() else None
    return Day(day or timezone.localdate(), form)
