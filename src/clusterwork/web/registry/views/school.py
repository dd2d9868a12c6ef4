"""The pages of one school: its facts, its partnerships, its history."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from clusterwork.registry.models import School, Status
from clusterwork.registry.selectors.as_at import known_since
from clusterwork.registry.selectors.chains import same_school_over_time
from clusterwork.web.accounts.reader import person_of
from clusterwork.web.clusters.partnerships.shown import said_of
from clusterwork.web.context import viewer_of
from clusterwork.web.day import day_of
from clusterwork.web.guards import signed_in
from clusterwork.web.records import lines_of
from clusterwork.web.registry.clusters import clusters_ahead, clusters_on, clusters_until
from clusterwork.web.registry.drawing.bars import bars_of
from clusterwork.web.registry.drawing.network import star, trunk
from clusterwork.web.registry.facts import (
    LISTED,
    censuses_until,
    facts_on,
    grades_until,
    known_figures,
    may_see_grades,
    turns_of,
)
from clusterwork.web.registry.filters import near_this
from clusterwork.web.registry.frame import school_frame
from clusterwork.web.registry.history import changes_shown, entries_shown
from clusterwork.web.registry.loading import school_with
from clusterwork.web.registry.network import (
    MOST_DRAWN,
    flow_words,
    kind_as_filed,
    network_of,
    partnership_name,
    partnerships_in_words,
    ties_of,
)
from clusterwork.web.registry.official import official_words
from clusterwork.web.registry.wording import field_words, value_words

PAGE_SIZE = 50


@signed_in
@require_safe
def school(request: HttpRequest, pk: int) -> HttpResponse:
    """Who the school is, and its facts over time."""
    found, day = school_with(pk), day_of(request)
    censuses = censuses_until(found, day.on)
    with_grades = may_see_grades(viewer_of(request), found)
    facts = facts_on(found, day.on, is_past=day.is_past)
    context = {
        **school_frame(request, found, day, "school"),
        "facts": facts,
        "is_open": facts["status"].value == str(Status.OPEN.label),
        "listed": LISTED,
        "since": known_since(found) if day.is_past else None,
        "turns": turns_of(found, day.on),
        "censuses": censuses,
        "figures": known_figures(censuses),
        "chart": bars_of([(census.year, census.pupils) for census in censuses]),
        "with_grades": with_grades,
        "grades": grades_until(found, day.on) if with_grades else [],
        "together": partnerships_in_words(found, day.on),
        "clusters": clusters_on(found, day),
        "ahead": clusters_ahead(found, day),
        "near": near_this(found),
        "settings": list(School.objects.filter(matched_to=found)),
    }
    return render(request, "registry/school.html", context, using="jinja2")


@signed_in
@require_safe
def partnerships(request: HttpRequest, pk: int) -> HttpResponse:
    """All its partnerships, present and past, as a picture and as a table."""
    found, day = school_with(pk), day_of(request)
    network = network_of(found, day.on)
    said = said_of(found, day.on, person_of(request), may_change=not day.is_past)
    ties = [*said.ties, *ties_of(network)][:MOST_DRAWN]
    frame = school_frame(request, found, day, "school_partnerships")
    context = {
        **frame,
        "network": network,
        "clusters": clusters_until(found, day),
        "said": said,
        "n_now": network.n_now + said.n_more,
        "may_change": frame["may_keep"] and not day.is_past,
        "partnership_name": partnership_name,
        "flow_words": flow_words,
        "kind_as_filed": kind_as_filed,
        "star": star(str(found), ties) if ties else None,
        "trunk": trunk(str(found), ties) if ties else None,
    }
    return render(request, "registry/partnerships.html", context, using="jinja2")


@signed_in
@require_safe
def history(request: HttpRequest, pk: int) -> HttpResponse:
    """What changed when, who did what, and the schools that it was before."""
    found, day = school_with(pk), day_of(request)
    with_grades = may_see_grades(viewer_of(request), found)
    changes = changes_shown(found, until=day.on, with_grades=with_grades)
    context = {
        **school_frame(request, found, day, "school_history"),
        "page": Paginator(changes, PAGE_SIZE).get_page(request.GET.get("page")),
        "entries": lines_of(entries_shown(found, viewer_of(request), until=day.on)[:PAGE_SIZE]),
        "chain": same_school_over_time(found),
        "field_words": field_words,
        "value_words": value_words,
        "official_words": official_words,
    }
    return render(request, "registry/history.html", context, using="jinja2")
