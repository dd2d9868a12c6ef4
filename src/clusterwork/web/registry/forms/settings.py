"""A setting without an official number, and the school that it is later matched to."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import Case, QuerySet, When
from django.utils.translation import gettext_lazy as _

from clusterwork.registry.models import Authority, Phase, School
from clusterwork.registry.selectors.search import find_schools

MOST_OFFERED = 20
SHORT = {"class": "govuk-input--width-10"}


class SettingForm(forms.Form):
    """What is known of the setting; only name, authority and phase are needed."""

    name = forms.CharField(
        label=_("Name"),
        max_length=200,
        error_messages={"required": _("Write the name by which people know it.")},
    )
    name_cy = forms.CharField(label=_("Name in Welsh"), max_length=200, required=False)
    authority = forms.ModelChoiceField(
        Authority.objects.none(),
        label=_("Authority"),
        empty_label=_("Choose an authority"),
        error_messages={"required": _("Choose the authority that it stands in.")},
    )
    phase = forms.ChoiceField(
        label=_("Phase"),
        choices=Phase.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose the phase.")},
    )
    town = forms.CharField(label=_("Town or village"), max_length=120, required=False)
    postcode = forms.CharField(
        label=_("Postcode"), max_length=10, required=False, widget=forms.TextInput(attrs=SHORT)
    )
    easting = forms.IntegerField(
        label=_("Easting"),
        help_text=_("Metres on the National Grid, six digits. It places the setting on maps."),
        required=False,
        widget=forms.TextInput(attrs=SHORT | {"inputmode": "numeric"}),
        error_messages={"invalid": _("Enter the easting as a whole number of metres.")},
    )
    northing = forms.IntegerField(
        label=_("Northing"),
        required=False,
        widget=forms.TextInput(attrs=SHORT | {"inputmode": "numeric"}),
        error_messages={"invalid": _("Enter the northing as a whole number of metres.")},
    )

    def __init__(self, *args: Any, authorities: QuerySet[Authority], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["authority"]
        field.queryset = authorities

    def clean(self) -> dict[str, Any]:
        """Easting and northing only together."""
        given = super().clean() or {}
        for one, other in (("easting", "northing"), ("northing", "easting")):
            if given.get(one) is not None and other in given and given[other] is None:
                self.add_error(other, _("Enter both easting and northing, or neither."))
        return given


class MatchForm(forms.Form):
    """Which school of the register the setting is; offers those that the words find."""

    school = forms.ModelChoiceField(
        School.objects.none(),
        label=_("Which school is it?"),
        widget=forms.RadioSelect,
        empty_label=None,
        error_messages={
            "required": _("Choose the school, or search by other words."),
            "invalid_choice": _("Choose one of the schools that were found."),
        },
    )

    def __init__(self, *args: Any, setting: School, words: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["school"]
        field.queryset = offered(setting, words)
        field.label_from_instance = told
        self.n_offered = len(field.queryset)


def offered(setting: School, words: str) -> QuerySet[School]:
    """Official schools that the words find, those of the setting's own authority first."""
    found = find_schools(words=words, status="open").filter(by_hand=False) if words else None
    if found is None:
        return School.objects.none()
    elsewhere = Case(When(authority=setting.authority_id, then=0), default=1)
    first = found.order_by(elsewhere, "sort_key", "id").values_list("pk", flat=True)
    chosen = School.objects.select_related("authority").filter(pk__in=list(first[:MOST_OFFERED]))
    return chosen.order_by(elsewhere, "sort_key", "id")


def told(school: School) -> str:
    """Enough to tell two schools of one name apart."""
    parts = (str(school), school.town, str(school.authority), school.number)
    return ", ".join(part for part in parts if part)
