"""Merging clusters, forming a mini-cluster, and what the end of a school means."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from clusterwork.clusters.models import Cluster, Membership
from clusterwork.registry.models import School
from clusterwork.web.clusters.cluster.forms.cluster import WORKING_NAME_HINT
from clusterwork.web.clusters.cluster.forms.fields import name_field, words_field
from clusterwork.web.clusters.cluster.forms.members import told
from clusterwork.web.dayfields import day_field

NEW = "new"


class MergeForm(forms.Form):
    """Which clusters merge, into which, from when; read from the address so that it is shown
    before it is done."""

    other = forms.MultipleChoiceField(
        label=_("Which clusters merge with this one?"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": _("Choose at least one other cluster."),
            "invalid_choice": _("Choose another open cluster. One cannot merge with itself."),
        },
    )
    into = forms.ChoiceField(
        label=_("What becomes of them?"), initial=NEW, widget=forms.RadioSelect
    )
    working_name = name_field(
        _("Working name of the new cluster"),
        help_text=_("Only where a new cluster is formed. A place, never the name of a school."),
    )
    on = day_field(_("From which day are they one?"))
    because = words_field(_("Why?"), help_text=_("It stays in the record. It may stay empty."))
    # Asked on the page that shows what would happen, where several schools lead.
    lead = forms.IntegerField(required=False)

    def __init__(
        self, *args: Any, cluster: Cluster, others: Sequence[Cluster], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.cluster = cluster
        self.fields["other"].choices = [(str(each.pk), str(each)) for each in others]  # type: ignore[attr-defined]
        self.fields["into"].choices = [  # type: ignore[attr-defined]
            (NEW, _now("A new cluster comes out of them")),
            (str(cluster.pk), _now("The others join this one: %(name)s") % {"name": cluster}),
        ]

    def clean(self) -> dict[str, Any]:
        """A new cluster has a working name."""
        data = super().clean() or {}
        named = data.get("working_name") or "working_name" in self.errors
        if data.get("into") == NEW and not named:
            self.add_error("working_name", _now("Write a working name for the new cluster."))
        return data

    @property
    def pks(self) -> list[int]:
        """The clusters, this one first."""
        return [self.cluster.pk, *(int(pk) for pk in self.cleaned_data["other"])]

    @property
    def into_pk(self) -> int | None:
        """The cluster into which the others go; None for a new one."""
        into = self.cleaned_data["into"]
        return None if into == NEW else int(into)


class MiniForm(forms.Form):
    """Some of the schools, as a cluster inside the cluster."""

    working_name = name_field(
        _("What is it called for now?"),
        asked=_("Write a working name."),
        help_text=WORKING_NAME_HINT,
    )
    schools = forms.MultipleChoiceField(
        label=_("Which schools are in it?"),
        help_text=_("They stay in the cluster around it."),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose the schools.")},
    )
    on = day_field(_("From which day?"))

    def __init__(self, *args: Any, members: Sequence[Membership], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        schools = [each.school for each in members if each.school]
        self.fields["schools"].choices = [(str(each.pk), str(each)) for each in schools]  # type: ignore[attr-defined]

    @property
    def school_ids(self) -> list[int]:
        """The schools that were chosen."""
        return [int(pk) for pk in self.cleaned_data["schools"]]


class SchoolEndsForm(forms.Form):
    """What became of a school, and since when."""

    KINDS = (
        (Membership.Ended.SCHOOL_CLOSED, _("It closed")),
        (Membership.Ended.AMALGAMATED, _("It went into another school, which takes its place")),
        (
            Membership.Ended.RENUMBERED,
            _("It goes on under another number, with its roles and its turns in the chair"),
        ),
    )
    kind = forms.ChoiceField(
        label=_("What became of the school?"),
        choices=KINDS,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what became of the school.")},
    )
    into = forms.ChoiceField(
        label=_("Which school goes on?"),
        required=False,
        widget=forms.RadioSelect,
        error_messages={"invalid_choice": _("Search for the school again, and choose it.")},
    )
    on = day_field(
        _("From which day is that so?"),
        help_text=_("The first day without the school as it was."),
    )
    because = words_field(_("What do you know about it?"), help_text=_("It may stay empty."))

    def __init__(self, *args: Any, schools: Sequence[School], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.found = {str(each.pk): each for each in schools}
        choices = [(key, told(each)) for key, each in self.found.items()]
        self.fields["into"].choices = choices  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """The school that goes on, unless it closed."""
        data = super().clean() or {}
        closed = data.get("kind") == Membership.Ended.SCHOOL_CLOSED
        if data.get("kind") and not closed and not data.get("into") and "into" not in self.errors:
            self.add_error("kind", _now("Search for the school that goes on, and choose it."))
        return data

    @property
    def chosen(self) -> School:
        """The school that goes on."""
        return self.found[self.cleaned_data["into"]]
