"""What the sections of a plan and the fields of its parts are called."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db.models import Model
from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from clusterwork.plans.models import (
    Action,
    BudgetLine,
    Definition,
    Milestone,
    Outcome,
    Payer,
    Plan,
    Post,
    Priority,
    Strand,
    Target,
)

MODELS: dict[str, type[Model]] = {
    "plan": Plan,
    "priorities": Priority,
    "strands": Strand,
    "actions": Action,
    "milestones": Milestone,
    "posts": Post,
    "payers": Payer,
    "budget_lines": BudgetLine,
    "outcomes": Outcome,
    "targets": Target,
    "definitions": Definition,
}
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
# Fields that point elsewhere, those that hold several things, and those kept in another unit.
POINTING: dict[str, str | Promise] = {
    "action": _("Action"),
    "amount_pence": _("Amount"),
    "candidate": _("Proposed as"),
    "comes_from": _("Comes from"),
    "coordinator": _("Coordinator"),
    "employer": _("Employer"),
    "measure": _("Measure"),
    "outcome": _("Step of how it should work"),
    "owner": _("Owner"),
    "owner_school": _("School that owns it"),
    "priorities": _("Priorities"),
    "priority": _("Priority"),
    "programme": _("Programme"),
    "programme_priority": _("Priority of the programme"),
    "school": _("School"),
    "schools": _("Schools"),
    "serves": _("Schools that it is for"),
    "shares": _("Who pays"),
    "strand": _("Strand"),
}
TITLES = ("title", "term", "text", "statement", "name")


def section_name(section: str) -> str:
    """The heading of a section."""
    return str(SECTION_NAMES[section])


def label_of(section: str, field: str) -> str:
    """What a field is called beside its value."""
    if field in POINTING:
        return str(POINTING[field])
    found = MODELS[section]._meta.get_field(field)
    return capfirst(str(getattr(found, "verbose_name", field)))


def title_of(part: Mapping[str, Any]) -> str:
    """What a part is called: its title, its word, or the start of its text; else a dash."""
    found = next((str(part[name]) for name in TITLES if part.get(name)), "–")
    return found if len(found) <= 120 else found[:119].rstrip() + "…"
