"""A cluster choosing its priorities together: the list of choices, and the page of one."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from clusterwork.accounts.models import Person
from clusterwork.clusters.models import Decision
from clusterwork.clusters.permissions.deciding import cluster_to_look_into, leads
from clusterwork.plans.models import Candidate, Choosing, Need, NeedsStatement
from clusterwork.plans.permissions.choosing import (
    choosing_for,
    may_lead_choosing,
    schools_to_choose_for,
)
from clusterwork.plans.selectors.choosing import (
    candidates_of,
    choosing_schools,
    choosings_of,
    chosen_in,
    not_yet_ranked,
)
from clusterwork.plans.states import needs as states
from clusterwork.registry.models import School
from clusterwork.web.clusters.asking import person_of, today
from clusterwork.web.guards import signed_in
from clusterwork.web.plans.needs.frame import needs_frame

PAGE_SIZE = 50


@signed_in
@require_safe
def cluster_choosing(request: HttpRequest, pk: int) -> HttpResponse:
    """The choices of the cluster, the latest plan first; the open one stands at the top."""
    person, day = person_of(request), today()
    cluster = cluster_to_look_into(person, pk, day)
    page = Paginator(choosings_of(cluster), PAGE_SIZE).get_page(request.GET.get("page"))
    context = {
        **needs_frame(request, cluster, "cluster_choosing"),
        "listed": page,
        "is_open": any(each.state in (states.PROPOSING, states.RANKING) for each in page),
        "leads": may_lead_choosing(person, cluster, day),
    }
    return render(request, "plans/needs/choosings.html", context, using="jinja2")


@signed_in
@require_safe
def choosing(request: HttpRequest, pk: int) -> HttpResponse:
    """What is proposed, what the reader can do now, and what was decided."""
    person, day = person_of(request), today()
    found = choosing_for(person, pk, day)
    candidates = list(candidates_of(found))
    schools = list(choosing_schools(found.cluster, day))
    mine = [each for each in schools_to_choose_for(person, found.cluster, day) if each in schools]
    is_leading = may_lead_choosing(person, found.cluster, day)
    silent = list(not_yet_ranked(found, day)) if found.state == states.RANKING else []
    context = {
        **needs_frame(request, found.cluster, "cluster_choosing"),
        "choosing": found,
        "last_day": found.for_end_on - dt.timedelta(days=1),
        "candidates": candidates,
        "here": {each.pk for each in schools},
        "n_schools": len(schools),
        "mine": mine,
        "leads": is_leading,
        "may_propose": bool(mine) or leads(person, found.cluster, day),
        "may_change": {each.pk for each in candidates if is_leading or _is_own(each, mine)},
        "own_needs": _own_needs(found, mine) if found.state == states.PROPOSING else [],
        "silent": silent,
        "n_ranked": len(schools) - len(silent),
        "is_over": found.rank_by is not None and day > found.rank_by,
        "chosen": list(chosen_in(found)) if _is_decided(found) else [],
        "is_decided": _is_decided(found),
        "area_words": dict(Need.Area.choices),
    }
    return render(request, "plans/needs/choosing.html", context, using="jinja2")


def _is_decided(found: Choosing) -> bool:
    agreed = found.decision is not None and found.decision.state == Decision.State.AGREED
    return found.state == states.DECIDED or agreed


def _is_own(candidate: Candidate, mine: list[School]) -> bool:
    return candidate.school_id in {each.pk for each in mine}


def _own_needs(found: Choosing, mine: list[School]) -> list[dict[str, Any]]:
    """The priorities that the reader's schools sent last and have not proposed yet."""
    sent = NeedsStatement.objects.filter(school__in=mine, state=states.SENT).order_by("year")
    last = {each.school_id: each.pk for each in sent}
    taken = found.candidates.filter(withdrawn_at__isnull=True, need__isnull=False)
    rows = Need.objects.filter(statement__in=last.values(), kind=Need.Kind.PRIORITY)
    left = rows.exclude(pk__in=taken.values("need")).select_related("statement__school")
    ordered = left.order_by("statement__school__sort_key", "place", "pk")
    return [{"need": each, "school": each.statement.school} for each in ordered]


def schools_for(person: Person, found: Choosing, day: dt.date) -> list[School]:
    """The schools of the choice for which the person speaks."""
    here = choosing_schools(found.cluster, day)
    return list(here.filter(pk__in=schools_to_choose_for(person, found.cluster, day)))
