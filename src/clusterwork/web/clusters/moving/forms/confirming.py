"""When the clusters begin and what they are called until their schools choose."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from clusterwork.clusters.models.cluster import NAME_LENGTH
from clusterwork.web.dayfields import typed_day_field

NAME = "name-"


class FirstDayForm(forms.Form):
    """From which day."""

    start_on = typed_day_field(
        _("When do the clusters begin?"),
        help_text=_("For example 1/9/2027."),
        asked=_("Enter the day on which the clusters begin."),
    )


class ConfirmForm(FirstDayForm):
    """The day, a working name for each cluster, whether present memberships end, and whether
    schools that declined are placed all the same."""

    end_present = forms.BooleanField(
        label=_("End the memberships that these schools have in other clusters of the programme"),
        required=False,
    )

    despite_declines = forms.BooleanField(label=_("We confirm them all the same"), required=False)

    def __init__(
        self,
        *args: Any,
        suggested: dict[int, str],
        has_overlaps: bool,
        has_declines: bool,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["start_on"].widget = forms.HiddenInput()
        if not has_overlaps:
            del self.fields["end_present"]
        if not has_declines:
            del self.fields["despite_declines"]
        for number, name in suggested.items():
            self.fields[f"{NAME}{number}"] = forms.CharField(
                label=_now("Working name of cluster %(number)s") % {"number": number},
                max_length=NAME_LENGTH,
                initial=name,
                error_messages={"required": _("Name the cluster after a place.")},
            )

    @property
    def names(self) -> dict[int, str]:
        """Cluster number to working name."""
        given = self.cleaned_data.items()
        return {int(key.removeprefix(NAME)): v for key, v in given if key.startswith(NAME)}

    @property
    def first_day(self) -> dt.date:
        """The day on which the clusters begin."""
        found: dt.date = self.cleaned_data["start_on"]
        return found
