"""How tasks are told on the home page: soonest first, from whom, by when, about how long."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from clusterwork.web.formats import day
from clusterwork.web.tasks import Task

SOON = dt.timedelta(days=7)


def soonest_first(tasks: Iterable[Task]) -> list[Task]:
    """By their last day; those without one come last, in the order in which they came."""
    return sorted(tasks, key=lambda task: task.by or dt.date.max)


def heading(tasks: list[Task], today: dt.date) -> str:
    """How many things need the reader, this week if any has its last day in it."""
    if not tasks:
        return _("Nothing waits for you.")
    soon = sum(task.by is not None and task.by < today + SOON for task in tasks)
    if soon:
        told = ngettext("One thing needs you this week.", "%(n)s things need you this week.", soon)
        return told % {"n": soon}
    told = ngettext("One thing waits for you.", "%(n)s things wait for you.", len(tasks))
    return told % {"n": len(tasks)}


def details(task: Task) -> str:
    """The line under a task."""
    parts = [task.hint.rstrip(".")]
    if task.asked_by:
        parts.append(_("Asked by: %(who)s") % {"who": task.asked_by})
    if task.by:
        parts.append(_("By: %(day)s") % {"day": day(task.by)})
    if task.minutes:
        told = ngettext("About one minute", "About %(n)s minutes", task.minutes)
        parts.append(told % {"n": task.minutes})
    return ". ".join(part for part in parts if part) + "."


def items_of(tasks: Iterable[Task]) -> list[dict[str, object]]:
    """The rows of the task list component."""
    return [
        {
            "title": {"text": task.text},
            "hint": {"text": details(task)},
            "href": task.address,
            "status": {"text": task.status},
        }
        for task in tasks
    ]
