"""How a cluster stands on a day, and changing it from a day on."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from clusterwork.clusters.models import Cluster, Standing
from clusterwork.clusters.permissions import cluster_for, cluster_to_run, cluster_to_work_in
from clusterwork.clusters.selectors.clusters import standing_on
from clusterwork.clusters.services.standings import change_standing
from clusterwork.clusters.services.working_model import change_working_model
from clusterwork.web.clusters.asking import person_of, today
from clusterwork.web.clusters.cluster.definitions import meaning_of
from clusterwork.web.clusters.cluster.forms.standing import (
    DIMENSIONS,
    SEVERAL,
    StandingForm,
    WorkingModelForm,
)
from clusterwork.web.clusters.cluster.frame import cluster_frame, its_people
from clusterwork.web.clusters.cluster.stepping import Step, taken
from clusterwork.web.day import planned_day_of
from clusterwork.web.guards import only, signed_in


@signed_in
@require_safe
def standing(request: HttpRequest, pk: int) -> HttpResponse:
    """Every dimension on the day, with what its words mean, and what it was before."""
    found, day = cluster_for(person_of(request), pk, today()), planned_day_of(request)
    held = standing_on(found, day.on)
    context = {
        **cluster_frame(request, found, day, "cluster_standing"),
        "standing": held,
        "dimensions": dimensions_of(held) if held else [],
        "others": [each for each in found.standings.all() if each != held],
    }
    return render(request, "clusters/cluster/standing.html", context, using="jinja2")


def dimensions_of(standing: Standing) -> list[tuple[str, list[tuple[str, str]]]]:
    """Question, and the answers with what they mean; an unanswered one has none."""
    found = []
    for name, (label, choices) in DIMENSIONS.items():
        value = getattr(standing, name)
        found.append((str(label), [_told(choices(value))] if value else []))
    for name, (label, choices) in SEVERAL.items():
        known = [value for value in getattr(standing, name) if value in choices.values]
        found.append((str(label), [_told(choices(value)) for value in known]))
    return found


def _told(choice: Any) -> tuple[str, str]:
    return str(choice.label), meaning_of(choice)


@signed_in
@only("GET", "HEAD", "POST")
def standing_change(request: HttpRequest, pk: int) -> HttpResponse:
    """How the cluster stands from a day on; filled with what is known."""
    person, day = person_of(request), today()
    cluster = cluster_to_run(person, pk, day)
    on = max(day, cluster.start_on)
    form = StandingForm(request.POST or None, standing=standing_on(cluster, on), initial={"on": on})
    step = Step(
        template="clusters/cluster/standing_change.html",
        form=form,
        act=lambda: change_standing(
            person=person, day=day, pk=pk, facts=form.facts, on=form.cleaned_data["on"]
        ),
        said=_("How the cluster stands is written down. What earlier days say does not change."),
        then=_to_standing(cluster),
        context={"dimensions": list(DIMENSIONS)},
    )
    return taken(request, cluster, step)


@signed_in
@only("GET", "HEAD", "POST")
def working_model(request: HttpRequest, pk: int) -> HttpResponse:
    """The cluster's own words about how it works."""
    person, day = person_of(request), today()
    cluster = cluster_to_work_in(person, pk, day)
    on = max(day, cluster.start_on)
    held = standing_on(cluster, on)
    initial = {"working_model": held.working_model if held else "", "on": on}
    form = WorkingModelForm(request.POST or None, initial=initial)
    step = Step(
        template="clusters/cluster/working_model.html",
        form=form,
        act=lambda: change_working_model(person=person, day=day, pk=pk, **form.cleaned_data),
        seen_by=its_people(),
        said=_("How the cluster works is written down. What earlier days say does not change."),
        then=_to_standing(cluster),
    )
    return taken(request, cluster, step)


def _to_standing(cluster: Cluster) -> Any:
    return lambda _done: reverse("cluster_standing", args=[cluster.pk])
