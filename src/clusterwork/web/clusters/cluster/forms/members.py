"""Joining, taking another part, leaving, being dropped, being corrected."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from clusterwork.clusters.models import Membership, Part, Partner
from clusterwork.clusters.services.corrections import MembershipFacts
from clusterwork.clusters.services.memberships import PartFacts
from clusterwork.registry.models import School, Status
from clusterwork.web.clusters.cluster.forms.fields import name_field, words_field
from clusterwork.web.dayfields import day_field, last_day_field

SCHOOL_PARTS = [choice for choice in Part.choices if choice[0] != Part.PARTNER]


class PartForm(forms.Form):
    """Which part a school plays; a contributing one says what it contributes, and why."""

    part = forms.ChoiceField(
        label=_("Which part does it play?"),
        help_text=_(
            "What a contributing school contributes is written down. An associate takes part "
            "and draws no money."
        ),
        choices=SCHOOL_PARTS,
        initial=Part.CORE,
        widget=forms.RadioSelect,
    )
    contributes = forms.CharField(
        label=_("What does it contribute?"),
        help_text=_("Only for a contributing school. Seen by the cluster and its officers only."),
        max_length=500,
        required=False,
    )
    because = forms.CharField(
        label=_("Why this school?"),
        help_text=_("Only for a contributing school."),
        max_length=500,
        required=False,
    )
    on = day_field(_("From which day?"))

    def clean(self) -> dict[str, Any]:
        """What a contributing school contributes, and why."""
        data = super().clean() or {}
        if data.get("part") == Part.CONTRIBUTING:
            for name, asked in (
                ("contributes", _now("Write what the school contributes.")),
                ("because", _now("Write why this school contributes it.")),
            ):
                if not data.get(name) and name not in self.errors:
                    self.add_error(name, asked)
        return data

    @property
    def facts(self) -> PartFacts:
        """What was chosen."""
        data = self.cleaned_data
        return PartFacts(data["part"], data["contributes"], data["because"])


def signed_field() -> forms.DateField:
    """The day of the memorandum, if it is signed."""
    return day_field(
        _("When was the cluster's memorandum signed?"),
        required=False,
        help_text=_("Leave it empty if none is signed yet."),
    )


class MemorandumForm(forms.Form):
    """When a member signed the cluster's memorandum."""

    signed_on = signed_field()


class JoinForm(PartForm):
    """A school that joins, one of those that a search found."""

    school = forms.ChoiceField(
        label=_("Which school joins?"),
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Choose the school."),
            "invalid_choice": _("Search for the school again, and choose it."),
        },
    )
    signed_on = signed_field()
    field_order = ("school", "part", "contributes", "because", "on", "signed_on")

    def __init__(self, *args: Any, schools: Sequence[School], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.found = {str(each.pk): each for each in schools}
        field = self.fields["school"]
        field.choices = [(key, told(each)) for key, each in self.found.items()]  # type: ignore[attr-defined]
        if len(self.found) == 1:
            field.initial = next(iter(self.found))

    @property
    def chosen(self) -> School:
        """The school that joins."""
        return self.found[self.cleaned_data["school"]]


def told(school: School) -> str:
    """Name, place, authority and number of a school; whether it has closed."""
    place = school.town or school.locality
    parts = [str(school), place, str(school.authority), school.number]
    closed = _now("closed") if school.status == Status.CLOSED else ""
    return ", ".join(part for part in [*parts, closed] if part)


class PartnerForm(forms.Form):
    """An organisation that is no school and takes part."""

    kind = forms.ChoiceField(
        label=_("What kind of organisation is it?"),
        choices=Partner.Kind.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose the kind of organisation.")},
    )
    name = name_field(_("What is it called?"), asked=_("Write the name of the organisation."))
    name_cy = name_field(_("Its name in Welsh"), help_text=_("Leave it empty if it has none."))
    on = day_field(_("From which day does it take part?"))


class LeaveForm(forms.Form):
    """The first day without the member, and why."""

    on = day_field(
        _("From which day is it no longer a member?"),
        help_text=_("The last day as a member is the one before."),
    )
    reason = words_field(_("Why does it leave?"), asked=_("Write why it leaves."))


class DropForm(forms.Form):
    """A member that is out by decision: of whom, and why."""

    on = day_field(
        _("From which day is it no longer a member?"),
        help_text=_("The last day as a member is the one before."),
    )
    decided_by = name_field(
        _("Who decided it?"),
        asked=_("Write which person or meeting took the decision."),
        help_text=_("For example, the heads' meeting of 9 January 2027."),
    )
    reason = words_field(_("Why?"), asked=_("Write the reasons of the decision."))


class CorrectForm(PartForm):
    """What the membership should have said from the start."""

    until = last_day_field(
        _("Last day"),
        required=False,
        help_text=_("Its last day as a member. Leave it empty if no end is set."),
    )
    signed_on = signed_field()
    wrong = words_field(
        _("What was wrong, and how do you know?"),
        asked=_("Write what was wrong, and how you know."),
    )

    def __init__(self, *args: Any, membership: Membership, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.membership = membership
        if membership.partner_id:
            for name in ("part", "contributes", "because"):
                del self.fields[name]

    @property
    def told(self) -> MembershipFacts:
        """What was typed."""
        data = self.cleaned_data
        facts = PartFacts(Part.PARTNER) if self.membership.partner_id else self.facts
        return MembershipFacts(data["on"], data["until"], facts, signed_on=data["signed_on"])


class TakeBackForm(forms.Form):
    """Why a membership never was."""

    wrong = words_field(
        _("What was wrong, and how do you know?"),
        asked=_("Write what was wrong, and how you know."),
    )


def as_entered(membership: Membership) -> dict[str, str | dt.date | None]:
    """What a form of a membership starts with."""
    return {
        "part": membership.part,
        "contributes": membership.contributes,
        "because": membership.contributes_because,
        "on": membership.start_on,
        "until": membership.end_on,
        "signed_on": membership.memorandum_signed_on,
    }
