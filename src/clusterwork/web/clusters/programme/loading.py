"""The programme that an address names, its frame, and one thing that is done to it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from clusterwork.clusters.models import Programme
from clusterwork.clusters.permissions import programme_for
from clusterwork.clusters.permissions.reading_programmes import may_run, programme_to_see
from clusterwork.web.clusters.asking import person_of, today
from clusterwork.web.clusters.frame import programme_frame, seen_by, trail_to_programmes
from clusterwork.web.clusters.refusing import done_or_said
from clusterwork.web.day import Day


def seen(request: HttpRequest, pk: int) -> Programme:
    """The programme for whoever may read about it. Raises `NotThere`, `NotAllowed`."""
    return programme_to_see(person_of(request), pk, today())


def run(request: HttpRequest, pk: int) -> Programme:
    """The programme for its officers. Raises `NotThere`, `NotAllowed`."""
    return programme_for(person_of(request), pk, today())


def asked(request: HttpRequest, pk: int) -> dict[str, Any]:
    """Who asks, on which day, of which programme: what every service wants."""
    return {"person": person_of(request), "day": today(), "pk": pk}


def framed(
    request: HttpRequest, programme: Programme, current: str, day: Day | None = None
) -> dict[str, Any]:
    """The frame of a page for readers; `may_change` is true for officers, today."""
    runs = may_run(person_of(request), programme, today())
    frame = programme_frame(programme, current, may_run=runs, day=day)
    return {**frame, "may_change": runs and (day is None or day.is_today)}


@dataclass(frozen=True)
class Step:
    """One thing to do: its question, what the button says, the form, the service, and the end.

    `page` is the page that it belongs to and that follows it; a refusal is shown at the field `at`.
    """

    question: str
    send: str
    form: forms.Form
    act: Callable[[], Any]
    said: str
    page: str
    at: str | None = None
    lead: str = ""


def taken(request: HttpRequest, programme: Programme, step: Step) -> HttpResponse:
    """The page of the step, with what was refused and all that was typed; or the page after it."""
    if step.form.is_bound and step.form.is_valid():
        done_or_said(step.form, step.at, step.act)
        if not step.form.errors:
            messages.success(request, step.said)
            return redirect(step.page, programme.pk)
    context = {
        "programme": programme,
        "step": step,
        "form": step.form,
        "trail_items": trail_to_programmes(),
        "page_name": page_names()[step.page],
        "seen_by_words": seen_by(programme),
    }
    return render(request, "clusters/programme/step.html", context, using="jinja2")


def page_names() -> dict[str, str]:
    """The pages that a step may belong to."""
    return {
        "programme_clusters": _("Clusters"),
        "programme_priorities": _("Priorities"),
        "programme_groups": _("Groups"),
        "programme_eligibility": _("Who it is for"),
        "programme_reviewing": _("Reviewing plans"),
        "programme_forms": _("Funders’ forms"),
    }
