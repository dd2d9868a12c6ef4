"""The officer's words to a school."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from clusterwork.clusters.models import Reply


def words(label: Any, hint: Any = "", *, required: bool = False) -> forms.CharField:
    """A few lines of text."""
    return forms.CharField(
        label=label,
        help_text=hint,
        required=required,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": _("Say in a sentence what was decided and why.")},
    )


class ReplyForm(forms.Form):
    """The outcome, why, what it means for the school, and what it means for others."""

    outcome = forms.ChoiceField(
        label=_("What is the outcome?"),
        choices=Reply.Outcome.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose the outcome.")},
    )
    text = words(_("Your answer"), _("What was decided, and why."), required=True)
    cost_to_asker = words(_("What it means for the school"))
    outcome_to_others = words(_("What it means for others"))
