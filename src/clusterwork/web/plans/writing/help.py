"""The words by which a part is added, and the help beside its form."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Words = str | Promise

ADD_WORDS: dict[str, Words] = {
    "priorities": _("Add a priority"),
    "strands": _("Add a strand"),
    "actions": _("Add an action"),
    "milestones": _("Add a milestone"),
    "posts": _("Add a post"),
    "payers": _("Add a funder"),
    "budget_lines": _("Add a budget line"),
    "outcomes": _("Add a step"),
    "targets": _("Add a target"),
    "definitions": _("Add a definition"),
}
HELP: dict[str, tuple[Words, ...]] = {
    "plan": (
        _("Two or three sentences that a parent or governor would understand."),
        _("Say early what goes on when the funding ends: most clusters find it hard later."),
    ),
    "priorities": (
        _("Three or four are usually enough. A priority says what is to be better for pupils."),
        _(
            "A local priority counts as much as one of the programme. Some of the best work in "
            "clusters was not visible in the figures at first."
        ),
    ),
    "strands": (
        _("A strand is a line of work with one person who keeps it going."),
        _("Not every school has to be in every strand. A strand may be for one phase only."),
    ),
    "actions": (
        _("Write what somebody will do, so that anybody could see whether it was done."),
        _("Name one person or one school, and the dates between which it happens."),
    ),
    "milestones": (
        _("A milestone is a day on which you look whether it is going as planned."),
        _("One or two a term are enough."),
    ),
    "posts": (
        _("Recruitment takes longer than anybody thinks: a term is usual."),
        _("Say which school employs the person and what happens when the funding ends."),
    ),
    "payers": (_("Work that nobody funds belongs in the plan too. It needs no funder."),),
    "budget_lines": (
        _("Write what is bought and for which action, so that every pound can be followed."),
        _("What no funder pays is carried by your schools: say so in a word."),
    ),
    "outcomes": (
        _("Begin with what you do, then what comes of it at once, and what should follow."),
        _("Write down what has to be true for one step to lead to the next."),
    ),
    "targets": (
        _("A target is worth having if your schools trust how it was set."),
        _(
            "What cannot be counted can still be seen: write what success would look like, who "
            "will look, and when."
        ),
        _("In a small cohort one pupil moves the figure a lot. Say how many there are."),
    ),
    "definitions": (
        _("A word that schools use differently, and what you have agreed that it means."),
    ),
}
