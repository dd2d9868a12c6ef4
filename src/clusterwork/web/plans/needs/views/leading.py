"""Leading a choice of priorities: starting it, asking to rank, back to proposing, giving up."""

from __future__ import annotations

import datetime as dt

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from clusterwork.plans.permissions.choosing import choosing_to_lead, cluster_to_choose_in
from clusterwork.plans.selectors.choosing import candidates_of
from clusterwork.plans.services import choosing as services
from clusterwork.web.clusters.asking import person_of, today
from clusterwork.web.clusters.cluster.stepping import Step, taken
from clusterwork.web.clusters.refusing import done_or_told
from clusterwork.web.guards import only, signed_in
from clusterwork.web.plans.needs.forms.choosing import AskToRankForm, PeriodForm
from clusterwork.web.plans.needs.frame import seen_inside, trail_to
from clusterwork.web.plans.needs.links import choosing_link

USUAL = dt.timedelta(weeks=2)


@signed_in
@only("GET", "HEAD", "POST")
def choosing_start(request: HttpRequest, pk: int) -> HttpResponse:
    """For which plan the cluster chooses."""
    person, day = person_of(request), today()
    cluster = cluster_to_choose_in(person, pk, day)
    form = PeriodForm(request.POST or None, initial=_usual(day))
    step = Step(
        template="plans/needs/choosing_start.html",
        form=form,
        act=lambda: services.start_choosing(person=person, day=day, cluster_pk=pk, **form.period),
        said=_("Every school of the cluster can propose priorities now."),
        then=lambda made: reverse("choosing", args=[made.pk]),
        context={"way": trail_to(cluster, choosing=True)},
        seen_by=seen_inside(),
    )
    return taken(request, cluster, step)


@signed_in
@only("GET", "HEAD", "POST")
def choosing_ask(request: HttpRequest, pk: int) -> HttpResponse:
    """Until when the schools rank; a letter goes to every head."""
    person, day = person_of(request), today()
    found = choosing_to_lead(person, pk, day)
    initial = {"rank_by": found.rank_by if _is_to_come(found.rank_by, day) else day + USUAL}
    form = AskToRankForm(request.POST or None, initial=initial)
    step = Step(
        template="plans/needs/choosing_ask.html",
        form=form,
        act=lambda: services.ask_to_rank(
            person=person, day=day, pk=pk, link_for=choosing_link, **form.cleaned_data
        ),
        said=_("The schools are asked to rank. A letter goes to every head."),
        then=lambda _made: reverse("choosing", args=[pk]),
        context={
            "way": trail_to(found.cluster, choosing=True),
            "choosing": found,
            "n": candidates_of(found).count(),
        },
        seen_by=seen_inside(),
    )
    return taken(request, found.cluster, step)


@signed_in
@only("POST")
def choosing_more(request: HttpRequest, pk: int) -> HttpResponse:
    """Schools can propose again."""
    person, day = person_of(request), today()
    choosing_to_lead(person, pk, day)
    if done_or_told(request, lambda: services.propose_more(person=person, day=day, pk=pk)):
        messages.success(request, _("Schools can propose again. What was ranked is kept."))
    return redirect("choosing", pk)


@signed_in
@only("POST")
def choosing_abandon(request: HttpRequest, pk: int) -> HttpResponse:
    """Nothing is chosen; the record keeps what was proposed."""
    person, day = person_of(request), today()
    found = choosing_to_lead(person, pk, day)
    if done_or_told(request, lambda: services.abandon_choosing(person=person, day=day, pk=pk)):
        messages.success(request, _("The choice is given up. What was proposed is kept."))
    return redirect("cluster_choosing", found.cluster_id)


def _is_to_come(given: dt.date | None, day: dt.date) -> bool:
    return given is not None and given >= day


def _usual(day: dt.date) -> dict[str, dt.date]:
    """Two school years from the next first of September."""
    first = dt.date(day.year + (day.month >= 9), 9, 1)
    return {"start_on": first, "end_on": dt.date(first.year + 2, 9, 1)}
