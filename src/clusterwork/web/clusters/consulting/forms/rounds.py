"""When schools are asked until, and with which words."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from clusterwork.clusters.services.rounds import USUAL_WEEKS
from clusterwork.web.dayfields import typed_day_field

LONGEST = 2000


def closing_field() -> forms.DateField:
    """The last day for answers."""
    return typed_day_field(
        _("Until when can the schools answer?"),
        help_text=_("The last day for answers. For example 15/12/2026."),
        asked=_("Enter the last day for answers."),
        wrong=_("This is not a day. Write day, month and year, for example 15/12/2026."),
    )


class AskForm(forms.Form):
    """Until when the two questions are open."""

    closes_on = closing_field()


class RoundForm(forms.Form):
    """Until when a proposal is with its schools, for how long at least, and what is said."""

    least_weeks = forms.IntegerField(
        label=_("How many school weeks do they get at least?"),
        help_text=_("A school week is five school days, wherever they lie."),
        min_value=1,
        max_value=20,
        initial=USUAL_WEEKS,
        widget=forms.TextInput(attrs={"class": "govuk-input--width-2", "inputmode": "numeric"}),
        error_messages={
            "required": _("Enter a number of weeks, for example 3."),
            "invalid": _("This is not a whole number. Write it in figures, for example 3."),
            "min_value": _("Give them one week or more."),
            "max_value": _("Give them 20 weeks or fewer."),
        },
    )
    closes_on = closing_field()
    message = forms.CharField(
        label=_("What do you want to tell the schools?"),
        help_text=_("It stands in the letter and on their page. You can leave it empty."),
        required=False,
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 6}),
    )


class WithdrawForm(forms.Form):
    """Why a proposal is taken back."""

    because = forms.CharField(
        label=_("Why is it taken back?"),
        help_text=_("It stands in the letter to every headteacher."),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": _("Write why, so that the schools know.")},
    )


class DioceseForm(forms.Form):
    """What a diocese says about one place."""

    text = forms.CharField(
        label=_("What does the diocese want to say?"),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={"required": _("Write what the diocese wants to say.")},
    )


class WishForm(forms.Form):
    """What becomes of one wish."""

    decision = forms.ChoiceField(
        label=_("What becomes of it?"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what becomes of the wish.")},
    )
    because = forms.CharField(
        label=_("Why?"),
        help_text=_("One sentence for whoever reads it later. Only programme officers see it."),
        max_length=300,
        required=False,
    )

    def __init__(self, *args: Any, choices: list[tuple[str, Any]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["decision"].choices = choices  # type: ignore[attr-defined]
