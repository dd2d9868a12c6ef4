"""The form by which somebody makes a key for a program."""

from __future__ import annotations

import datetime as dt

from django import forms
from django.utils.translation import gettext_lazy as _

MONTH, HALF, YEAR = "30", "182", "365"


class ApiTokenForm(forms.Form):
    """What the key is for, and for how long."""

    name = forms.CharField(
        label=_("What the key is for"),
        help_text=_("Such as the program or the report that will use it."),
        max_length=100,
        error_messages={"required": _("Write what the key is for.")},
    )
    days = forms.ChoiceField(
        label=_("How long it holds"),
        choices=((MONTH, _("30 days")), (HALF, _("Half a year")), (YEAR, _("One year"))),
        widget=forms.RadioSelect,
        initial=HALF,
        error_messages={"required": _("Choose how long the key holds.")},
    )

    @property
    def holds(self) -> dt.timedelta:
        """For how long, of a valid form."""
        return dt.timedelta(days=int(self.cleaned_data["days"]))
