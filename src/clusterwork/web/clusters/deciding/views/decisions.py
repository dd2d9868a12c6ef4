"""What a cluster has decided: its list, as a file, and its new heads."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from clusterwork.clusters.models import Decision
from clusterwork.clusters.permissions import cluster_for, may_run_cluster
from clusterwork.clusters.permissions.deciding import decisions_shown, is_inside, may_propose
from clusterwork.clusters.selectors.decisions import DecisionOn
from clusterwork.clusters.selectors.new_heads import new_heads_on
from clusterwork.clusters.services.deciding_letters import proposer_of
from clusterwork.web.address import with_query
from clusterwork.web.clusters.asking import person_of, today
from clusterwork.web.clusters.deciding.frame import deciding_frame
from clusterwork.web.clusters.deciding.wording import TAGS, result_words, seen_inside
from clusterwork.web.day import planned_day_of
from clusterwork.web.formats import day as in_words
from clusterwork.web.guards import signed_in
from clusterwork.web.spreadsheet import csv_response

PAGE_SIZE = 50


@signed_in
@require_safe
def cluster_decisions(request: HttpRequest, pk: int) -> HttpResponse:
    """What is open and what was decided, filtered by state and by what it is about."""
    person = person_of(request)
    cluster, day = cluster_for(person, pk, today()), planned_day_of(request)
    inside, runs = is_inside(person, cluster, today()), may_run_cluster(person, cluster, today())
    every = decisions_shown(cluster, day.on, inside=inside, runs=runs)
    chosen = [each for each in every if is_chosen(request, each)]
    context = {
        **deciding_frame(request, cluster, day, "cluster_decisions"),
        "inside": inside,
        "runs": runs,
        "page": Paginator(chosen, PAGE_SIZE).get_page(request.GET.get("page")),
        "n_all": len(every),
        "n_open": sum(1 for each in every if each.state == Decision.State.OPEN),
        "by_state": links(request, "state", Decision.State.choices, [x.state for x in every]),
        "by_about": links(
            request, "about", Decision.About.choices, [x.decision.about for x in every]
        ),
        "new_heads": new_heads_on(cluster, day.on) if inside or runs else [],
        "may_propose": day.is_today and may_propose(person, cluster, today()),
        "tags": TAGS,
        "proposer_of": proposer_of,
        "seen_by_words": seen_by(),
    }
    return render(request, "clusters/deciding/decisions.html", context, using="jinja2")


@signed_in
@require_safe
def decisions_csv(request: HttpRequest, pk: int) -> StreamingHttpResponse:
    """The same rows as a file."""
    person = person_of(request)
    cluster, day = cluster_for(person, pk, today()), planned_day_of(request)
    inside, runs = is_inside(person, cluster, today()), may_run_cluster(person, cluster, today())
    every = decisions_shown(cluster, day.on, inside=inside, runs=runs)
    header = (
        _("Title"),
        _("About"),
        _("Group"),
        _("Proposed by"),
        _("Proposed"),
        _("Votes until"),
        _("State"),
        _("Decided"),
        _("Agreed"),
        _("Abstained"),
        _("Objected"),
        _("Why it came out so"),
    )
    rows = (row_of(each) for each in every if is_chosen(request, each))
    return csv_response("decisions", header, rows)


def is_chosen(request: HttpRequest, each: DecisionOn) -> bool:
    """Whether it passes the filters of the address."""
    state, about = request.GET.get("state", ""), request.GET.get("about", "")
    fits_state = state not in Decision.State.values or each.state == state
    return fits_state and (about not in Decision.About.values or each.decision.about == about)


def links(
    request: HttpRequest, name: str, choices: Sequence[tuple[Any, Any]], values: Sequence[str]
) -> list[dict[str, Any]]:
    """All, and each value that occurs with how many."""
    asked, n = request.GET.get(name, ""), Counter(values)
    options = [("", _("All"), len(values))]
    options += [(value, str(words), n[value]) for value, words in choices if n[value]]
    return [
        {
            "text": f"{words} ({count})",
            "href": with_query(request, **{name: value, "page": None}),
            "current": value == asked,
        }
        for value, words, count in options
    ]


def row_of(each: DecisionOn) -> tuple[object, ...]:
    """One line of the file."""
    decision, is_open = each.decision, each.state == Decision.State.OPEN
    counted = {} if is_open else decision.counted
    return (
        decision.title,
        decision.get_about_display(),
        str(decision.group or ""),
        proposer_of(decision),
        in_words(decision.proposed_on),
        in_words(decision.vote_by),
        each.state_words,
        "" if is_open else in_words(decision.decided_on),
        *(counted.get(name, "") for name in ("agree", "abstain", "object")),
        result_words(counted),
    )


def seen_by() -> str:
    """Who sees what of the list."""
    return _(
        "all of it: %(inside)s; what is shared: the programme officers of its organisation"
    ) % {"inside": seen_inside()}
