"""A page for each part of a plan: adding, changing, ordering and removing it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from clusterwork.plans.models import Plan
from clusterwork.plans.permissions.plans import plan_to_write
from clusterwork.plans.rules.parts import SECTIONS, PlanFields
from clusterwork.plans.selectors.plans import whole_plan
from clusterwork.plans.services.writing import move_part, no_such_part, remove_part
from clusterwork.web.clusters.asking import person_of, today
from clusterwork.web.clusters.refusing import done_or_said, done_or_told
from clusterwork.web.guards import only, signed_in
from clusterwork.web.plans.writing.desk import Desk
from clusterwork.web.plans.writing.forms.about import AboutForm
from clusterwork.web.plans.writing.forms.talking import NoForm
from clusterwork.web.plans.writing.frame import plan_frame, seen_by_writers, trail_to
from clusterwork.web.plans.writing.values import name_in


@signed_in
@only("GET", "HEAD", "POST")
def part_new(request: HttpRequest, pk: int, section: str) -> HttpResponse:
    """A new part, filled with what is known."""
    plan = _plan(request, pk, section)
    if section == "targets" and "measure" not in request.GET:
        return redirect("plan_target_about", pk)
    return _at_desk(request, Desk(request, plan, section, None))


@signed_in
@only("GET", "HEAD", "POST")
def part_edit(request: HttpRequest, pk: int, section: str, uid: UUID) -> HttpResponse:
    """A part that is there."""
    return _at_desk(request, Desk(request, _plan(request, pk, section), section, uid))


@signed_in
@only("GET", "HEAD", "POST")
def plan_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """The fields of the plan itself."""
    plan = plan_to_write(person_of(request), pk, today())
    return _at_desk(request, Desk(request, plan, PlanFields.SECTION, None))


@signed_in
@require_safe
def target_about(request: HttpRequest, pk: int) -> HttpResponse:
    """On which measure a target is set and for whom, so that its baseline can be filled."""
    plan = plan_to_write(person_of(request), pk, today())
    whole = whole_plan(plan)
    form = AboutForm(request.GET if "measure" in request.GET else None, plan=plan, whole=whole)
    if form.is_bound and form.is_valid():
        address = reverse("plan_part_new", args=[pk, "targets"])
        return redirect(f"{address}?{request.GET.urlencode()}")
    context = {
        **plan_frame(request, plan, "plan"),
        "form": form,
        "priority": request.GET.get("priority", ""),
        "trail_items": _trail(plan),
        "seen_by_words": seen_by_writers(),
    }
    return render(request, "plans/writing/target_about.html", context, using="jinja2")


@signed_in
@only("GET", "HEAD", "POST")
def part_remove(request: HttpRequest, pk: int, section: str, uid: UUID) -> HttpResponse:
    """Asked once more, with what it takes with it."""
    person, day = person_of(request), today()
    plan = _plan(request, pk, section)
    whole = whole_plan(plan)
    part = whole.part(section, uid)
    if part is None:
        raise no_such_part()
    form = NoForm(request.POST if request.method == "POST" else None)
    told: dict[str, Any] = {"plan_pk": pk, "section": section, "uid": uid}
    if form.is_bound and form.is_valid():
        done = done_or_said(
            form, None, lambda: remove_part(person=person, day=day, now=timezone.now(), **told)
        )
        if done is not None:
            messages.success(request, _("It is removed. The history of the plan keeps it."))
            return redirect(reverse("plan", args=[pk]) + f"#{section}")
    context = {
        "plan": plan,
        "form": form,
        "part": part,
        "called": name_in(whole, part),
        "milestones": [each for each in whole.milestones if each.action == uid],
        "trail_items": _trail(plan),
        "seen_by_words": seen_by_writers(),
    }
    return render(request, "plans/writing/remove.html", context, using="jinja2")


@signed_in
@only("POST")
def part_move(request: HttpRequest, pk: int, section: str, uid: UUID) -> HttpResponse:
    """One place up or down."""
    _plan(request, pk, section)
    up = "up" in request.POST
    told: dict[str, Any] = {"plan_pk": pk, "section": section, "uid": uid, "up": up}
    done_or_told(request, lambda: move_part(person=person_of(request), day=today(), **told))
    return redirect(reverse("plan", args=[pk]) + f"#p{uid}")


def _at_desk(request: HttpRequest, desk: Desk) -> HttpResponse:
    if request.method == "POST" and desk.save():
        messages.success(request, desk.said)
        return redirect(desk.next)
    desk.open()
    context: dict[str, Any] = {
        **desk.context(),
        "trail_items": _trail(desk.plan),
        "seen_by_words": seen_by_writers(),
    }
    return render(request, "plans/writing/part.html", context, using="jinja2")


def _plan(request: HttpRequest, pk: int, section: str) -> Plan:
    if section not in SECTIONS:
        raise Http404
    return plan_to_write(person_of(request), pk, today())


def _trail(plan: Plan) -> list[dict[str, Any]]:
    return [*trail_to(plan), {"text": plan.title, "href": reverse("plan", args=[plan.pk])}]
