"""Fields that the forms of a plan's parts share."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from decimal import Decimal
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from clusterwork.plans.rules import refusals
from clusterwork.plans.rules.whole import NamedSchool, WholePlan
from clusterwork.web.dayfields import day_field, last_day_field
from clusterwork.web.formats import said
from clusterwork.web.plans.writing.values import name_in

NOT_THERE = _("This is not one of the choices any more. Choose one from the list.")
NARROW = {"class": "govuk-input--width-10", "inputmode": "decimal"}


class Pounds(forms.DecimalField):
    """Pounds on the page, whole pence as a value; takes £ and commas."""

    def __init__(self, label: Any, **options: Any) -> None:
        super().__init__(
            label=label,
            min_value=0,
            max_digits=12,
            decimal_places=2,
            widget=forms.TextInput(attrs=dict(NARROW)),
            error_messages={
                "required": _("Enter the amount in pounds, for example 1250."),
                "invalid": _("This is not an amount. Write it in figures, for example 1250.50."),
                "min_value": _("An amount is 0 or more."),
                "max_decimal_places": _("Write pounds and pence, with two digits after the point."),
                "max_digits": _("This amount is too large."),
                "max_whole_digits": _("This amount is too large."),
            },
            **options,
        )

    def prepare_value(self, value: Any) -> Any:
        """Pence as pounds; what was typed as it was typed."""
        return f"{Decimal(value) / 100:.2f}" if isinstance(value, int) else value

    def to_python(self, value: Any) -> Any:
        """Without the sign and the commas."""
        typed = str(value).replace("£", "").replace(",", "").replace(" ", "") if value else value
        return super().to_python(typed)

    def clean(self, value: Any) -> Any:
        """Whole pence."""
        found = super().clean(value)
        return None if found is None else int(found * 100)


def words(label: Any, most: int, *, rows: int = 0, hint: Any = "") -> forms.CharField:
    """A line, or a text of some rows; too much is refused in words, never cut off by a browser."""
    widget = forms.Textarea(attrs={"rows": rows}) if rows else forms.TextInput()
    return forms.CharField(
        label=label,
        help_text=hint,
        required=False,
        widget=widget,
        validators=[not_longer_than(most)],
    )


def not_longer_than(most: int) -> Callable[[str], None]:
    """Says how long the text is and how long it may be."""

    def check(text: str) -> None:
        if len(text) > most:
            raise forms.ValidationError(said(refusals.too_long("", len(text), most)))

    return check


def day(label: Any, *, hint: Any = "", required: bool = True) -> forms.DateField:
    """A day."""
    return day_field(label, help_text=hint, required=required)


def last_day(label: Any, *, hint: Any = "", required: bool = True) -> forms.DateField:
    """The last day of a period."""
    return last_day_field(label, help_text=hint, required=required)


def decimal(label: Any, *, hint: Any = "", required: bool = False) -> forms.FloatField:
    """A number, or none."""
    return forms.FloatField(
        label=label,
        help_text=hint,
        required=required,
        widget=forms.TextInput(attrs=dict(NARROW)),
        error_messages={
            "invalid": _("This is not a number. Write it in figures, for example 62.5."),
            "required": _("Enter a number, for example 62.5."),
        },
    )


def one_of(label: Any, choices: Iterable[tuple[str, Any]], *, hint: Any = "") -> forms.ChoiceField:
    """One of the model's choices, in a list."""
    return forms.ChoiceField(
        label=label,
        help_text=hint,
        choices=list(choices),
        required=False,
        error_messages={"invalid_choice": NOT_THERE},
    )


def radios(label: Any, choices: Sequence[tuple[str, Any]], *, hint: Any = "") -> forms.ChoiceField:
    """One of a few, all in sight."""
    found = one_of(label, choices, hint=hint)
    found.widget = forms.RadioSelect(choices=list(choices))
    return found


def one_part(
    label: Any, whole: WholePlan, section: str, *, none: Any = None, hint: Any = ""
) -> forms.TypedChoiceField:
    """Another part of the plan by its name; `none` is what an empty choice is called."""
    listed = [(str(each.uid), name_in(whole, each)) for each in whole.section(section)]
    return pointing(label, [("", none or _("None")), *listed], UUID, hint=hint)


def one_school(
    label: Any, schools: Iterable[NamedSchool], *, none: Any = None, hint: Any = ""
) -> forms.TypedChoiceField:
    """A school by its name."""
    listed = [(str(each.pk), each.name) for each in schools]
    return pointing(label, [("", none or _("None")), *listed], int, hint=hint)


def pointing(
    label: Any, choices: Sequence[tuple[str, Any]], coerce: Callable[[str], Any], *, hint: Any = ""
) -> forms.TypedChoiceField:
    """One of a list, or none."""
    return forms.TypedChoiceField(
        label=label,
        help_text=hint,
        choices=choices,
        coerce=coerce,
        empty_value=None,
        required=False,
        error_messages={"invalid_choice": NOT_THERE},
    )


def several_parts(
    label: Any, whole: WholePlan, section: str, *, hint: Any = ""
) -> forms.TypedMultipleChoiceField:
    """Other parts of the plan, to tick."""
    listed = [(str(each.uid), name_in(whole, each)) for each in whole.section(section)]
    return ticking(label, listed, UUID, hint=hint)


def several_schools(
    label: Any, schools: Iterable[NamedSchool], *, hint: Any = ""
) -> forms.TypedMultipleChoiceField:
    """Schools to tick."""
    return ticking(label, [(str(each.pk), each.name) for each in schools], int, hint=hint)


def ticking(
    label: Any, choices: Sequence[tuple[str, Any]], coerce: Callable[[str], Any], *, hint: Any = ""
) -> forms.TypedMultipleChoiceField:
    """Any number of a list."""
    return forms.TypedMultipleChoiceField(
        label=label,
        help_text=hint,
        choices=choices,
        coerce=coerce,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": NOT_THERE},
    )
