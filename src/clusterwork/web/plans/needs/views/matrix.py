"""Needs and strengths of a cluster side by side, so that one can meet the other."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from clusterwork.clusters.permissions.deciding import cluster_to_look_into
from clusterwork.plans.models import Need
from clusterwork.plans.rules.matrix import BOTH, NEEDS, STRONG, Row, matrix
from clusterwork.plans.rules.years import year_words
from clusterwork.plans.selectors.needs import (
    answered_in,
    sent_lines,
    year_of_needs,
    years_of_needs,
)
from clusterwork.registry.models import School
from clusterwork.web.clusters.asking import person_of, today
from clusterwork.web.guards import signed_in
from clusterwork.web.plans.needs.frame import needs_frame
from clusterwork.web.plans.needs.views.cluster import year_asked

LONGEST = 300  # characters of a line that stand at once
KINDS = {Need.Kind.PRIORITY: NEEDS, Need.Kind.STRENGTH: STRONG}


@signed_in
@require_safe
def needs_matrix(request: HttpRequest, pk: int) -> HttpResponse:
    """Areas by schools, and below in words what each school said."""
    person, day = person_of(request), today()
    cluster = cluster_to_look_into(person, pk, day)
    year = year_asked(request, year_of_needs(cluster, day))
    lines = list(sent_lines(cluster, year, day))
    answered = answered_in(cluster, year, day)
    schools = [each.school for each in answered if each.statement]
    said = [
        (each.area, each.statement.school_id, KINDS[Need.Kind(each.kind)])
        for each in lines
        if each.kind in KINDS
    ]
    context = {
        **needs_frame(request, cluster, "needs_matrix"),
        "longest": LONGEST,
        "schools": schools,
        "silent": [each.school for each in answered if not each.statement],
        "rows": [_shown(row, schools, lines) for row in matrix(Need.Area.values, said)],
        "context_lines": [each for each in lines if each.kind == Need.Kind.CONTEXT],
        "voices": [each for each in lines if each.kind == Need.Kind.VOICE],
        "year": year,
        "year_words": year_words(year),
        "years": [
            (each, year_words(each)) for each in years_of_needs(cluster, day) if each != year
        ],
    }
    return render(request, "plans/needs/matrix.html", context, using="jinja2")


def _shown(row: Row, schools: Sequence[School], lines: Sequence[Need]) -> dict[str, Any]:
    """The row with its words and, for each side, who said what."""
    here = [each for each in lines if each.area == row.area]
    return {
        "row": row,
        "area": Need.Area(row.area).label,
        "cells": [row.said.get(each.pk, "") for each in schools],
        "needing": [each for each in here if each.kind == Need.Kind.PRIORITY],
        "strong": [each for each in here if each.kind == Need.Kind.STRENGTH],
        "both": BOTH,
    }
