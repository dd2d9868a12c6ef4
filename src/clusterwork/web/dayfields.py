"""The field in which a day is entered, in whichever of the usual ways it is written."""

from __future__ import annotations

import datetime as dt
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
DAY = dt.timedelta(days=1)
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


def last_day_field(label: Any, *, wrong: Any = NOT_A_DAY, **more: Any) -> forms.DateField:
    """The last day of a period, as people think of it; its value is the first day after it."""
    calendar = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
    return _field(label, calendar, wrong, kind=LastDay, **more)


def typed_last_day_field(
    label: Any, *, wrong: Any = NOT_A_DAY_TYPED, **more: Any
) -> forms.DateField:
    """As `last_day_field`, typed without a calendar."""
    line = forms.DateInput(format="%d/%m/%Y", attrs={"class": "govuk-input--width-10"})
    return _field(label, line, wrong, kind=LastDay, **more)


class LastDay(forms.DateField):
    """A last day on the page, the first day after it as a value."""

    def to_python(self, value: Any) -> dt.date | None:
        """The day after the one that was typed; a day that is a value already stays."""
        found = super().to_python(value)
        if found is None or isinstance(value, dt.date):
            return found
        if found == dt.date.max:
            raise forms.ValidationError(self.error_messages["invalid"], code="invalid")
        return found + DAY

    def prepare_value(self, value: Any) -> Any:
        """The last day before a value; what was typed as it was typed."""
        return value - DAY if isinstance(value, dt.date) else value


def _field(
    label: Any,
    widget: forms.DateInput,
    wrong: Any,
    *,
    kind: type[forms.DateField] = forms.DateField,
    help_text: Any = "",
    required: bool = True,
    asked: Any = ASKED,
) -> forms.DateField:
    """`asked` says what to enter where it must be filled, `wrong` how a day is written."""
    return kind(
        label=label,
        help_text=help_text,
        required=required,
        input_formats=DAYS,
        widget=widget,
        error_messages={"required": asked, "invalid": wrong},
    )
