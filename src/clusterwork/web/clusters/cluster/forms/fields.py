"""Fields that the forms of clusters share."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

DAYS = ["%Y-%m-%d", "%d/%m/%Y", "%d %B %Y", "%d %b %Y", "%d.%m.%Y"]
REASON_LENGTH = 500


def day_field(label: Any, *, help_text: Any = "", required: bool = True) -> forms.DateField:
    """A day that browsers offer a calendar for."""
    return forms.DateField(
        label=label,
        help_text=help_text,
        required=required,
        input_formats=DAYS,
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        error_messages={
            "required": _("Enter the day."),
            "invalid": _("Enter a date as day/month/year, for example 27/3/2019."),
        },
    )


def words_field(label: Any, *, asked: Any = "", help_text: Any = "") -> forms.CharField:
    """A few sentences; `asked` says what to write where it must be filled."""
    return forms.CharField(
        label=label,
        help_text=help_text,
        required=bool(asked),
        max_length=REASON_LENGTH,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": asked},
    )


def name_field(label: Any, *, asked: Any = "", help_text: Any = "") -> forms.CharField:
    """A name in one line."""
    return forms.CharField(
        label=label,
        help_text=help_text,
        required=bool(asked),
        max_length=200,
        error_messages={"required": asked},
    )
