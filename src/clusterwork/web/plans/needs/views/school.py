"""What a school says that it needs: its page of one school year."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from clusterwork.plans.models import Need
from clusterwork.plans.permissions.needs import SeenNeeds, needs_of_school
from clusterwork.plans.rules.years import year_of, year_words
from clusterwork.plans.selectors.needs import askings_of, lines_of, offered_to
from clusterwork.plans.states import needs as states
from clusterwork.web.clusters.asking import person_of, today
from clusterwork.web.guards import signed_in
from clusterwork.web.plans.needs.figures import census_of, latest_of
from clusterwork.web.plans.needs.frame import (
    of_today,
    seen_of_draft,
    seen_of_sent,
)
from clusterwork.web.registry.frame import school_frame

FIRST, LAST = 2000, 2100


@signed_in
@require_safe
def school_needs(request: HttpRequest, pk: int) -> HttpResponse:
    """To the year that is asked for next, or else the present one."""
    person, day = person_of(request), today()
    this = year_of(day)
    seen = needs_of_school(person, pk, this, day)
    asked = askings_of([seen.school], this + 1, day)
    waits = seen.statement is not None and seen.statement.state == states.SENT
    return redirect("school_needs_year", pk, this + 1 if asked and waits else this)


@signed_in
@require_safe
def school_needs_year(request: HttpRequest, pk: int, year: int) -> HttpResponse:
    """Its lines by kind, what is offered from last year, the school's own figures, sending it."""
    if not FIRST <= year <= LAST:
        raise Http404
    person, day = person_of(request), today()
    seen = needs_of_school(person, pk, year, day)
    lines = lines_of(seen.statement)
    is_sent = seen.statement is not None and seen.statement.state == states.SENT
    writes = seen.may_prepare and not is_sent and year in (year_of(day), year_of(day) + 1)
    offered = offered_to(seen.school, year) if writes else []
    context = {
        **school_frame(request, seen.school, of_today(), "school_needs"),
        "seen": seen,
        "statement": seen.statement,
        "is_sent": is_sent,
        "year": year,
        "year_words": year_words(year),
        "years": _years(seen, year, year_of(day)),
        "groups": groups_of(lines),
        "n_lines": len(lines),
        "n_kept": sum(1 for each in lines if each.carried_from_id),
        "writes": writes,
        "offered": offered,
        "offered_year": year_words(offered[0].statement.year) if offered else "",
        "asked": askings_of([seen.school], year, day),
        "census": census_of(seen.school),
        "figures": latest_of(seen.school, person, day),
        "year_of_line": lambda each: year_words(each.carried_from.statement.year),
        "seen_by_words": seen_of_sent() if is_sent else seen_of_draft(),
    }
    return render(request, "plans/needs/school.html", context, using="jinja2")


def groups_of(lines: Sequence[Need]) -> list[dict[str, Any]]:
    """Every kind, with the lines of it; those without any stand too."""
    return [
        {"kind": kind, "lines": [each for each in lines if each.kind == kind]} for kind in Need.Kind
    ]


def _years(seen: SeenNeeds, year: int, this: int) -> list[tuple[int, str]]:
    """The years to go to from here: the one before, this and, for its writers, the next."""
    found = {year - 1, this} | ({this + 1} if seen.may_prepare else set())
    return [(each, year_words(each)) for each in sorted(found - {year})]
