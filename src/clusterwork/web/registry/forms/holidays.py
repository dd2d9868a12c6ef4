"""School holidays: one at a time, or a list of lines."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from clusterwork.registry.models import Holiday, Organisation
from clusterwork.registry.models.organisations import NAME_LENGTH
from clusterwork.registry.rules.school_weeks import UsualHoliday
from clusterwork.registry.services.holidays import Row
from clusterwork.web.dayfields import DAYS, day_field

BETWEEN = re.compile(r"\s*[\t;,]\s*")
MOST_LINES = 60


class HolidayForm(forms.Form):
    """One holiday; its last day is asked for as the first day back, which nobody misreads."""

    name = forms.CharField(
        label=_("Name"),
        help_text=_("For example, October half-term."),
        max_length=NAME_LENGTH,
        error_messages={"required": _("Write what the holiday is called.")},
    )
    name_cy = forms.CharField(label=_("Name in Welsh"), max_length=NAME_LENGTH, required=False)
    start_on = day_field(_("First day without school"), asked=_("Enter the date."))
    end_on = day_field(_("First day back at school"), asked=_("Enter the date."))

    def __init__(
        self, *args: Any, organisation: Organisation, holiday: Holiday | None = None, **kwargs: Any
    ) -> None:
        if holiday:
            kwargs["initial"] = {name: getattr(holiday, name) for name in self.base_fields}
        super().__init__(*args, **kwargs)
        if not organisation.is_welsh:
            self.fields["name_cy"].widget = forms.HiddenInput()


class HolidaysForm(forms.Form):
    """Several holidays, one a line."""

    lines = forms.CharField(
        label=_("Holidays"),
        help_text=_(
            "One a line: name, first day without school, first day back. Commas, semicolons or "
            "the columns of a spreadsheet part the three. Example: October half-term, "
            "26/10/2026, 2/11/2026."
        ),
        widget=forms.Textarea(attrs={"rows": 10}),
        error_messages={"required": _("Write at least one line.")},
    )

    def clean_lines(self) -> list[Row]:
        """The rows; every line that cannot be read is named with its number."""
        lines = [line for line in self.cleaned_data["lines"].splitlines() if line.strip()]
        if len(lines) > MOST_LINES:
            raise forms.ValidationError(_("These are too many lines. Enter 60 at most at a time."))
        read = [(number, line, row_of(line)) for number, line in enumerate(lines, 1)]
        wrong = [unreadable(number, line) for number, line, row in read if row is None]
        if wrong:
            raise forms.ValidationError(wrong)
        return [row for _number, _line, row in read if row]


def unreadable(number: int, line: str) -> forms.ValidationError:
    """What is wrong with a line and how to put it right."""
    text = gettext(
        "Line %(number)s cannot be read: %(line)s. Write a name and two days as day/month/year."
    )
    return forms.ValidationError(text % {"number": number, "line": line[:80]})


def row_of(line: str) -> Row | None:
    """The name and two days of a line; None where they are not there."""
    parts = BETWEEN.split(line.strip())
    days = [_day(part) for part in parts[1:3]]
    if len(parts) != 3 or not parts[0] or None in days:
        return None
    return parts[0][:NAME_LENGTH], "", *days  # type: ignore[return-value]


def lines_of(usual: Iterable[UsualHoliday]) -> str:
    """The usual holidays as lines to start from."""
    return "\n".join(
        f"{gettext(each.name)}, {each.start_on:%d/%m/%Y}, {each.end_on:%d/%m/%Y}" for each in usual
    )


def _day(text: str) -> dt.date | None:
    for form in DAYS:
        try:
            return dt.datetime.strptime(text, form).date()  # noqa: DTZ007 - a day has no zone
        except ValueError:
            continue
    return None
