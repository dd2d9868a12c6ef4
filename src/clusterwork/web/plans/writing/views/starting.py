"""Starting a plan and giving one up."""

from __future__ import annotations

import datetime as dt

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from clusterwork.clusters.models import Cluster
from clusterwork.plans.models import Plan
from clusterwork.plans.permissions.plans import cluster_to_plan_in, plan_to_write
from clusterwork.plans.selectors.choosing import chosen_candidates, latest_chosen
from clusterwork.plans.selectors.filling import plans_to_copy
from clusterwork.plans.services.plans import start_plan, withdraw_plan
from clusterwork.web.clusters.asking import person_of, today
from clusterwork.web.clusters.cluster.stepping import Step, taken
from clusterwork.web.guards import only, signed_in
from clusterwork.web.plans.writing.forms.starting import KNOWN, StartForm
from clusterwork.web.plans.writing.forms.talking import NoForm
from clusterwork.web.plans.writing.frame import seen_by_writers

SEPTEMBER = 9


@signed_in
@only("GET", "HEAD", "POST")
def plan_start(request: HttpRequest, pk: int) -> HttpResponse:
    """For which time, and from what."""
    person, day = person_of(request), today()
    cluster = cluster_to_plan_in(person, pk, day)
    earlier = plans_to_copy(cluster)
    form = StartForm(request.POST or None, earlier=earlier, initial=_usual(cluster, earlier, day))
    step = Step(
        template="plans/writing/start.html",
        form=form,
        act=lambda: start_plan(
            person=person,
            day=day,
            now=timezone.now(),
            cluster_pk=pk,
            facts=form.facts,
            **form.beginning,
        ),
        said=_("The plan is started. What is known is filled in."),
        then=lambda plan: reverse("plan", args=[plan.pk]),
        at="start_on",
        context={"chosen": chosen_candidates(cluster, form["start_on"].initial)},
        seen_by=seen_by_writers(),
    )
    return taken(request, cluster, step)


@signed_in
@only("GET", "HEAD", "POST")
def plan_withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """A plan that is given up."""
    person, day = person_of(request), today()
    plan = plan_to_write(person, pk, day)
    step = Step(
        template="plans/writing/withdraw.html",
        form=NoForm(request.POST if request.method == "POST" else None),
        act=lambda: withdraw_plan(person=person, day=day, pk=pk),
        said=_("The plan is withdrawn. It can still be read here."),
        then=lambda _plan: reverse("cluster_plan", args=[plan.cluster_id]),
        context={"plan": plan},
        seen_by=seen_by_writers(),
    )
    return taken(request, plan.cluster, step)


def _usual(cluster: Cluster, earlier: list[Plan], day: dt.date) -> dict[str, object]:
    """The time for which priorities were chosen; else that after the last plan, else a school
    year."""
    start, end = _time_of(cluster, earlier, day)
    return {
        "title": _("Plan of the cluster: %(cluster)s") % {"cluster": cluster},
        "start_on": start,
        "end_on": end,
        "language": earlier[0].language if earlier else Plan.Language.ENGLISH,
        "begin": KNOWN,
    }


def _year_after(day: dt.date) -> dt.date:
    try:
        return day.replace(year=day.year + 1)
    except ValueError:
        return day.replace(year=day.year + 1, day=28)


def _time_of(cluster: Cluster, earlier: list[Plan], day: dt.date) -> tuple[dt.date, dt.date]:
    last = max((each.end_on for each in earlier), default=None)
    chosen = latest_chosen(cluster, day)
    if chosen and (last is None or last <= chosen.for_start_on):
        return chosen.for_start_on, chosen.for_end_on
    start = last or dt.date(day.year if day.month >= 7 else day.year - 1, SEPTEMBER, 1)
    return start, _year_after(start)
