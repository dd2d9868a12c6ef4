"""What changes in the register mean for a cluster, and settling them."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from clusterwork.clusters.models import Cluster, RegisterEffect
from clusterwork.clusters.permissions import cluster_to_run
from clusterwork.clusters.permissions.register_effects import effect_to_run
from clusterwork.clusters.selectors.register_effects import effects_of
from clusterwork.clusters.services.settling import settle_register_effect
from clusterwork.registry.models import School
from clusterwork.registry.selectors.search import find_schools
from clusterwork.web.clusters.asking import person_of, today
from clusterwork.web.clusters.cluster.forms.register import SettleForm
from clusterwork.web.clusters.cluster.frame import officers_of, trail
from clusterwork.web.clusters.cluster.stepping import Step, taken
from clusterwork.web.guards import only, signed_in

MOST_FOUND = 10
PAGE_SIZE = 50


@signed_in
@require_safe
def effects(request: HttpRequest, pk: int) -> HttpResponse:
    """Everything that changes in the register meant for the cluster, what waits first."""
    cluster = cluster_to_run(person_of(request), pk, today())
    found = list(effects_of(cluster)[:PAGE_SIZE])
    context = {
        "cluster": cluster,
        "waiting": [each for each in found if each.settled_at is None],
        "settled": [each for each in found if each.settled_at],
        "trail_items": trail(cluster),
        "seen_by_words": officers_of(cluster),
    }
    return render(request, "clusters/cluster/effects.html", context, using="jinja2")


@signed_in
@only("GET", "HEAD", "POST")
def effect_settle(request: HttpRequest, pk: int) -> HttpResponse:
    """Whether a school goes on in the place of the one that ended, or nothing follows."""
    person, day = person_of(request), today()
    effect = effect_to_run(person, pk, day)
    words = request.GET.get("q", "").strip()
    form = SettleForm(request.POST or None, schools=_candidates(effect, words))
    step = Step(
        template="clusters/cluster/effect_settle.html",
        form=form,
        act=lambda: settle_register_effect(
            person=person,
            day=day,
            pk=pk,
            now=timezone.now(),
            goes_on_as=form.chosen,
            outcome=form.cleaned_data["outcome"],
        ),
        said=_("It is settled what the change in the register means."),
        then=_to_members(effect.cluster),
        context={"effect": effect, "words": words},
    )
    return taken(request, effect.cluster, step)


def _candidates(effect: RegisterEffect, words: str) -> list[School]:
    """The schools that may go on: those that the register names, and those searched for."""
    if effect.kind == RegisterEffect.Kind.REOPENED:
        return [effect.school]
    named = School.objects.filter(pk__in=effect.successors).select_related("authority")
    searched = find_schools(words=words) if words else School.objects.none()
    others = searched.exclude(pk=effect.school_id)[:MOST_FOUND]
    found = {each.pk: each for each in (*named, *others)}
    return list(found.values())


def _to_members(cluster: Cluster) -> Any:
    return lambda _done: reverse("cluster_members", args=[cluster.pk])
