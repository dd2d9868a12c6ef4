"""What the sections of a plan and the fields of its parts are called."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

from django.db.models import Model
from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from clusterwork.plans.models import Plan
from clusterwork.plans.rules.parts import Part, PlanFields
from clusterwork.plans.selectors.parts import MODELS as PARTS

MODELS: dict[str, type[Model]] = {PlanFields.SECTION: Plan, **PARTS}
SECTION_NAMES: dict[str, str | Promise] = {
    "plan": _("The plan itself"),
    "priorities": _("Priorities"),
    "strands": _("Strands"),
    "actions": _("Actions"),
    "milestones": _("Milestones"),
    "posts": _("Posts"),
    "payers": _("Funders"),
    "budget_lines": _("What it costs"),
    "outcomes": _("How it should work"),
    "targets": _("Targets"),
    "definitions": _("What words mean here"),
}
ONE_NAMES: dict[str, str | Promise] = {
    "plan": _("The plan itself"),
    "priorities": _("Priority"),
    "strands": _("Strand"),
    "actions": _("Action"),
    "milestones": _("Milestone"),
    "posts": _("Post"),
    "payers": _("Funder"),
    "budget_lines": _("Budget line"),
    "outcomes": _("Step of how it should work"),
    "targets": _("Target"),
    "definitions": _("Working definition"),
}
# What has no column of its own, or is called otherwise on a page.
FIELD_NAMES: dict[tuple[str, str], str | Promise] = {
    ("plan", "end_on"): _("Last day"),
    ("actions", "end_on"): _("Last day"),
    ("posts", "end_on"): _("Last day"),
    ("priorities", "serves"): _("Schools that it is for"),
    ("priorities", "programme_priority"): _("Priority of the programme"),
    ("priorities", "candidate"): _("Proposed as"),
    ("strands", "schools"): _("Schools in it"),
    ("strands", "priorities"): _("Priorities that it serves"),
    ("strands", "coordinator"): _("Coordinator"),
    ("actions", "schools"): _("Schools taking part"),
    ("actions", "strand"): _("Strand"),
    ("actions", "priority"): _("Priority"),
    ("actions", "owner"): _("Owner"),
    ("actions", "owner_school"): _("School that does it"),
    ("milestones", "action"): _("Action"),
    ("posts", "strand"): _("Strand"),
    ("posts", "employer"): _("Employed by"),
    ("payers", "programme"): _("Programme"),
    ("budget_lines", "action"): _("Action that it pays for"),
    ("budget_lines", "amount_pence"): _("Amount"),
    ("budget_lines", "school"): _("School that spends it"),
    ("budget_lines", "shares"): _("Who pays"),
    ("outcomes", "action"): _("Action"),
    ("outcomes", "comes_from"): _("Comes from"),
    ("targets", "priority"): _("Priority"),
    ("targets", "outcome"): _("Step of how it should work"),
    ("targets", "measure"): _("Measure"),
    ("targets", "school"): _("School"),
}
TITLES = ("title", "term", "text", "statement", "name")


def section_name(section: str) -> str:
    """The heading of a section."""
    return str(SECTION_NAMES[section])


def label_of(section: str, field: str) -> str:
    """What a field is called beside its value."""
    if (section, field) in FIELD_NAMES:
        return str(FIELD_NAMES[section, field])
    found = MODELS[section]._meta.get_field(field)
    return capfirst(str(getattr(found, "verbose_name", field)))


def title_of(part: Mapping[str, Any], otherwise: str = "–") -> str:
    """What a part is called: its title, its word, or the start of its text."""
    found = next((str(part[name]) for name in TITLES if part.get(name)), otherwise)
    return found if len(found) <= 120 else found[:119].rstrip() + "…"


def name_of(part: Part) -> str:
    """The same of a part that is being written; without words, what kind of part it is."""
    return title_of(part.values, str(ONE_NAMES[part.SECTION]))


def choice_words(section: str, field: str, value: str) -> str:
    """The label of a choice; what has no labels as it is."""
    return str(_choices(section, field).get(value, value))


@cache
def _choices(section: str, field: str) -> Mapping[Any, Any]:
    return dict(getattr(MODELS[section]._meta.get_field(field), "flatchoices", ()))
