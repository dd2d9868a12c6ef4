"""A line of a school's statement, and asking a cluster's schools for theirs."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from clusterwork.measures.models import Measure
from clusterwork.plans.models import Need
from clusterwork.plans.rules.years import year_of, year_words
from clusterwork.plans.services.needs import MOST_CHARACTERS, NeedFacts
from clusterwork.web.dayfields import day_field

NO_MEASURE = ("", _("Figures do not show it"))


class NeedForm(forms.Form):
    """One line: what kind, in which area, in whose words."""

    kind = forms.ChoiceField(
        label=_("What is it?"), choices=Need.Kind.choices, widget=forms.RadioSelect
    )
    area = forms.ChoiceField(
        label=_("Area"),
        choices=Need.Area.choices,
        help_text=_("So that one school’s strength can meet another’s need."),
    )
    text = forms.CharField(
        label=_("In your words"),
        help_text=_("Write as you would tell the other heads. Name no pupil."),
        max_length=MOST_CHARACTERS,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={
            "required": _("Write it in your own words."),
            "max_length": _(
                "This is longer than the %(limit_value)d characters that are kept. Shorten it, or "
                "make two lines of it."
            ),
        },
    )
    told_by = forms.ChoiceField(
        label=_("Who told you?"),
        choices=Need.ToldBy.choices,
        required=False,
        widget=forms.RadioSelect,
        help_text=_("Only for what you were told."),
    )
    measure = forms.ModelChoiceField(
        queryset=Measure.objects.none(),
        label=_("A figure that goes with it"),
        required=False,
        empty_label=_("None: figures do not show it"),
    )
    seen = forms.CharField(required=False, strip=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, measures: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        measure: Any = self.fields["measure"]
        measure.queryset = measures

    def clean(self) -> dict[str, Any]:
        """What one was told has a voice."""
        data = super().clean() or {}
        if data.get("kind") == Need.Kind.VOICE and not data.get("told_by"):
            self.add_error("told_by", _("Choose who told you."))
        return data

    @property
    def facts(self) -> NeedFacts:
        """What was typed."""
        data = self.cleaned_data
        return NeedFacts(data["kind"], data["text"], data["area"], data["told_by"], data["measure"])


class AskNeedsForm(forms.Form):
    """For which school year, and until when."""

    year = forms.TypedChoiceField(label=_("School year"), coerce=int, widget=forms.RadioSelect)
    by = day_field(_("Answers until"), help_text=_("Heads see this day at Home and in the letter."))

    def __init__(self, *args: Any, day: dt.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        year: Any = self.fields["year"]
        year.choices = year_choices((year_of(day), year_of(day) + 1))


def year_choices(years: Iterable[int]) -> list[tuple[int, str]]:
    """School years as people write them."""
    return [(each, year_words(each)) for each in years]
