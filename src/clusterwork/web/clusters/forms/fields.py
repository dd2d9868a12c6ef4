"""Fields of rules: whole numbers, amounts, choices and boxes, each with its own refusals."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

SHORT = {"class": "govuk-input--width-3", "inputmode": "numeric"}
DECIMAL = {"class": "govuk-input--width-4", "inputmode": "decimal"}


def whole(label: Any, *, required: bool = True) -> forms.IntegerField:
    """A whole number of 1 or more."""
    return forms.IntegerField(
        label=label,
        required=required,
        min_value=1,
        widget=forms.TextInput(attrs=dict(SHORT)),
        error_messages={
            "required": _("Enter a whole number, for example 5."),
            "invalid": _("This is not a whole number. Write it in figures, for example 5."),
            "min_value": _("The number must be 1 or more."),
        },
    )


def amount(label: Any, hint: Any = "", *, least: float = 0, most: float | None = None) -> Any:
    """A number of 0 or more, decimals allowed."""
    return forms.FloatField(
        label=label,
        help_text=hint,
        min_value=least,
        max_value=most,
        widget=forms.TextInput(attrs=dict(DECIMAL)),
        error_messages={
            "required": _("Enter a number. Write 0 if this is not to count."),
            "invalid": _("This is not a number. Write it in figures, for example 1.5."),
            "min_value": _("The number must be %(limit_value)s or more."),
            "max_value": _("The number must be %(limit_value)s or less."),
        },
    )


def choice(label: Any, hint: Any, *choices: tuple[str, Any]) -> forms.ChoiceField:
    """One of several, as radios."""
    return forms.ChoiceField(label=label, help_text=hint, choices=choices, widget=forms.RadioSelect)


def yes(label: Any, hint: Any) -> forms.BooleanField:
    """A box to tick."""
    return forms.BooleanField(label=label, help_text=hint, required=False)
