"""The words for sections, fields and choices of a plan, and the help beside each form."""

from __future__ import annotations

from functools import cache
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _lazy

from clusterwork.plans.models import Plan
from clusterwork.plans.rules.parts import PlanFields
from clusterwork.plans.selectors.parts import MODELS

Words = str | Promise

SECTION_WORDS: dict[str, Words] = {
    "plan": _lazy("The plan itself"),
    "priorities": _lazy("Priorities"),
    "strands": _lazy("Strands"),
    "actions": _lazy("Actions"),
    "milestones": _lazy("Milestones"),
    "posts": _lazy("Posts"),
    "payers": _lazy("Funders"),
    "budget_lines": _lazy("What it costs"),
    "outcomes": _lazy("How it should work"),
    "targets": _lazy("Targets"),
    "definitions": _lazy("What words mean here"),
}
ONE_WORDS: dict[str, Words] = {
    "plan": _lazy("The plan itself"),
    "priorities": _lazy("Priority"),
    "strands": _lazy("Strand"),
    "actions": _lazy("Action"),
    "milestones": _lazy("Milestone"),
    "posts": _lazy("Post"),
    "payers": _lazy("Funder"),
    "budget_lines": _lazy("Budget line"),
    "outcomes": _lazy("Step of how it should work"),
    "targets": _lazy("Target"),
    "definitions": _lazy("Working definition"),
}
ADD_WORDS: dict[str, Words] = {
    "priorities": _lazy("Add a priority"),
    "strands": _lazy("Add a strand"),
    "actions": _lazy("Add an action"),
    "milestones": _lazy("Add a milestone"),
    "posts": _lazy("Add a post"),
    "payers": _lazy("Add a funder"),
    "budget_lines": _lazy("Add a budget line"),
    "outcomes": _lazy("Add a step"),
    "targets": _lazy("Add a target"),
    "definitions": _lazy("Add a definition"),
}
# What has no column of its own, or is called otherwise on a page.
FIELD_WORDS: dict[tuple[str, str], Words] = {
    ("priorities", "serves"): _lazy("Schools that it is for"),
    ("priorities", "programme_priority"): _lazy("Priority of the programme"),
    ("priorities", "candidate"): _lazy("Proposed as"),
    ("strands", "schools"): _lazy("Schools in it"),
    ("strands", "priorities"): _lazy("Priorities that it serves"),
    ("strands", "coordinator"): _lazy("Coordinator"),
    ("actions", "schools"): _lazy("Schools taking part"),
    ("actions", "strand"): _lazy("Strand"),
    ("actions", "priority"): _lazy("Priority"),
    ("actions", "owner"): _lazy("Owner"),
    ("actions", "owner_school"): _lazy("School that does it"),
    ("milestones", "action"): _lazy("Action"),
    ("posts", "strand"): _lazy("Strand"),
    ("posts", "employer"): _lazy("Employed by"),
    ("payers", "programme"): _lazy("Programme"),
    ("budget_lines", "action"): _lazy("Action that it pays for"),
    ("budget_lines", "amount_pence"): _lazy("Amount"),
    ("budget_lines", "school"): _lazy("School that spends it"),
    ("budget_lines", "shares"): _lazy("Who pays"),
    ("outcomes", "action"): _lazy("Action"),
    ("outcomes", "comes_from"): _lazy("Comes from"),
    ("targets", "priority"): _lazy("Priority"),
    ("targets", "outcome"): _lazy("Step of how it should work"),
    ("targets", "measure"): _lazy("Measure"),
    ("targets", "school"): _lazy("School"),
}
HELP: dict[str, tuple[Words, ...]] = {
    "plan": (
        _lazy("Two or three sentences that a parent or governor would understand."),
        _lazy("Say early what goes on when the funding ends: most clusters find it hard later."),
    ),
    "priorities": (
        _lazy("Three or four are usually enough. A priority says what is to be better for pupils."),
        _lazy(
            "A local priority counts as much as one of the programme. Some of the best work in "
            "clusters was not visible in the figures at first."
        ),
    ),
    "strands": (
        _lazy("A strand is a line of work with one person who keeps it going."),
        _lazy("Not every school has to be in every strand. A strand may be for one phase only."),
    ),
    "actions": (
        _lazy("Write what somebody will do, so that anybody could see whether it was done."),
        _lazy("Name one person or one school, and the dates between which it happens."),
    ),
    "milestones": (
        _lazy("A milestone is a day on which you look whether it is going as planned."),
        _lazy("One or two a term are enough."),
    ),
    "posts": (
        _lazy("Recruitment takes longer than anybody thinks: a term is usual."),
        _lazy("Say which school employs the person and what happens when the funding ends."),
    ),
    "payers": (_lazy("Work that nobody funds belongs in the plan too. It needs no funder."),),
    "budget_lines": (
        _lazy("Write what is bought and for which action, so that every pound can be followed."),
        _lazy("What no funder pays is carried by your schools: say so in a word."),
    ),
    "outcomes": (
        _lazy("Begin with what you do, then what comes of it at once, and what should follow."),
        _lazy("Write down what has to be true for one step to lead to the next."),
    ),
    "targets": (
        _lazy("A target is worth having if your schools trust how it was set."),
        _lazy(
            "What cannot be counted can still be seen: write what success would look like, who "
            "will look, and when."
        ),
        _lazy("In a small cohort one pupil moves the figure a lot. Say how many there are."),
    ),
    "definitions": (
        _lazy("A word that schools use differently, and what you have agreed that it means."),
    ),
}


def field_words(section: str, name: str) -> str:
    """What a field is called."""
    found = FIELD_WORDS.get((section, name))
    if found is not None:
        return str(found)
    model: Any = Plan if section == PlanFields.SECTION else MODELS[section]
    words = str(model._meta.get_field(name).verbose_name)
    return words[:1].upper() + words[1:]


def choice_words(section: str, name: str, value: str) -> str:
    """One of the model's choices in words."""
    return str(_choices(section, name).get(value, value))


@cache
def _choices(section: str, name: str) -> dict[str, Words]:
    model: Any = Plan if section == PlanFields.SECTION else MODELS[section]
    return dict(model._meta.get_field(name).choices or ())


def part_name(part: Any) -> str:
    """What a part is called in lists and links."""
    for name in ("title", "term", "name", "statement", "text"):
        if getattr(part, name, ""):
            text = str(getattr(part, name))
            return text if len(text) <= 90 else text[:87] + "…"
    return str(ONE_WORDS[part.SECTION])
