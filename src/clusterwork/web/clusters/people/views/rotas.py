"""The chair's rota of a cluster: its page, starting it, planning, joining, leaving, ending."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from clusterwork.clusters.models import Cluster, Rota
from clusterwork.clusters.permissions import cluster_for, cluster_to_work_in
from clusterwork.clusters.permissions.appointments import rota_of, rota_to_run
from clusterwork.clusters.rules.rota import unevenness
from clusterwork.clusters.rules.terms import first_days_of_terms, first_days_of_years
from clusterwork.clusters.selectors.memberships import memberships_on
from clusterwork.clusters.selectors.rotas import (
    as_seat,
    as_turn,
    chairs_in,
    seated_on,
    seats_of,
    tallies,
    turns_of,
)
from clusterwork.clusters.services import rotas, turns
from clusterwork.registry.models import School
from clusterwork.registry.selectors.holidays import days_off
from clusterwork.web.clusters.asking import person_of, today
from clusterwork.web.clusters.cluster.frame import cluster_frame
from clusterwork.web.clusters.cluster.stepping import Step, taken
from clusterwork.web.clusters.people.forms.rotas import OnForm, PlanForm, RotaForm, SeatForm
from clusterwork.web.clusters.people.wording import seen_by_workers
from clusterwork.web.day import planned_day_of
from clusterwork.web.guards import only, signed_in

AHEAD = dt.timedelta(days=365)
N_TERMS, N_YEARS = 3, 3


def to_rota(cluster: Cluster) -> Callable[[Any], str]:
    """The page to go to when something is done."""
    return lambda _done: reverse("cluster_rota", args=[cluster.pk])


@signed_in
@require_safe
def cluster_rota(request: HttpRequest, pk: int) -> HttpResponse:
    """Turns ahead and behind, and how many each school has had."""
    cluster, day = cluster_for(person_of(request), pk, today()), planned_day_of(request)
    frame = cluster_frame(request, cluster, day, "cluster_people")
    rota = rota_of(cluster, day.on)
    shown = rota_shown(rota, day.on) if rota else {}
    context = {**frame, "rota": rota, **shown}
    return render(request, "clusters/people/rota.html", context, using="jinja2")


def rota_shown(rota: Rota, day: dt.date) -> dict[str, Any]:
    """What the page says of a rota as at a day."""
    rota = Rota.objects.select_related("cluster").get(pk=rota.pk)
    seats, all_turns = seats_of(rota), turns_of(rota)
    plain = [as_turn(turn) for turn in all_turns]
    places = [as_seat(seat) for seat in seats]
    ends = max([day, *(turn.start_on for turn in all_turns)])
    return {
        "tallies": tallies(seats, all_turns),
        "n_seated": len(seated_on(seats, max(day, rota.start_on))),
        "uneven": unevenness(places, plain, ends),
        "behind": [each for each in all_turns if each.start_on <= day or each.taken is not None],
        "ahead": [each for each in all_turns if each.start_on > day and each.taken is None],
        "chairs": chairs_in(rota),
        "next": next((each for each in all_turns if each.end_on > day), None),
    }


@signed_in
@only("GET", "HEAD", "POST")
def rota_start(request: HttpRequest, pk: int) -> HttpResponse:
    """A rota begins, its schools in the order agreed."""
    person, day = person_of(request), today()
    cluster = cluster_to_work_in(person, pk, day)
    members = memberships_on(day).filter(cluster=cluster)
    schools = list(School.objects.filter(pk__in=members.values("school_id")))
    form = RotaForm(request.POST or None, schools=schools, initial={"start_on": day})
    step = Step(
        template="clusters/people/rota_start.html",
        form=form,
        act=lambda: rotas.start_rota(
            person=person,
            day=day,
            cluster_pk=pk,
            unit=form.cleaned_data["unit"],
            start_on=form.cleaned_data["start_on"],
            schools=form.order,
        ),
        said=_("The rota is started. Plan its turns next."),
        then=to_rota(cluster),
        seen_by=seen_by_workers(),
    )
    return taken(request, cluster, step)


@signed_in
@only("GET", "HEAD", "POST")
def rota_plan(request: HttpRequest, pk: int) -> HttpResponse:
    """Turns ahead, dealt out fairly."""
    person, day = person_of(request), today()
    rota = rota_to_run(person, pk, day)
    form = PlanForm(request.POST or None, rota=rota, initial=suggested(rota, day))
    step = Step(
        template="clusters/people/rota_plan.html",
        form=form,
        act=lambda: turns.plan_turns(person=person, day=day, cluster_pk=pk, **form.cleaned_data),
        said=_("The turns are planned."),
        then=to_rota(rota.cluster),
        at="days",
        context={"rota": rota},
        seen_by=seen_by_workers(),
    )
    return taken(request, rota.cluster, step)


def suggested(rota: Rota, day: dt.date) -> dict[str, Any]:
    """The next terms or school years that have no turn; nothing for meetings."""
    last = rota.turns.order_by("-end_on").values_list("end_on", flat=True).first()
    since = last or max(day, rota.start_on)
    if rota.unit == Rota.Unit.MEETING:
        return {}
    if rota.unit == Rota.Unit.YEAR:
        days = first_days_of_years(since, N_YEARS + 1)
    else:
        off = days_off(rota.cluster.organisation, since - AHEAD / 3, since + 2 * AHEAD)
        holidays = [(each.start_on, each.end_on) for each in off.holidays]
        days = first_days_of_terms(holidays, since, N_TERMS + 1)
    if len(days) < 2:
        return {}
    shown = "\n".join(f"{each.day}/{each.month}/{each.year}" for each in days[:-1])
    return {"days": shown, "until": days[-1]}


@signed_in
@only("GET", "HEAD", "POST")
def rota_join(request: HttpRequest, pk: int) -> HttpResponse:
    """A school joins the rota at the end of the order."""
    person, day = person_of(request), today()
    rota = rota_to_run(person, pk, day)
    seated = [seat.school_id for seat in seats_of(rota) if seat.end_on is None]
    members = rota.cluster.memberships.exclude(end_on__lte=day)
    outside = School.objects.filter(pk__in=members.values("school_id")).exclude(pk__in=seated)
    form = SeatForm(request.POST or None, schools=list(outside), initial={"on": day})
    return _seat(
        request,
        rota,
        "rota_join",
        form,
        lambda: rotas.join_rota(person=person, day=day, cluster_pk=pk, **form.cleaned_data),
        _("The school is in the rota."),
    )


@signed_in
@only("GET", "HEAD", "POST")
def rota_leave(request: HttpRequest, pk: int) -> HttpResponse:
    """A school leaves the rota and the others move up."""
    person, day = person_of(request), today()
    rota = rota_to_run(person, pk, day)
    seats = [seat.school for seat in seats_of(rota) if seat.end_on is None or seat.end_on > day]
    form = SeatForm(request.POST or None, schools=seats, initial={"on": day})
    return _seat(
        request,
        rota,
        "rota_leave",
        form,
        lambda: rotas.leave_rota(person=person, day=day, cluster_pk=pk, **form.cleaned_data),
        _("The school is out of the rota, and the others have moved up."),
    )


@signed_in
@only("GET", "HEAD", "POST")
def rota_end(request: HttpRequest, pk: int) -> HttpResponse:
    """The rota runs no more."""
    person, day = person_of(request), today()
    rota = rota_to_run(person, pk, day)
    form = OnForm(request.POST or None, initial={"on": day})
    return _seat(
        request,
        rota,
        "rota_end",
        form,
        lambda: rotas.end_rota(person=person, day=day, cluster_pk=pk, **form.cleaned_data),
        _("The end of the rota is written down."),
    )


def _seat(
    request: HttpRequest,
    rota: Rota,
    name: str,
    form: forms.Form,
    act: Callable[[], Any],
    said: str,
) -> HttpResponse:
    step = Step(
        template=f"clusters/people/{name}.html",
        form=form,
        act=act,
        said=said,
        then=to_rota(rota.cluster),
        at="on",
        context={"rota": rota},
        seen_by=seen_by_workers(),
    )
    return taken(request, rota.cluster, step)
