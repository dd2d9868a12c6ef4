"""A programme's plans together: how they stand, and the table of focus and aims."""

from __future__ import annotations

from collections import Counter
from typing import Any

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from clusterwork.clusters.models import Programme
from clusterwork.plans.models import Plan
from clusterwork.plans.selectors.papers import clusters_of
from clusterwork.plans.selectors.papers import programme_table as made_table
from clusterwork.plans.states import plan as states
from clusterwork.web.clusters.asking import today
from clusterwork.web.clusters.programme.loading import framed, run
from clusterwork.web.documents import document_page, document_response
from clusterwork.web.guards import signed_in
from clusterwork.web.spreadsheet import csv_response

HERE = "programme_plans"
NOT_STARTED = "none"
Row = dict[str, Any]


@signed_in
@require_safe
def programme_plans(request: HttpRequest, pk: int) -> HttpResponse:
    """How many plans stand where, and each cluster with its plan."""
    programme = run(request, pk)
    rows = plan_rows(programme)
    counted = Counter(each["state"] for each in rows)
    wanted = request.GET.get("state", "")
    address = reverse(HERE, args=[pk])
    context = {
        **framed(request, programme, HERE),
        "rows": [each for each in rows if not wanted or each["state"] == wanted],
        "n_all": len(rows),
        "counted": [(state_words(state), n) for state, n in counted.most_common()],
        "filters": [
            {"text": text, "href": f"{address}?state={state}" if state else address,
             "current": state == wanted}
            for state, text in (("", _("All")), *((each, state_words(each)) for each in counted))
        ],
    }  # fmt: skip
    return render(request, "plans/papers/programme.html", context, using="jinja2")


@signed_in
@require_safe
def programme_plans_csv(request: HttpRequest, pk: int) -> StreamingHttpResponse:
    """The same rows as a file."""
    programme = run(request, pk)
    header = [_("Cluster"), _("Plan"), _("State"), _("Approved")]
    return csv_response("plans", header, map(_cells, plan_rows(programme)))


def _cells(row: Row) -> list[object]:
    plan = row["plan"]
    approved = plan.approved_on.isoformat() if plan and plan.approved_on else ""
    return [str(row["cluster"]), plan.title if plan else "", row["words"], approved]


def plan_rows(programme: Programme) -> list[Row]:
    """Each cluster of today with its latest plan that is not over, in two queries."""
    clusters = clusters_of(programme, today())
    plans = Plan.objects.filter(cluster__in=clusters, end_on__gt=today())
    living = plans.exclude(state__in=(states.SUPERSEDED, states.WITHDRAWN)).order_by("pk")
    latest = {each.cluster_id: each for each in living}
    return [_row(each, latest.get(each.pk)) for each in clusters]


def _row(cluster: Any, plan: Plan | None) -> Row:
    state = plan.state if plan else NOT_STARTED
    readable = plan is not None and state not in (states.DRAFT, states.RETURNED)
    return {
        "cluster": cluster,
        "plan": plan,
        "state": state,
        "words": state_words(state),
        "readable": readable,
    }


def state_words(state: str) -> str:
    """A state as people read it; a plan that was not started has none."""
    return _("Not started") if state == NOT_STARTED else _(states.NAMES[state])


@signed_in
@require_safe
def programme_table(request: HttpRequest, pk: int) -> HttpResponse:
    """The table of focus and aims by cluster on a page."""
    programme = run(request, pk)
    frame = framed(request, programme, HERE)
    return document_page(
        request,
        made_table(programme, today()),
        lambda form: reverse("programme_table_file", args=[pk, form]),
        seen_by_words=frame["seen_by_words"],
        trail_items=[
            *frame["trail_items"],
            {"text": str(programme), "href": reverse("programme", args=[pk])},
            {"text": _("Plans"), "href": reverse(HERE, args=[pk])},
        ],
    )


@signed_in
@require_safe
def programme_table_file(request: HttpRequest, pk: int, form: str) -> HttpResponse:
    """The table as a file."""
    programme = run(request, pk)
    return document_response(made_table(programme, today()), form, f"{programme} plans")
