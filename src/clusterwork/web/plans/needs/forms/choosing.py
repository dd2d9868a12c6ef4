"""Starting a choice, a proposed priority, letting schools rank, and putting it to the vote."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from clusterwork.plans.models import Candidate, Need
from clusterwork.plans.services.choosing_checks import (
    MOST_CHARACTERS,
    TITLE_LENGTH,
    PriorityFacts,
)
from clusterwork.registry.models import School
from clusterwork.web.dayfields import day_field, last_day_field


class PeriodForm(forms.Form):
    """Of which plan the priorities are to be."""

    start_on = day_field(_("First day of the plan"))
    end_on = last_day_field(_("Last day of the plan"))

    @property
    def period(self) -> dict[str, dt.date]:
        """The half-open period."""
        return {name: self.cleaned_data[name] for name in ("start_on", "end_on")}


class PriorityForm(forms.Form):
    """What is proposed, why, and for which schools."""

    school = forms.ChoiceField(
        label=_("Which school proposes it?"),
        required=False,
        error_messages={"invalid_choice": _("This school is not one of yours.")},
    )
    title = forms.CharField(
        label=_("Priority"),
        help_text=_("What to improve, in one line."),
        max_length=TITLE_LENGTH,
        error_messages={"required": _("Write what to improve.")},
    )
    text = forms.CharField(
        label=_("Why"),
        required=False,
        max_length=MOST_CHARACTERS,
        help_text=_("What you see in your schools; no figure is needed."),
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    area = forms.ChoiceField(label=_("Area"), choices=Need.Area.choices, initial=Need.Area.OTHER)
    every = forms.BooleanField(label=_("It serves every school of the cluster"), required=False)
    serves = forms.MultipleChoiceField(
        label=_("Which schools does it serve?"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "invalid_choice": _("One of these schools is not in the cluster any more.")
        },
    )

    def __init__(
        self,
        *args: Any,
        schools: Sequence[School],
        mine: Sequence[School] = (),
        leads: bool = False,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.pks = tuple(each.pk for each in schools)
        serves: Any = self.fields["serves"]
        serves.choices = [(str(each.pk), str(each)) for each in schools]
        school: Any = self.fields["school"]
        nobody = [("", _("Myself, as chair, coordinator or clerk"))] if leads else []
        school.choices = nobody + [(str(each.pk), str(each)) for each in mine]
        if len(school.choices) < 2:
            del self.fields["school"]
        self.only = mine[0].pk if len(mine) == 1 and not leads else None

    def clean(self) -> dict[str, Any]:
        """At least one school."""
        data = super().clean() or {}
        if not data.get("every") and not data.get("serves") and "serves" not in self.errors:
            self.add_error("serves", _("Choose at least one school, or every school."))
        return data

    @property
    def school_pk(self) -> int | None:
        """The school that proposes, if one does."""
        given = self.cleaned_data.get("school")
        return int(given) if given else self.only

    @property
    def facts(self) -> PriorityFacts:
        """What was typed."""
        data = self.cleaned_data
        chosen = self.pks if data["every"] else tuple(int(each) for each in data["serves"])
        return PriorityFacts(data["title"], data["text"], data["area"], chosen)


class AskToRankForm(forms.Form):
    """Until when the schools rank."""

    rank_by = day_field(_("Ranking until"), help_text=_("Schools can rank up to and on this day."))


class PutForm(forms.Form):
    """Which priorities the cluster votes on, and until when."""

    priorities = forms.MultipleChoiceField(
        label=_("Which priorities should the cluster vote on?"),
        help_text=_("They stand in the order of the ranking and are voted on together."),
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": _("Choose at least one priority."),
            "invalid_choice": _("One of these priorities has been withdrawn."),
        },
    )
    text = forms.CharField(
        label=_("What else should the schools know?"),
        required=False,
        max_length=MOST_CHARACTERS,
        help_text=_("For example what becomes of the schools that none of them serves."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    vote_by = day_field(
        _("Last day for votes"),
        required=False,
        help_text=_("Empty: whoever leads closes the vote."),
    )

    def __init__(self, *args: Any, candidates: Sequence[Candidate], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.order = [each.pk for each in candidates]
        priorities: Any = self.fields["priorities"]
        priorities.choices = [(str(each.pk), each.title) for each in candidates]

    @property
    def put(self) -> list[int]:
        """The chosen ones in the order of the ranking."""
        chosen = set(self.cleaned_data["priorities"])
        return [pk for pk in self.order if str(pk) in chosen]
