"""A form for each kind of part."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from clusterwork.plans.models import (
    BudgetLine,
    Horizon,
    Need,
    Outcome,
    Plan,
    Post,
    Priority,
    Target,
)
from clusterwork.plans.rules import refusals
from clusterwork.plans.rules.checking import LEVELS
from clusterwork.plans.rules.parts import LONG, Link, Share
from clusterwork.plans.rules.refusals import PartRefused
from clusterwork.plans.wording import choice_words, name_of
from clusterwork.registry.models import Phase
from clusterwork.registry.models.organisations import in_language
from clusterwork.web.plans.writing.forms.base import PartForm
from clusterwork.web.plans.writing.forms.fields import (
    Pounds,
    day,
    decimal,
    last_day,
    one_of,
    one_part,
    one_school,
    pointing,
    radios,
    several_parts,
    several_schools,
    words,
)
from clusterwork.web.plans.writing.values import name_in


class PlanForm(PartForm):
    """The plan itself."""

    SECTION = "plan"

    def build(self) -> None:
        self.fields["title"] = words(_("Title"), 200)
        self.fields["summary"] = words(_("In short"), LONG, rows=5)
        self.fields["after_funding"] = words(_("What goes on when the funding ends"), LONG, rows=4)
        self.fields["language"] = radios(_("Written in"), Plan.Language.choices)
        self.fields["start_on"] = day(_("From"))
        self.fields["end_on"] = last_day(_("Last day"))


class PriorityForm(PartForm):
    """What the cluster wants to improve."""

    SECTION = "priorities"

    def build(self) -> None:
        self.fields["title"] = words(_("Priority"), 200)
        self.fields["text"] = words(_("What you want to change, and why"), LONG, rows=5)
        self.fields["area"] = one_of(_("Area"), Need.Area.choices)
        self.fields["tie"] = radios(
            _("Where it comes from"),
            Priority.Tie.choices,
            hint=_("None of these counts against your plan."),
        )
        self.fields["programme_priority"] = pointing(
            _("Which priority of the programme"), self._of_programmes(), int
        )
        self.fields["authority_priority"] = words(_("Which priority of the authority"), 300)
        self.fields["local_reason"] = words(_("If it is local: why it matters here"), LONG, rows=3)
        self.fields["serves"] = several_schools(_("Schools that it is for"), self.schools)

    def _of_programmes(self) -> list[tuple[str, Any]]:
        offered = {each.pk: each for each in self.people.programme_priorities}
        held = self.whole.named.programme_priorities.get(
            self.initial.get("programme_priority") or 0
        )
        offered |= {held.pk: held} if held else {}
        found = [(str(pk), in_language(each.text, each.text_cy)) for pk, each in offered.items()]
        return [("", _("None")), *found]


class StrandForm(PartForm):
    """A line of work."""

    SECTION = "strands"

    def build(self) -> None:
        self.fields["title"] = words(_("Strand"), 200)
        self.fields["text"] = words(_("What it is for"), LONG, rows=4)
        self.fields["priorities"] = several_parts(
            _("Priorities that it serves"), self.whole, "priorities"
        )
        self.fields["phase"] = one_of(
            _("Focus on a phase"), [("", _("No phase in particular")), *Phase.choices]
        )
        self.fields["coordinator"] = person(_("Coordinator"), self, "coordinator")
        self.fields["coordinator_name"] = words(_("Coordinator’s name, if not in the list"), 150)
        self.fields["schools"] = several_schools(_("Schools in it"), self.schools)


class ActionForm(PartForm):
    """A piece of work."""

    SECTION = "actions"

    def build(self) -> None:
        self.fields["title"] = words(_("Action"), 200)
        self.fields["text"] = words(_("What will be done"), LONG, rows=5)
        self.fields["strand"] = one_part(_("Strand"), self.whole, "strands")
        self.fields["priority"] = one_part(_("Priority"), self.whole, "priorities")
        self.fields["owner"] = person(_("Owner: who sees to it"), self, "owner")
        self.fields["owner_name"] = words(_("Owner’s name, if not in the list"), 150)
        self.fields["owner_school"] = one_school(_("School that does it"), self.schools)
        self.fields["start_on"] = day(_("From"))
        self.fields["end_on"] = last_day(_("Last day"))
        self.fields["schools"] = several_schools(_("Schools taking part"), self.schools)


class MilestoneForm(PartForm):
    """A dated check point."""

    SECTION = "milestones"

    def build(self) -> None:
        self.fields["title"] = words(_("Milestone"), 200)
        self.fields["on"] = day(_("By"))
        self.fields["action"] = one_part(
            _("Action"), self.whole, "actions", none=_("The plan as a whole")
        )


class PostForm(PartForm):
    """A post that the plan needs."""

    SECTION = "posts"

    def build(self) -> None:
        self.fields["title"] = words(_("Post"), 200)
        self.fields["strand"] = one_part(_("Strand"), self.whole, "strands")
        self.fields["employer"] = one_school(_("Employed by"), self.schools)
        self.fields["fte"] = forms.DecimalField(
            label=_("Full-time equivalent"),
            help_text=_("0.5 is half a week."),
            max_digits=4,
            decimal_places=2,
            widget=forms.TextInput(attrs={"class": "govuk-input--width-4", "inputmode": "decimal"}),
            error_messages={
                "required": _("Enter a number, for example 0.5."),
                "invalid": _("This is not a number. Write it in figures, for example 0.5."),
            },
        )
        self.fields["state"] = radios(_("Recruitment"), Post.State.choices)
        self.fields["holder"] = words(_("Who holds it"), 150)
        self.fields["start_on"] = day(_("From"))
        self.fields["end_on"] = last_day(
            _("Last day"), required=False, hint=_("Empty while it is open.")
        )


class PayerForm(PartForm):
    """Who pays."""

    SECTION = "payers"

    def build(self) -> None:
        held = self.initial.get("programme") or 0
        known = {**self.people.programmes}
        if held in self.whole.named.programmes:
            known[held] = self.whole.named.programmes[held]
        programmes = [(str(pk), in_language(*names)) for pk, names in known.items()]
        self.fields["programme"] = pointing(
            _("Programme"), [("", _("Another funder")), *programmes], int
        )
        self.fields["name"] = words(_("Name of another funder"), 200)


class BudgetLineForm(PartForm):
    """What one thing costs, and who pays which share."""

    SECTION = "budget_lines"

    def build(self) -> None:
        self.fields["title"] = words(_("What it pays for"), 200)
        self.fields["action"] = one_part(
            _("Action that it pays for"), self.whole, "actions", none=_("Choose an action")
        )
        self.fields["kind"] = one_of(_("Kind"), BudgetLine.Kind.choices)
        self.fields["amount_pence"] = Pounds(_("Amount in pounds"))
        self.fields["school"] = one_school(
            _("School that spends it"), self.schools, none=_("The cluster together")
        )
        held = dict(self.initial.get("shares") or ())
        for payer in self.whole.payers:
            name = f"share_{payer.uid}"
            self.fields[name] = self._share(payer)
            if payer.uid in held:
                self.initial[name] = f"{(held[payer.uid] * 100).normalize():f}"
        self.fields["unfunded"] = words(
            _("Who carries the rest"), 200, hint=_("For example: the schools, or not yet funded.")
        )

    def _share(self, payer: Any) -> forms.DecimalField:
        label = _("Share in per cent: %(funder)s") % {"funder": name_in(self.whole, payer)}
        return forms.DecimalField(
            label=label,
            required=False,
            max_digits=5,
            decimal_places=2,
            widget=forms.TextInput(attrs={"class": "govuk-input--width-4", "inputmode": "decimal"}),
            error_messages={
                "invalid": _("This is not a number. Write per cent in figures, for example 60."),
                "max_decimal_places": _("Write at most two digits after the point."),
                "max_digits": _("A share is more than 0 and at most 100 per cent."),
                "max_whole_digits": _("A share is more than 0 and at most 100 per cent."),
            },
        )

    @property
    def values(self) -> dict[str, Any]:
        """With the shares, in ten-thousandths."""
        shares = [
            Share(payer.uid, (percent / 100).quantize(Decimal("0.0001")))
            for payer in self.whole.payers
            if (percent := self.cleaned_data.get(f"share_{payer.uid}")) not in (None, 0)
        ]
        return {**super().values, "shares": tuple(shares)}

    def clean(self) -> dict[str, Any]:
        """All that is wrong is said at once, whether or not the amount can be read."""
        data = super().clean() or {}
        for problem in self._faults(data):
            self.refuse(problem)
        return data

    def _faults(self, data: Mapping[str, Any]) -> Iterator[PartRefused]:
        if not data.get("title") and "title" not in self.errors:
            yield refusals.nothing_written("title")
        if not data.get("action") and "action" not in self.errors:
            yield refusals.line_without_action()
        shares = [each.share for each in self.values["shares"]]
        if any(not 0 < each <= 1 for each in shares):
            yield refusals.share_out_of_range()
        elif sum(shares) > 1:
            yield refusals.shares_over_whole(sum(shares, Decimal()))

    def near(self, field: str) -> str | None:
        """The first share stands for all."""
        if field != "shares":
            return field
        return next((name for name in self.fields if name.startswith("share_")), None)


class OutcomeForm(PartForm):
    """A step of how it should work, and the earlier steps that lead to it."""

    SECTION = "outcomes"

    def build(self) -> None:
        self.fields["level"] = radios(_("Kind of step"), Outcome.Level.choices)
        self.fields["text"] = words(_("What happens"), 300, rows=2)
        self.fields["action"] = one_part(
            _("Action that it stands for, if it is an activity"), self.whole, "actions"
        )
        held = dict(self.initial.get("comes_from") or ())
        for step in self.earlier():
            self.fields[f"from_{step.uid}"] = forms.BooleanField(
                label=_("Comes from: %(step)s") % {"step": name_of(step)},
                help_text=choice_words("outcomes", "level", step.level),
                required=False,
                initial=step.uid in held,
            )
            self.fields[f"assume_{step.uid}"] = words(
                _("We assume that (%(step)s)") % {"step": name_of(step)}, 300
            )
            self.initial[f"assume_{step.uid}"] = held.get(step.uid, "")

    def earlier(self) -> list[Any]:
        """Steps of an earlier kind than this one; any other where its kind is not known yet."""
        level = self.initial.get("level")
        most = LEVELS.index(level) if level in LEVELS else len(LEVELS)
        return [
            each
            for each in self.whole.outcomes
            if each.uid != self.uid and LEVELS.index(each.level) < most
        ]

    @property
    def values(self) -> dict[str, Any]:
        """With the links; an assumption alone counts as a link too, so that it is not lost."""
        links = [
            Link(each.uid, assumed)
            for each in self.earlier()
            if (assumed := self.cleaned_data.get(f"assume_{each.uid}", ""))
            or self.cleaned_data.get(f"from_{each.uid}")
        ]
        return {**super().values, "comes_from": tuple(links)}

    def near(self, field: str) -> str | None:
        """The first step to choose stands for all."""
        return next(iter(self._froms()), None) if field == "comes_from" else field

    def _froms(self) -> list[str]:
        return [name for name in self.fields if name.startswith("from_")]


class TargetForm(PartForm):
    """A number on a measure, or what success would look like."""

    SECTION = "targets"

    def build(self) -> None:
        if self.initial.get("measure"):
            self._number()
        else:
            self.fields["statement"] = words(_("What success would look like"), LONG, rows=3)
        self.fields["wanted_on"] = day(_("By"))
        self.fields["horizon"] = radios(_("How soon"), Horizon.choices)
        self.fields["priority"] = one_part(_("Priority"), self.whole, "priorities")
        self.fields["outcome"] = one_part(_("Step of how it should work"), self.whole, "outcomes")
        self.fields["cohort"] = words(
            _("About the cohort"), 300, hint=_("How many pupils there are, and how many move.")
        )
        self.fields["whose"] = radios(_("How far it is yours to answer for"), Target.Whose.choices)
        self.fields["known_how"] = words(_("How you will know"), 300)
        self.fields["known_by"] = words(_("Who will look"), 150)
        self.fields["known_on"] = day(_("When"), required=False)

    def _number(self) -> None:
        self.fields["wanted_value"] = decimal(_("Value that you want"))
        self.fields["baseline_value"] = decimal(_("Baseline: the value now"))
        self.fields["baseline_on"] = day(_("Date of the baseline"), required=False)
        self.fields["baseline_source"] = words(_("Where the baseline comes from"), 200)
        self.fields["no_baseline_because"] = words(_("If there is none yet: why"), 300)

    @property
    def values(self) -> dict[str, Any]:
        """With what the form does not ask again: the measure, and for whom."""
        about = {name: self.initial.get(name) for name in ("measure", "school")}
        return {**super().values, **about, "group": self.initial.get("group") or ""}


class DefinitionForm(PartForm):
    """What a word means here."""

    SECTION = "definitions"

    def build(self) -> None:
        self.fields["term"] = words(_("Word"), 120)
        self.fields["meaning"] = words(_("What it means here"), LONG, rows=4)


def person(label: Any, form: PartForm, name: str) -> forms.TypedChoiceField:
    """One of the cluster's people who sign in, or who was named here before."""
    known, held = dict(form.people.people), form.initial.get(name)
    if held is not None and held in form.whole.named.people:
        known.setdefault(held, form.whole.named.people[held])
    listed = [(str(pk), called) for pk, called in known.items()]
    return pointing(label, [("", _("Nobody in the list")), *listed], int)


FORMS: dict[str, type[PartForm]] = {
    each.SECTION: each
    for each in (
        PlanForm,
        PriorityForm,
        StrandForm,
        ActionForm,
        MilestoneForm,
        PostForm,
        PayerForm,
        BudgetLineForm,
        OutcomeForm,
        TargetForm,
        DefinitionForm,
    )
}
