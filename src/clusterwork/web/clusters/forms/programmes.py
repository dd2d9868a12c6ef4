"""What a programme is called and when it runs."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from clusterwork.clusters.models import Formation
from clusterwork.clusters.models.programme import NAME_LENGTH
from clusterwork.clusters.services.programmes import ProgrammeFacts
from clusterwork.registry.models import Organisation
from clusterwork.web.dayfields import typed_day_field, typed_last_day_field


class ProgrammeForm(forms.Form):
    """A programme's facts; the organisation is asked for only where there are several."""

    organisation = forms.ModelChoiceField(
        Organisation.objects.none(),
        label=_("Which organisation runs the programme?"),
        widget=forms.Select,
        empty_label=None,
    )
    name = forms.CharField(
        label=_("What is the programme called?"),
        max_length=NAME_LENGTH,
        error_messages={"required": _("Enter a name for the programme.")},
    )
    name_cy = forms.CharField(
        label=_("Name in Welsh"),
        help_text=_("Leave it empty if it has none yet."),
        max_length=NAME_LENGTH,
        required=False,
    )
    starts_on = typed_day_field(
        _("When does it start?"), asked=_("Enter the day on which the programme starts.")
    )
    ends_on = typed_last_day_field(_("When does it end?"), required=False)
    first_cycle_on = typed_day_field(
        _("When does its first cycle of plans and reports start?"), required=False
    )
    one_cluster_a_school = forms.BooleanField(
        label=_("A school may be in one of its clusters only, at a time"),
        help_text=_("Leave it unticked if a school may belong to several of its clusters."),
        required=False,
    )

    smallest_number = forms.IntegerField(
        label=_("Smallest number of people shown"),
        help_text=_(
            "Smaller numbers hide in tables and totals. 5 hides 1 to 4; 6 hides 1 to 5, as the "
            "tables of the Department for Education do. What has been shown stays known."
        ),
        required=False,
        min_value=3,
        max_value=100,
        initial=5,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "govuk-input--width-2"}),
        error_messages={
            "invalid": _("Enter a whole number, for example 5."),
            "min_value": _("Enter 3 or more, so that nobody can be known by a number."),
            "max_value": _("Enter 100 or less."),
        },
    )

    def __init__(self, *args: Any, organisations: list[Organisation], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["starts_on"].help_text = _("For example, 1/9/2027.")
        self.fields["ends_on"].help_text = _("Its last day. Leave it empty if no end is set.")
        self.fields["first_cycle_on"].help_text = _(
            "Leave time between the start and this day to find people and to begin. "
            "Leave it empty if it is not set."
        )
        field = self.fields["organisation"]
        field.queryset = Organisation.objects.filter(pk__in=[each.pk for each in organisations])  # type: ignore[attr-defined]
        if len(organisations) == 1:
            field.required = False
            field.initial = organisations[0]
            self.only_organisation = organisations[0]
        if not any(each.is_welsh for each in organisations):
            del self.fields["name_cy"]

    def clean(self) -> dict[str, Any]:
        """The last day not before the first."""
        data = super().clean() or {}
        starts, ends = data.get("starts_on"), data.get("ends_on")
        if starts and ends and ends <= starts:
            self.add_error("ends_on", _("The last day must not lie before the first."))
        return data

    @property
    def chosen_organisation(self) -> Organisation:
        """The organisation that was chosen, or the only one."""
        return self.cleaned_data.get("organisation") or self.only_organisation

    @property
    def facts(self) -> ProgrammeFacts:
        """What was typed."""
        data = self.cleaned_data
        return ProgrammeFacts(
            data["name"],
            data.get("name_cy", ""),
            data["starts_on"],
            data["ends_on"],
            data["first_cycle_on"],
            data["one_cluster_a_school"],
            data["smallest_number"] or 5,
        )


class FormationForm(forms.Form):
    """An exercise: its name and the kind of cluster that it forms."""

    name = forms.CharField(
        label=_("What is this exercise called?"),
        help_text=_("For example, Small schools 2027."),
        max_length=NAME_LENGTH,
        error_messages={"required": _("Enter a name for the exercise.")},
    )
    kind = forms.ChoiceField(
        label=_("Which kind of cluster?"),
        choices=Formation.Kind.choices,
        initial=Formation.Kind.NEIGHBOURHOOD,
        widget=forms.RadioSelect,
    )
