"""The field in which a day is entered, in whichever of the usual ways it is written."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

DAYS = [
    "%Y-%m-%d",
    "%d/%m/%Y",
    "%d.%m.%Y",
    "%d-%m-%Y",
    "%d %m %Y",
    "%d %B %Y",
    "%d %b %Y",
]
ASKED = _("Enter the day.")
NOT_A_DAY = _("Enter a date as day/month/year, for example 27/3/2019.")
NOT_A_DAY_TYPED = _("This is not a day. Write day, month and year, for example 1/9/2027.")


def day_field(label: Any, *, wrong: Any = NOT_A_DAY, **more: Any) -> forms.DateField:
    """A day that browsers offer a calendar for. `more` as for `_field`."""
    calendar = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
    return _field(label, calendar, wrong, **more)


def typed_day_field(label: Any, *, wrong: Any = NOT_A_DAY_TYPED, **more: Any) -> forms.DateField:
    """A day that is typed without a calendar: one known by heart, or years away."""
    line = forms.DateInput(format="%d/%m/%Y", attrs={"class": "govuk-input--width-10"})
    return _field(label, line, wrong, **more)


def _field(
    label: Any,
    widget: forms.DateInput,
    wrong: Any,
    *,
    help_text: Any = "",
    required: bool = True,
    asked: Any = ASKED,
) -> forms.DateField:
    """`asked` says what to enter where it must be filled, `wrong` how a day is written."""
    return forms.DateField(
        label=label,
        help_text=help_text,
        required=required,
        input_formats=DAYS,
        widget=widget,
        error_messages={"required": asked, "invalid": wrong},
    )
