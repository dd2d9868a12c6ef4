"""Starting a cluster, naming it, and moving its status."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from clusterwork.clusters.models import Cluster
from clusterwork.registry.models import Organisation
from clusterwork.web.clusters.cluster.forms.fields import name_field, words_field
from clusterwork.web.dayfields import day_field

WORKING_NAME_HINT = _("A place, such as a town, a valley or a river; never the name of a school.")


def code_field() -> forms.CharField:
    """A cluster's number in the organisation's own lists."""
    return forms.CharField(
        label=_("Code"),
        help_text=_("Its number in your own lists, if it has one."),
        max_length=40,
        required=False,
        widget=forms.TextInput(attrs={"class": "govuk-input--width-10"}),
    )


class ClusterForm(forms.Form):
    """A new cluster; its schools are added next."""

    organisation = forms.ModelChoiceField(
        Organisation.objects.none(),
        label=_("Which organisation does it belong to?"),
        empty_label=None,
    )
    working_name = name_field(
        _("What is it called for now?"),
        asked=_("Write a working name."),
        help_text=WORKING_NAME_HINT,
    )
    code = code_field()
    status = forms.ChoiceField(
        label=_("How far is it?"),
        choices=[
            (Cluster.Status.PROPOSED, _("Proposed: it waits to be recognised")),
            (Cluster.Status.RECOGNISED, _("Recognised: its work has not begun")),
            (Cluster.Status.ACTIVE, _("At work")),
        ],
        initial=Cluster.Status.PROPOSED,
        widget=forms.RadioSelect,
    )
    on = day_field(
        _("From which day does it stand?"),
        help_text=_("No school can be in it before that day."),
    )

    def __init__(self, *args: Any, organisations: list[Organisation], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["organisation"]
        ids = [each.pk for each in organisations]
        field.queryset = Organisation.objects.filter(pk__in=ids)  # type: ignore[attr-defined]
        self.only = organisations[0] if len(organisations) == 1 else None
        if self.only:
            del self.fields["organisation"]

    @property
    def organisation_chosen(self) -> Organisation:
        """The organisation that was chosen, or the only one."""
        chosen: Organisation = self.only or self.cleaned_data["organisation"]
        return chosen


class NamesForm(forms.Form):
    """The name that the schools chose, in both languages."""

    name = name_field(_("The name that its schools chose"))
    name_cy = name_field(_("The same in Welsh"))
    on = day_field(
        _("From which day does it have this name?"),
        help_text=_("Pages of earlier days keep the name that it had then."),
    )


class WorkingNameForm(forms.Form):
    """The officer's name for it, until its schools have chosen one; and its code."""

    working_name = name_field(
        _("Working name"), asked=_("Write a working name."), help_text=WORKING_NAME_HINT
    )
    code = code_field()
    on = day_field(_("From which day does it have this working name?"))


class MoveForm(forms.Form):
    """The day from which another status holds, and why."""

    on = day_field(_("From which day?"))
    because = words_field(
        _("Why?"), help_text=_("Everyone who can see the cluster can read it. It may stay empty.")
    )


class GoOnForm(forms.Form):
    """Why a cluster that was to close goes on; from today."""

    because = words_field(
        _("Why?"), help_text=_("Everyone who can see the cluster can read it. It may stay empty.")
    )
