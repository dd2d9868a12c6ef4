"""The reports' Figure 4 and Table 1 for any set of schools and clusters at any date."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from clusterwork.accounts.models import Role
from clusterwork.clusters.models.standing import Formality
from clusterwork.clusters.rules.figures import by_category, in_all, summary_of
from clusterwork.clusters.selectors.clusters import names_on
from clusterwork.clusters.selectors.figures import (
    categories_on,
    characteristics_on,
    clusters_in,
    schools_in,
)
from clusterwork.registry.models import School
from clusterwork.web.clusters.partnerships.figures import (
    cluster_rows,
    counts_of,
    finding_of_categories,
    finding_of_clusters,
    lead_of_categories,
    lead_of_clusters,
)
from clusterwork.web.clusters.partnerships.sets import Asked, asked_for
from clusterwork.web.clusters.partnerships.wording import category_words, definitions
from clusterwork.web.day import Day, day_of
from clusterwork.web.guards import needs_role
from clusterwork.web.spreadsheet import csv_response

PAGE_SIZE = 50
anyone_with_a_role = needs_role(*Role.Kind)


@anyone_with_a_role
@require_safe
def clusters_tables(request: HttpRequest) -> HttpResponse:
    """Schools by category of their main partnership, in none included, signed in brackets."""
    asked, day = asked_for(request), day_of(request)
    rows = by_category(categories_on(schools_in(asked.chosen, day.on), day.on))
    means = definitions()
    context = {
        **_frame(request, asked, day, "clusters_tables"),
        "title": finding_of_categories(rows),
        "lead": lead_of_categories(rows),
        "counts_schools": True,
        "rows": [(row, category_words(row.category), means[row.category]) for row in rows],
        "total": in_all(rows),
    }
    return render(request, "clusters/partnerships/figures.html", context, using="jinja2")


@anyone_with_a_role
@require_safe
def clusters_tables_csv(request: HttpRequest) -> StreamingHttpResponse:
    """The same rows as a file."""
    asked, day = asked_for(request), day_of(request)
    rows = by_category(categories_on(schools_in(asked.chosen, day.on), day.on))
    header = [_("Category"), _("Schools"), _("Signed"), _("Said by the school"), _("Worked out")]
    header += [_("Set"), _("Members as at")]
    lines = [
        (category_words(row.category), row.n, row.n_signed, row.n_stated, row.n_derived)
        for row in rows
    ]
    told = (asked.words, day.on.isoformat())
    return csv_response(_("main-partnerships"), header, [(*line, *told) for line in lines])


@anyone_with_a_role
@require_safe
def figures_schools_csv(request: HttpRequest) -> StreamingHttpResponse:
    """Each school with its category, by name."""
    asked, day = asked_for(request), day_of(request)
    placed = categories_on(schools_in(asked.chosen, day.on), day.on)
    schools = School.objects.select_related("authority").in_bulk([p.school_id for p in placed])
    header = [_("School"), _("Number"), _("Authority"), _("Category"), _("Description")]
    header += [_("Signed"), _("Said by the school")]
    yes = {True: _("Yes"), False: _("No")}
    lines = [
        (
            str(school),
            school.number,
            str(school.authority),
            each.category,
            str(Formality(each.category).label),
            yes[each.is_signed],
            yes[each.is_stated],
        )
        for each in placed
        for school in (schools[each.school_id],)
    ]
    return csv_response(_("schools-by-partnership"), header, lines)


@anyone_with_a_role
@require_safe
def characteristics(request: HttpRequest) -> HttpResponse:
    """Origin, size, phase, purpose and management of each cluster, and how many have which."""
    asked, day = asked_for(request), day_of(request)
    clusters = list(clusters_in(asked.chosen, day.on))
    summary = summary_of(characteristics_on(clusters, day.on))
    page = Paginator(clusters, PAGE_SIZE).get_page(request.GET.get("page"))
    context = {
        **_frame(request, asked, day, "characteristics"),
        "title": finding_of_clusters(summary),
        "lead": lead_of_clusters(summary),
        "counts": counts_of(summary),
        "page": page,
        "rows": _rows(list(page), day),
        "chosen": set(asked.chosen.cluster_ids),
    }
    return render(request, "clusters/partnerships/characteristics.html", context, using="jinja2")


@anyone_with_a_role
@require_safe
def characteristics_csv(request: HttpRequest) -> StreamingHttpResponse:
    """All clusters of the set as a file."""
    asked, day = asked_for(request), day_of(request)
    header = [_("Cluster"), _("Organisation"), _("Origin"), _("Schools"), _("Phase")]
    header += [_("Purpose"), _("Management"), _("Members as at")]
    lines = [
        (
            row.name,
            str(row.cluster.organisation),
            row.origin,
            row.n_schools,
            row.phase,
            row.purpose,
            row.managed_by,
            day.on.isoformat(),
        )
        for row in _rows(list(clusters_in(asked.chosen, day.on)), day)
    ]
    return csv_response(_("clusters"), header, lines)


def _rows(clusters: list[Any], day: Day) -> list[Any]:
    rows = characteristics_on(clusters, day.on)
    return cluster_rows(clusters, rows, names_on(clusters, day.on))


def _frame(request: HttpRequest, asked: Asked, day: Day, current: str) -> dict[str, Any]:
    """What both tables share: the set, the day, the way around, the files."""
    query = f"?{request.GET.urlencode()}" if request.GET else ""
    pages = {"clusters_tables": _("Schools by partnership"), "characteristics": _("Clusters")}
    return {
        "form": asked.form,
        "of": asked.words,
        "day": day,
        "kept_clusters": asked.chosen.cluster_ids,
        "around": [
            {"text": text, "href": reverse(name) + query, "current": name == current}
            for name, text in pages.items()
        ],
        "csv_address": reverse(f"{current}_csv") + query,
        "schools_csv_address": reverse("figures_schools_csv") + query,
        "seen_by_words": _("everyone who has a role in a school or an organisation"),
    }
