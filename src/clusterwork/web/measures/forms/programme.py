"""Which measure a programme's page shows."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from clusterwork.measures.models import Measure


class MeasureChoiceForm(forms.Form):
    """One of the measures of which there are figures."""

    measure = forms.ChoiceField(label=_("Measure"), required=False)

    def __init__(self, data: Any, *, measures: list[Measure], chosen: Measure | None) -> None:
        given = {"measure": str(chosen.pk)} if chosen else {}
        super().__init__(given or data)
        choices = [(str(each.pk), str(each)) for each in measures]
        self.fields["measure"].choices = choices  # type: ignore[attr-defined]
