"""A cluster asks its schools what they need, and reminds them."""

from __future__ import annotations

import datetime as dt

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from clusterwork.plans.permissions.needs import cluster_to_ask_needs_of
from clusterwork.plans.rules.years import year_of
from clusterwork.plans.selectors.needs import asking_for_year, year_of_needs
from clusterwork.plans.services.needs_asking import ask_needs, remind_needs
from clusterwork.web.clusters.asking import person_of, today
from clusterwork.web.clusters.cluster.stepping import Step, taken
from clusterwork.web.clusters.refusing import done_or_told
from clusterwork.web.guards import only, signed_in
from clusterwork.web.plans.needs.forms.needs import AskNeedsForm
from clusterwork.web.plans.needs.frame import seen_by_askers
from clusterwork.web.plans.needs.links import needs_link
from clusterwork.web.plans.needs.views.cluster import year_asked

USUAL = dt.timedelta(weeks=3)


@signed_in
@only("GET", "HEAD", "POST")
def needs_ask(request: HttpRequest, pk: int) -> HttpResponse:
    """For which year, until when; and a letter goes to every head who has not answered."""
    person, day = person_of(request), today()
    cluster = cluster_to_ask_needs_of(person, pk, day)
    year = year_asked(request, year_of(day))
    before = asking_for_year(cluster, year)
    initial = {"year": year, "by": before.by if before else day + USUAL}
    form = AskNeedsForm(request.POST or None, day=day, initial=initial)
    step = Step(
        template="plans/needs/ask.html",
        form=form,
        act=lambda: ask_needs(
            person=person,
            now=timezone.now(),
            cluster_pk=pk,
            link_for=needs_link,
            **form.cleaned_data,
        ),
        said=_("The schools are asked. A letter goes to every head who has not answered."),
        then=lambda asked: f"{reverse('cluster_needs', args=[pk])}?year={asked.year}",
        at="by",
        context={"before": before},
        seen_by=seen_by_askers(),
    )
    return taken(request, cluster, step)


@signed_in
@only("POST")
def needs_remind(request: HttpRequest, pk: int) -> HttpResponse:
    """A letter goes to every head who has still not answered."""
    person, day = person_of(request), today()
    cluster = cluster_to_ask_needs_of(person, pk, day)
    year = year_of_needs(cluster, day)
    n = done_or_told(
        request,
        lambda: remind_needs(
            person=person, now=timezone.now(), cluster_pk=pk, year=year, link_for=needs_link
        ),
    )
    if n:
        said = ngettext("One school is reminded.", "%(n)s schools are reminded.", n)
        messages.success(request, said % {"n": n})
    return redirect("cluster_needs", pk)
