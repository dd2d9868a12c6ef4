"""The list of clusters, and the same rows as a file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Paginator
from django.db.models import QuerySet, Value
from django.db.models.functions import Coalesce, Lower, NullIf
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.urls import NoReverseMatch, reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from clusterwork.accounts.models import Role
from clusterwork.clusters.models import Cluster
from clusterwork.clusters.permissions.clusters import check_may_see_clusters
from clusterwork.clusters.permissions.nearby import clusters_near
from clusterwork.clusters.selectors.cluster_list import Wanted, known_on, narrowed, with_facts
from clusterwork.clusters.selectors.clusters import names_on, programme_of_clusters
from clusterwork.web.clusters.asking import person_of, today
from clusterwork.web.clusters.cluster.filters import SORTS, ClusterFilterForm, chips, order_of
from clusterwork.web.clusters.cluster.frame import seen_by
from clusterwork.web.context import viewer_of
from clusterwork.web.day import Day, planned_day_of
from clusterwork.web.guards import signed_in
from clusterwork.web.spreadsheet import csv_response

PAGE_SIZE = 50
AT_A_TIME = 500


@dataclass(frozen=True)
class Asked:
    """The list that an address asks for: `known` is everything of it, `found` what fits."""

    day: Day
    form: ClusterFilterForm
    wanted: Wanted
    known: QuerySet[Cluster]
    found: QuerySet[Cluster]
    is_all: bool


@signed_in
@require_safe
def clusters(request: HttpRequest) -> HttpResponse:
    """The clusters that the viewer has something to do with, or all, 50 a page."""
    asked = asked_for(request)
    page = Paginator(asked.found, PAGE_SIZE).get_page(request.GET.get("page"))
    page.object_list = list(page.object_list)
    context = {
        "asked": asked,
        "day": asked.day,
        "page": page,
        "n_all": asked.known.count(),
        "names": names_on(page.object_list, asked.day.on),
        "programmes": programme_of_clusters([each.pk for each in page.object_list], asked.day.on),
        "chips": chips(request, asked.wanted),
        "sorted_by": order_of(request),
        "csv_address": _csv_address(request),
        "ways_in": ways_in(request) if asked.day.is_today else [],
        "around": around(request),
        "statuses": dict(Cluster.Status.choices),
        "seen_by_words": seen_by(),
    }
    return render(request, "clusters/cluster/list.html", context, using="jinja2")


@signed_in
@require_safe
def clusters_csv(request: HttpRequest) -> StreamingHttpResponse:
    """All clusters that fit the filters, as a CSV file sent row by row."""
    return csv_response(_("clusters"), headings(), rows(asked_for(request)))


def asked_for(request: HttpRequest) -> Asked:
    """The list that the address asks for; raises `NotAllowed` for somebody without any role."""
    check_may_see_clusters(person_of(request), today())
    day = planned_day_of(request)
    is_all = request.GET.get("whose") == "all"
    near = Cluster.objects.all() if is_all else clusters_near(person_of(request), today())
    known = known_on(near, day.on, today())
    form = ClusterFilterForm(request.GET, clusters=near)
    wanted = form.wanted
    found = with_facts(narrowed(known, wanted, day.on), day.on)
    return Asked(day, form, wanted, known, _in_order(found, *order_of(request)), is_all)


def _in_order(found: QuerySet[Cluster], name: str, downwards: bool) -> QuerySet[Cluster]:
    """By the column, then by the name that is shown today."""
    first = ("name_cy", "name") if get_language() == "cy" else ("name", "name_cy")
    nothing = Value("")
    shown = Coalesce(NullIf(first[0], nothing), NullIf(first[1], nothing), "working_name")
    found = found.annotate(shown_first=Lower(shown))
    return found.order_by(f"-{SORTS[name]}" if downwards else SORTS[name], "shown_first", "pk")


def ways_in(request: HttpRequest) -> list[dict[str, Any]]:
    """What the viewer can do to have another cluster, as far as the pages exist."""
    offered = []
    if viewer_of(request).has(Role.Kind.PROGRAMME_OFFICER):
        offered += [("cluster_new", _("Start a cluster"))]
        offered += [("clusters_arriving", _("Bring clusters in from a spreadsheet"))]
    if viewer_of(request).has(Role.Kind.HEADTEACHER):
        offered += [("founding_new", _("Form a cluster with other schools"))]
    found = [{"text": words, "href": _address(name)} for name, words in offered]
    return [each for each in found if each["href"]]


def around(request: HttpRequest) -> list[dict[str, Any]]:
    """Pages about several clusters at once, as far as they exist."""
    offered = (("clusters_tables", _("Tables of partnerships")), ("foundings", _("Being formed")))
    found = [{"text": words, "href": _address(name)} for name, words in offered]
    return [each for each in found if each["href"]]


def _address(name: str) -> str:
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""


def _csv_address(request: HttpRequest) -> str:
    query = request.GET.copy()
    query.pop("page", None)
    return reverse("clusters_csv") + (f"?{query.urlencode()}" if query else "")


def headings() -> list[str]:
    """The first row of the file."""
    return [
        _("Cluster"),
        _("Code"),
        _("Working name"),
        _("Chosen name"),
        _("Chosen name in Welsh"),
        _("Organisation"),
        _("Status"),
        _("From"),
        _("Until"),
        _("Schools"),
        _("Chair"),
        _("Coordinator"),
        _("Programmes"),
        _("As at"),
    ]


def rows(asked: Asked) -> Iterator[tuple[object, ...]]:
    """A row for each cluster, as it was on the day."""
    statuses = dict(Cluster.Status.choices)
    for some in _batches(asked.found):
        names = names_on(some, asked.day.on)
        programmes = programme_of_clusters([each.pk for each in some], asked.day.on)
        for each in some:
            name = names[each.pk]
            yield (
                each.pk,
                each.code,
                name.working_name,
                name.name,
                name.name_cy,
                each.organisation,
                statuses[each.status_then],  # type: ignore[attr-defined]
                each.start_on,
                _end(each, asked.day),
                each.n_schools,  # type: ignore[attr-defined]
                each.chair or "",  # type: ignore[attr-defined]
                each.coordinator or "",  # type: ignore[attr-defined]
                "; ".join(str(part.programme) for part in programmes.get(each.pk, [])),
                asked.day.on,
            )


def _end(cluster: Cluster, day: Day) -> object:
    """Its end, unless the day is past and did not see it."""
    seen = cluster.end_on and (cluster.end_on <= day.on or not day.is_past)
    return cluster.end_on if seen else ""


def _batches(found: Iterable[Cluster]) -> Iterator[list[Cluster]]:
    every = list(found)
    for start in range(0, len(every), AT_A_TIME):
        yield every[start : start + AT_A_TIME]
