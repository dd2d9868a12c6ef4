"""What goes with a plan that is sent, and how a school was asked about it."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from clusterwork.plans.services.consulting import MOST_WORDS
from clusterwork.plans.services.submitting import MOST_NOTE
from clusterwork.web.dayfields import day_field


class SendForm(forms.Form):
    """A note to the reviewers."""

    note = forms.CharField(
        label=_("A note to the reviewers"),
        help_text=_("What they should know that the plan does not say. It may stay empty."),
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=MOST_NOTE,
        required=False,
    )


class AskedForm(forms.Form):
    """How and when a school was asked."""

    how = forms.CharField(
        label=_("How was it asked?"),
        help_text=_("For example: at the meeting of heads, or on the telephone."),
        max_length=MOST_WORDS,
    )
    on = day_field(_("On which day?"))
