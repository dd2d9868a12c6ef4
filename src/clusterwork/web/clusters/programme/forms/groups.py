"""A programme's group, who joins it, and when somebody leaves."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from clusterwork.clusters.models import Programme, ProgrammeGroup
from clusterwork.clusters.selectors.eligibility import schools_in_programme
from clusterwork.clusters.services.groups import MemberFacts
from clusterwork.registry.models import School
from clusterwork.web.clusters.cluster.forms.fields import name_field
from clusterwork.web.dayfields import day_field, last_day_field


class GroupForm(forms.Form):
    """What a group is called and of which kind it is."""

    kind = forms.ChoiceField(
        label=_("Which kind of group?"),
        choices=ProgrammeGroup.Kind.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose the kind of group.")},
    )
    name = name_field(_("What is it called?"), asked=_("Write what the group is called."))
    name_cy = name_field(_("Name in Welsh"))

    def __init__(self, *args: Any, programme: Programme, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not programme.organisation.is_welsh:
            del self.fields["name_cy"]


class MemberForm(forms.Form):
    """Who sits in a group, for whom, and from when."""

    name = name_field(_("Name"), asked=_("Write the member's name."))
    email = forms.EmailField(
        label=_("E-mail address with which they sign in"),
        help_text=_(
            "They can then read about this programme. Leave it empty if they have no sign-in."
        ),
        required=False,
        error_messages={"invalid": _("Write the address with an @, or leave it empty.")},
    )
    school = forms.ModelChoiceField(
        School.objects.none(), label=_("School"), required=False, empty_label=_("None")
    )
    speaks_for = name_field(
        _("For whom do they speak?"),
        help_text=_("For example, small schools, or the diocese. It may stay empty."),
    )
    start_on = day_field(_("From which day?"))
    end_on = last_day_field(
        _("Until which day?"),
        help_text=_("The last day. Leave it empty while no end is set."),
        required=False,
    )

    def __init__(self, *args: Any, programme: Programme, day: dt.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        school: Any = self.fields["school"]
        inside = schools_in_programme(programme, day)
        school.queryset = School.objects.filter(pk__in=inside).order_by("sort_key", "pk")
        self.fields["start_on"].initial = day

    @property
    def facts(self) -> MemberFacts:
        """What was typed."""
        return MemberFacts(**self.cleaned_data)


class LeaveForm(forms.Form):
    """From which day somebody no longer sits in the group."""

    on = day_field(_("From which day do they no longer sit there?"))
