"""A proposal, a vote, a new head's answer."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from clusterwork.clusters.models import Affirmation, ClusterGroup, Vote
from clusterwork.registry.models import School
from clusterwork.web.clusters.deciding.forms.fields import (
    GroupField,
    about_field,
    long_field,
    school_choices,
    title_field,
)
from clusterwork.web.dayfields import day_field


class ProposeForm(forms.Form):
    """What is proposed, by which school, and until when the schools vote."""

    title = title_field()
    text = long_field(
        _("What is proposed?"),
        asked=_("Write what is proposed."),
        help_text=_("What is to be done, from when, what it costs and who does it."),
        rows=8,
    )
    about = about_field()
    group_pk = GroupField()
    school = forms.ChoiceField(
        label=_("Who proposes it?"),
        required=False,
        error_messages={"invalid_choice": _("This school is not one of yours.")},
    )
    vote_by = day_field(_("Last day for votes"), help_text=_("Votes count up to and on this day."))

    def __init__(
        self,
        *args: Any,
        schools: Sequence[School],
        groups: Sequence[ClusterGroup],
        leads: bool,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.schools = {str(each.pk): each for each in schools}
        group: Any = self.fields["group_pk"]
        group.offer(groups)
        if not groups:
            del self.fields["group_pk"]
        school: Any = self.fields["school"]
        nobody = _("Myself, as chair, coordinator or clerk") if leads else ""
        school.choices = school_choices(schools, nobody)

    @property
    def facts(self) -> dict[str, Any]:
        """What the service asks for."""
        data = dict(self.cleaned_data)
        return {**data, "school": self.schools.get(data["school"])}


class VoteForm(forms.Form):
    """What the school says, and why."""

    answer = forms.ChoiceField(
        label=_("What does your school say?"),
        choices=(
            (Vote.Answer.AGREE, _("We agree")),
            (Vote.Answer.ABSTAIN, _("We abstain")),
            (Vote.Answer.OBJECT, _("We object")),
        ),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what your school says.")},
    )
    reason = long_field(
        _("Why?"),
        help_text=_("An objection needs its reason. The cluster sees it, and it is kept."),
        rows=4,
    )

    def clean(self) -> dict[str, Any]:
        """An objection with its reason."""
        data = super().clean() or {}
        if data.get("answer") == Vote.Answer.OBJECT and not data.get("reason", "").strip():
            self.add_error("reason", _("Write why your school objects."))
        return data


class AnswerForm(forms.Form):
    """What a new head says to what was agreed before."""

    answer = forms.ChoiceField(
        label=_("What do you say to it?"),
        choices=Affirmation.Answer.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose your answer.")},
    )
    text = long_field(
        _("Your comments, or what is to be reopened"),
        help_text=_("Only the cluster’s own people see what you write."),
        rows=5,
    )

    def clean(self) -> dict[str, Any]:
        """Comments and a wish to reopen have words."""
        data = super().clean() or {}
        wants = data.get("answer") in (Affirmation.Answer.COMMENTS, Affirmation.Answer.REOPEN)
        if wants and not data.get("text", "").strip():
            self.add_error("text", _("Write your comments, or what is to be reopened."))
        return data
