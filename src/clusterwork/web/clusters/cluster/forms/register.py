"""What an officer decides about a change in the register."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from clusterwork.registry.models import School
from clusterwork.web.clusters.cluster.forms.fields import words_field
from clusterwork.web.clusters.cluster.forms.members import told

NOTHING = "nothing"


class SettleForm(forms.Form):
    """Which school goes on, if any."""

    follows = forms.ChoiceField(
        label=_("What follows for the cluster?"),
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Choose what follows."),
            "invalid_choice": _("Search for the school again, and choose it."),
        },
    )
    outcome = words_field(_("What do you know about it?"), help_text=_("It may stay empty."))

    def __init__(self, *args: Any, schools: Sequence[School], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.found = {str(each.pk): each for each in schools}
        field = self.fields["follows"]
        field.choices = [  # type: ignore[attr-defined]
            *[
                (key, _now("This school goes on in its place: %(school)s") % {"school": told(each)})
                for key, each in self.found.items()
            ],
            (NOTHING, _now("Nothing follows: its membership has ended")),
        ]

    @property
    def chosen(self) -> School | None:
        """The school that goes on, if any."""
        return self.found.get(self.cleaned_data["follows"])
