"""Recording a partnership by hand, and the day on which a school leaves one."""

from __future__ import annotations

import datetime as dt

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from clusterwork.registry.models import PartnershipKind
from clusterwork.web.dayfields import day_field, last_day_field


class PartnershipForm(forms.Form):
    """Which partnership, and over which period."""

    kind = forms.ChoiceField(
        label=_("Kind of partnership"),
        choices=PartnershipKind.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose the kind of partnership.")},
    )
    name = forms.CharField(
        label=_("Name"),
        help_text=_("The name that its schools use. A partnership of this name is joined."),
        max_length=200,
        error_messages={"required": _("Write the name that its schools use.")},
    )
    since = day_field(_("From"), help_text=_("Leave it empty where nobody knows."), required=False)
    until = last_day_field(_("Last day"), help_text=_("Empty while it lasts."), required=False)


class EndForm(forms.Form):
    """The first day on which the school is no longer in the partnership."""

    on = day_field(_("From which day is the school no longer in it?"), asked=_("Enter the date."))

    def clean_on(self) -> dt.date:
        """What is planned is not yet a fact."""
        day: dt.date = self.cleaned_data["on"]
        if day > timezone.localdate():
            raise forms.ValidationError(_("Enter today's date or an earlier one."))
        return day
