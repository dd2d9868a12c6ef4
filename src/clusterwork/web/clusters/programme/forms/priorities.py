"""One priority, in one language or both."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from clusterwork.clusters.models import Programme

ROOM = 300


class PriorityForm(forms.Form):
    """The words of a priority."""

    text = forms.CharField(
        label=_("What are the clusters to improve?"),
        help_text=_("For example, reading when children move from primary to secondary."),
        max_length=ROOM,
        error_messages={"required": _("Write the priority.")},
    )
    text_cy = forms.CharField(
        label=_("The same in Welsh"),
        help_text=_("Leave it empty if it is not translated yet."),
        max_length=ROOM,
        required=False,
    )

    def __init__(self, *args: Any, programme: Programme, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not programme.organisation.is_welsh:
            del self.fields["text_cy"]
