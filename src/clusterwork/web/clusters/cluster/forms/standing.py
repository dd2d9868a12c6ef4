"""How a cluster stands: every dimension of the reports, with what its words mean."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from clusterwork.clusters.models import Standing
from clusterwork.clusters.models.standing import (
    AuthorityPart,
    Basis,
    Footing,
    Formality,
    Initiation,
    Origin,
    Phases,
    Purpose,
    Sectors,
)
from clusterwork.clusters.services.standings import StandingFacts, fields_of
from clusterwork.web.clusters.cluster.definitions import SOURCES, explained
from clusterwork.web.dayfields import day_field

DIMENSIONS: dict[str, tuple[Any, Any]] = {
    "origin": (_("Voluntary or prescribed?"), Origin),
    "initiation": (_("Top-down or bottom-up?"), Initiation),
    "footing": (_("Horizontal or vertical?"), Footing),
    "phases": (_("Cross-phase or single-phase?"), Phases),
    "sectors": (_("Cross-sector or single-sector?"), Sectors),
    "basis": (_("Geographical, subject or special interest?"), Basis),
    "formality": (_("How formal is it?"), Formality),
}
SEVERAL: dict[str, tuple[Any, Any]] = {
    "purposes": (_("What is it for?"), Purpose),
    "authority_parts": (_("What is the authority to it?"), AuthorityPart),
}


class StandingForm(forms.Form):
    """How the cluster stands from a day on; what nobody can say stays open."""

    working_model = forms.CharField(
        label=_("How does it work?"),
        help_text=_("Its working model: who meets how often, who leads what, what is shared."),
        required=False,
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    purpose_in_words = forms.CharField(
        label=_("Its purpose in its own words"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    contact_name = forms.CharField(
        label=_("Who to ring: name"),
        help_text=_("Everyone with a role can see it. Empty: the coordinator, else the chair."),
        max_length=150,
        required=False,
    )
    contact_phone = forms.CharField(
        label=_("Telephone"),
        max_length=40,
        required=False,
        widget=forms.TextInput(attrs={"class": "govuk-input--width-20"}),
    )
    contact_email = forms.EmailField(
        label=_("E-mail"),
        max_length=254,
        required=False,
        error_messages={"invalid": _("Write an e-mail address, such as name@school.example.")},
    )
    on = day_field(_("From which day is this so?"))

    def __init__(self, *args: Any, standing: Standing | None, **kwargs: Any) -> None:
        if standing:
            kwargs["initial"] = {**fields_of(standing), **kwargs.get("initial", {})}
        super().__init__(*args, **kwargs)
        not_said = [("", _now("Not said"))]
        for name, (label, choices) in DIMENSIONS.items():
            self.fields[name] = forms.ChoiceField(
                label=label,
                help_text=SOURCES[name],
                choices=not_said + explained(choices),
                required=False,
                widget=forms.RadioSelect,
            )
        for name, (label, choices) in SEVERAL.items():
            self.fields[name] = forms.MultipleChoiceField(
                label=label,
                help_text=SOURCES[name],
                choices=explained(choices),
                required=False,
                widget=forms.CheckboxSelectMultiple,
            )

    @property
    def facts(self) -> StandingFacts:
        """What was chosen."""
        data = self.cleaned_data
        texts = ("working_model", "purpose_in_words", "contact_name", "contact_phone")
        one = {name: data[name] for name in (*DIMENSIONS, *texts, "contact_email")}
        one["formality"] = int(data["formality"]) if data["formality"] else None
        return StandingFacts(
            **one,
            purposes=tuple(data["purposes"]),
            authority_parts=tuple(data["authority_parts"]),
        )


class WorkingModelForm(forms.Form):
    """How the cluster works, in its own words."""

    working_model = forms.CharField(
        label=_("How do you work together?"),
        help_text=_("Who meets how often, who leads what, what is shared."),
        required=False,
        widget=forms.Textarea(attrs={"rows": 8}),
    )
    on = day_field(_("From which day is this so?"))
