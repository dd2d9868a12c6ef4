"""Which measure, group, bands or scale a picture shows; every answer stands in the address."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from clusterwork.evaluation.rules.bands import USUAL_ENDS, NoBands, ends_of
from clusterwork.measures.models import Measure
from clusterwork.registry.models import Scale
from clusterwork.web.formats import said

Choices = Sequence[tuple[str, str]]


class MeasureForm(forms.Form):
    """One of the measures of which there are figures, and one of its groups."""

    measure = forms.ChoiceField(label=_("Measure"), required=False)
    group = forms.ChoiceField(label=_("Group"), required=False)

    def __init__(self, *, measures: Sequence[Measure], groups: Choices, given: Any) -> None:
        super().__init__(given)
        choices = [(str(each.pk), str(each)) for each in measures]
        self.fields["measure"].choices = choices  # type: ignore[attr-defined]
        if len(groups) > 1:
            self.fields["group"].choices = groups  # type: ignore[attr-defined]
        else:
            del self.fields["group"]


class BandsForm(forms.Form):
    """The measure, where one band ends and the next begins, and the floor."""

    measure = forms.ChoiceField(label=_("Measure"), required=False)
    bands = forms.CharField(
        label=_("Bands of size"),
        required=False,
        help_text=_("The largest number of pupils of each band but the last, for example 50, 100."),
    )
    floor = forms.DecimalField(
        label=_("Floor"),
        required=False,
        min_value=0,
        max_value=100,
        max_digits=5,
        decimal_places=2,
        localize=False,
        help_text=_("Schools beyond this percentage are counted. Leave empty for the usual one."),
        error_messages={
            "invalid": _("Enter a percentage from 0 to 100."),
            "min_value": _("Enter a percentage from 0 to 100."),
            "max_value": _("Enter a percentage from 0 to 100."),
            "max_digits": _("Enter a percentage from 0 to 100 with two decimals at most."),
            "max_decimal_places": _("Enter a percentage from 0 to 100 with two decimals at most."),
        },
    )

    def __init__(self, *, measures: Sequence[Measure], given: Any) -> None:
        super().__init__(given)
        choices = [(str(each.pk), str(each)) for each in measures]
        self.fields["measure"].choices = choices  # type: ignore[attr-defined]

    def clean_bands(self) -> tuple[int, ...]:
        """The ends of the bands; the usual ones where nothing was typed."""
        text = self.cleaned_data["bands"]
        if not text.strip():
            return USUAL_ENDS
        try:
            return ends_of(text)
        except NoBands as problem:
            raise forms.ValidationError(said(problem)) from problem

    @property
    def ends(self) -> tuple[int, ...]:
        """The bands asked for; the usual ones where what was typed names none."""
        return self.cleaned_data.get("bands", USUAL_ENDS) if self.is_valid() else USUAL_ENDS

    @property
    def floor_asked(self) -> float | None:
        """The floor asked for, if any."""
        asked = self.cleaned_data.get("floor") if self.is_valid() else None
        return None if asked is None else float(asked)


class ScaleForm(forms.Form):
    """One of the scales on which schools of the programme have grades."""

    scale = forms.ChoiceField(label=_("Scale of grades"), required=False)

    def __init__(self, *, scales: Sequence[Scale], given: Any) -> None:
        super().__init__(given)
        choices = [(str(each.pk), str(each)) for each in scales]
        self.fields["scale"].choices = choices  # type: ignore[attr-defined]
