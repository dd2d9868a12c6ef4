"""A decision taken at a meeting: what, when, and each school's part in it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from clusterwork.clusters.models import ClusterGroup, Decision, Presence, Vote
from clusterwork.clusters.services.recording import AtMeeting, Meeting
from clusterwork.registry.models import School
from clusterwork.web.clusters.deciding.forms.fields import (
    GroupField,
    about_field,
    long_field,
    school_choices,
    title_field,
)
from clusterwork.web.dayfields import day_field

AWAY = ""
BY = (
    (AWAY, _("Nobody")),
    (Presence.By.HEAD, _("Its headteacher")),
    (Presence.By.DELEGATE, _("Somebody who may decide for the head")),
    (Presence.By.ATTENDER, _("Somebody who may not decide")),
)
ANSWERS = (("", _("No vote")), *Vote.Answer.choices)


@dataclass(frozen=True)
class SchoolFields:
    """The fields of one school."""

    school: School
    by: forms.BoundField
    name: forms.BoundField
    answer: forms.BoundField
    reason: forms.BoundField


class RecordForm(forms.Form):
    """The proposal, the meeting, and for each school who was there and what it said."""

    title = title_field()
    text = long_field(_("What was proposed?"), asked=_("Write what was proposed."), rows=6)
    about = about_field()
    group_pk = GroupField()
    on = day_field(_("On which day did you meet?"))
    amends_pk = forms.TypedChoiceField(
        label=_("Does it take the place of an earlier proposal?"),
        coerce=int,
        empty_value=None,
        required=False,
    )
    proposed = forms.ChoiceField(label=_("Which school proposed it?"), required=False)
    proposed_name = forms.CharField(
        label=_("Who proposed it, if no school did?"), max_length=150, required=False
    )
    vote_by = day_field(
        _("Last day for later votes"),
        required=False,
        help_text=_(
            "Leave it empty if all is decided. With a day, schools that have not voted can do so "
            "until then."
        ),
    )

    def __init__(
        self,
        *args: Any,
        schools: Sequence[School],
        heads: Mapping[int, str],
        groups: Sequence[ClusterGroup],
        earlier: Sequence[Decision] = (),
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.schools, self.heads = list(schools), heads
        self._offer_earlier(earlier)
        group: Any = self.fields["group_pk"]
        group.offer(groups)
        if not groups:
            del self.fields["group_pk"]
        proposed: Any = self.fields["proposed"]
        proposed.choices = school_choices(schools, _("No school"))
        for school in schools:
            self._add(school, heads.get(school.pk, ""))

    def _offer_earlier(self, earlier: Sequence[Decision]) -> None:
        field: Any = self.fields["amends_pk"]
        field.choices = [("", _("No"))] + [
            (each.pk, f"{each.title} ({each.get_state_display()})") for each in earlier
        ]
        if not earlier:
            del self.fields["amends_pk"]

    def _add(self, school: School, head: str) -> None:
        key = f"s{school.pk}_"
        self.fields[key + "by"] = forms.ChoiceField(
            label=_("Who was there?"), choices=BY, required=False
        )
        self.fields[key + "name"] = forms.CharField(
            label=_("Name"), max_length=150, required=False, initial=head
        )
        self.fields[key + "answer"] = forms.ChoiceField(
            label=_("What did it say?"), choices=ANSWERS, required=False
        )
        self.fields[key + "reason"] = long_field(_("Why, if it objected?"), rows=2)

    @property
    def rows(self) -> Iterator[SchoolFields]:
        """The fields school by school."""
        for school in self.schools:
            key = f"s{school.pk}_"
            yield SchoolFields(
                school, *(self[key + name] for name in ("by", "name", "answer", "reason"))
            )

    def clean(self) -> dict[str, Any]:
        """Who votes was there and may decide; an objection has its reason."""
        data = super().clean() or {}
        for school in self.schools:
            self._clean_school(data, f"s{school.pk}_")
        return data

    def _clean_school(self, data: dict[str, Any], key: str) -> None:
        by, answer = data.get(key + "by"), data.get(key + "answer")
        if answer and not by:
            self.add_error(key + "by", _("Say who was there for the school that voted."))
        if answer and by == Presence.By.ATTENDER:
            said = _(
                "Somebody who may not decide has no vote. Choose “No vote”, and give a last day "
                "for later votes if the head is to vote."
            )
            self.add_error(key + "answer", said)
        if answer == Vote.Answer.OBJECT and not data.get(key + "reason", "").strip():
            self.add_error(key + "reason", _("Write why the school objected."))

    @property
    def facts(self) -> Meeting:
        """What was typed."""
        data, schools = self.cleaned_data, {str(each.pk): each for each in self.schools}
        return Meeting(
            title=data["title"],
            text=data["text"],
            on=data["on"],
            there=[self._there(each) for each in self.schools if data[f"s{each.pk}_by"]],
            about=data["about"],
            school=schools.get(data["proposed"]),
            proposed_name=data["proposed_name"],
            group_pk=data.get("group_pk"),
            amends_pk=data.get("amends_pk"),
            vote_by=data["vote_by"],
        )

    def _there(self, school: School) -> AtMeeting:
        """The head's name, which is filled in, is dropped where somebody else was there."""
        by, name, answer, reason = (
            self.cleaned_data[f"s{school.pk}_{part}"] for part in ("by", "name", "answer", "reason")
        )
        if by != Presence.By.HEAD and name == self.heads.get(school.pk):
            name = ""
        return AtMeeting(school, by, name, answer, reason)
