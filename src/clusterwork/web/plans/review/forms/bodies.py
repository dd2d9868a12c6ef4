"""The bodies that review a programme's plans, and the questions that they ask."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from clusterwork.clusters.models import Programme, ProgrammeGroup


class BodyForm(forms.Form):
    """A group of the programme or its officers, and when it reads."""

    group = forms.ModelChoiceField(
        ProgrammeGroup.objects.none(),
        label=_("Which group reviews?"),
        help_text=_("Without a group the programme officers do."),
        empty_label=_("The programme officers"),
        required=False,
    )
    name = forms.CharField(
        label=_("What is it called in letters and on pages?"),
        help_text=_("For example: the authority’s director. Empty takes the name of the group."),
        max_length=200,
        required=False,
    )
    name_cy = forms.CharField(label=_("Its name in Welsh"), max_length=200, required=False)
    turn = forms.IntegerField(
        label=_("In which turn does it read?"),
        help_text=_("Bodies of the same turn read at the same time, later turns after them."),
        min_value=1,
        max_value=20,
        initial=1,
    )

    def __init__(self, *args: Any, programme: Programme, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["group"].queryset = programme.groups.all()  # type: ignore[attr-defined]


class QuestionForm(forms.Form):
    """A question of the checklist in both languages."""

    text = forms.CharField(label=_("Question"), max_length=300)
    text_cy = forms.CharField(label=_("Question in Welsh"), max_length=300, required=False)
    place = forms.IntegerField(label=_("Place in the list"), min_value=0, max_value=999, initial=9)


class EndForm(forms.Form):
    """Nothing to fill in: the press of the button is the answer."""
