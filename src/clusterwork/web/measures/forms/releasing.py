"""Which figures a school releases to a cluster, and to whom."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from clusterwork.clusters.models import AgreementVersion
from clusterwork.web.measures.releasing import Own
from clusterwork.web.measures.words import figure_shown, when_shown

EVERYTHING, SOME = "everything", "some"
SCOPES = (
    (SOME, _("The figures of the measures ticked below")),
    (EVERYTHING, _("All figures, also those that come in later")),
)


class ReleaseForm(forms.Form):
    """All figures or those of some measures; with an agreement, officers may be let in too."""

    scope = forms.ChoiceField(
        label=_("Which figures?"),
        choices=SCOPES,
        initial=SOME,
        widget=forms.RadioSelect,
        error_messages={"required": _("Say which figures are to be released.")},
    )
    measures = forms.MultipleChoiceField(
        label=_("Measures"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": _("Choose among the measures of the list.")},
    )
    officers_too = forms.BooleanField(
        label=_("Programme officers of the cluster’s organisation see them too"),
        help_text=_("As the data-sharing agreement in force says. Without this they see totals."),
        required=False,
    )

    def __init__(self, data: Any, *, own: list[Own], agreement: AgreementVersion | None) -> None:
        super().__init__(data)
        self.own = own
        choices = [(str(each.measure.pk), _told(each)) for each in own]
        self.fields["measures"].choices = choices  # type: ignore[attr-defined]
        if not own:
            self.fields["scope"].initial = EVERYTHING
            self.fields["scope"].choices = SCOPES[1:]  # type: ignore[attr-defined]
            del self.fields["measures"]
        if agreement is None:
            del self.fields["officers_too"]

    def clean(self) -> dict[str, Any]:
        """Some measures are named where not all are released."""
        given = super().clean() or {}
        if given.get("scope") == SOME and not given.get("measures") and not self.errors:
            self.add_error("measures", _("Tick at least one measure, or release all figures."))
        return given

    @property
    def is_everything(self) -> bool:
        """Whether all measures are released."""
        return bool(self.cleaned_data["scope"] == EVERYTHING)

    @property
    def chosen(self) -> list[Own]:
        """What is released of what there is now."""
        ticked = set(self.cleaned_data.get("measures") or [])
        return [each for each in self.own if self.is_everything or str(each.measure.pk) in ticked]

    @property
    def measure_pks(self) -> list[int | None]:
        """What the service is asked for; None stands for all measures."""
        return [None] if self.is_everything else [each.measure.pk for each in self.chosen]


def _told(own: Own) -> str:
    latest = own.latest
    return f"{own.measure}: {figure_shown(latest)} ({when_shown(latest)})"
