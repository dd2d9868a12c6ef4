"""One thing that is done to a cluster: a form, the service that does it, and where to go then."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from clusterwork.clusters.models import Cluster
from clusterwork.web.clusters.cluster.frame import officers_of, trail
from clusterwork.web.clusters.refusing import done_or_said


@dataclass(frozen=True)
class Step:
    """`act` does it, `said` tells that it is done; `at` is the field that a refusal is shown at.

    `then` turns what `act` returns into the address to go to.
    """

    template: str
    form: forms.Form
    act: Callable[[], Any]
    said: str
    then: Callable[[Any], str]
    at: str | None = None
    context: dict[str, Any] = field(default_factory=dict)
    seen_by: str = ""


def taken(
    request: HttpRequest, cluster: Cluster, step: Step, *, is_done: bool = True
) -> HttpResponse:
    """The page of the step, with what was refused and all that was typed; or the page after it.

    Without `is_done` a filled form is only looked at, as on a page that shows what would happen.
    """
    if is_done and step.form.is_bound and step.form.is_valid():
        done = done_or_said(step.form, step.at, step.act)
        if not step.form.errors:
            messages.success(request, step.said)
            return redirect(step.then(done))
    context = {
        "cluster": cluster,
        "form": step.form,
        "trail_items": trail(cluster),
        "seen_by_words": step.seen_by or officers_of(cluster),
        **step.context,
    }
    return render(request, step.template, context, using="jinja2")
