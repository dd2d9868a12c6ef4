"""A voting rule, a group, a seat in it, an end."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from clusterwork.clusters.models import ClusterGroup, VotingRule
from clusterwork.clusters.services.groups_of_cluster import GroupFacts, SeatFacts
from clusterwork.clusters.services.voting_rules import RuleFacts
from clusterwork.registry.models import School
from clusterwork.web.clusters.cluster.forms.fields import name_field
from clusterwork.web.clusters.deciding.forms.fields import school_choices
from clusterwork.web.clusters.deciding.wording import MAJORITIES, QUORUMS
from clusterwork.web.dayfields import day_field


def shares(options: Any) -> list[tuple[str, Any]]:
    """The shares to choose from, as text that comes back the same."""
    return [(repr(value), words) for value, words in options]


class RuleForm(forms.Form):
    """How the cluster votes, from when on."""

    way = forms.ChoiceField(
        label=_("How are votes counted?"),
        choices=VotingRule.Way.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose how votes are counted.")},
    )
    quorum_share = forms.TypedChoiceField(
        label=_("How many schools must take part?"),
        help_text=_("A school takes part that is there or votes. Otherwise nothing is agreed."),
        coerce=float,
        choices=shares(QUORUMS),
    )
    majority_share = forms.TypedChoiceField(
        label=_("When is a proposal agreed?"),
        help_text=_("With consensus one objection is enough against it, whatever stands here."),
        coerce=float,
        choices=shares(MAJORITIES),
    )
    casting = forms.BooleanField(
        label=_("On a tie the chair’s school decides"),
        help_text=_("A casting vote, where more have to agree than object."),
        required=False,
    )
    start_on = day_field(_("From which day?"), help_text=_("What was decided before stays."))

    def facts(self, group_pk: int | None = None) -> RuleFacts:
        """What was typed."""
        return RuleFacts(group_pk=group_pk, **self.cleaned_data)


class GroupForm(forms.Form):
    """What the group is."""

    name = name_field(_("Name"), asked=_("Write the name of the group."))
    name_cy = name_field(_("Name in Welsh"), help_text=_("It may stay empty."))
    kind = forms.ChoiceField(
        label=_("Kind"), choices=ClusterGroup.Kind.choices, initial=ClusterGroup.Kind.STEERING
    )
    level = forms.ChoiceField(
        label=_("Level"),
        help_text=_(
            "Governing: answers for the cluster. Strategic: sets its direction. Operational: does "
            "the work, such as a strand."
        ),
        choices=ClusterGroup.Level.choices,
        initial=ClusterGroup.Level.STRATEGIC,
    )
    purpose = forms.CharField(
        label=_("What is it for?"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    start_on = day_field(_("From which day?"))

    @property
    def facts(self) -> GroupFacts:
        """What was typed."""
        return GroupFacts(**self.cleaned_data)


class SeatForm(forms.Form):
    """Who sits in the group, for which school."""

    name = forms.CharField(
        label=_("Name"),
        max_length=150,
        error_messages={"required": _("Enter the name of the person.")},
    )
    email = forms.EmailField(
        label=_("E-mail address"),
        help_text=_("It may stay empty. It ties the seat to somebody’s sign-in."),
        required=False,
        error_messages={"invalid": _("This is not an e-mail address, such as name@example.org.")},
    )
    school = forms.ChoiceField(
        label=_("For which school?"),
        help_text=_("Schools that have somebody in the group vote in it."),
        required=False,
    )
    chairs = forms.BooleanField(label=_("Chairs the group"), required=False)
    start_on = day_field(_("From which day?"))

    def __init__(self, *args: Any, schools: Sequence[School], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.schools = {str(each.pk): each for each in schools}
        school: Any = self.fields["school"]
        school.choices = school_choices(schools, _("For no school"))

    @property
    def facts(self) -> SeatFacts:
        """What was typed."""
        data = dict(self.cleaned_data)
        return SeatFacts(**{**data, "school": self.schools.get(data["school"])})


class OnForm(forms.Form):
    """The first day without it."""

    on = day_field(_("From which day does it hold no more?"))
