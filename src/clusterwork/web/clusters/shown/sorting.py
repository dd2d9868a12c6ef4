"""The places of a proposal in the order and of the cluster that the address asks for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext as _

from clusterwork.clusters.models import Proposal, ProposedPlace
from clusterwork.web.address import with_query

SORTS = {
    "cluster": ("cluster__number", "school__sort_key"),
    "school": ("school__sort_key",),
    "minutes": ("minutes", "school__sort_key"),
    "cost": ("cost_of_moving", "school__sort_key"),
}


@dataclass(frozen=True)
class PlacesSorted:
    """The places in the order asked for, and the links that ask for another."""

    places: QuerySet[ProposedPlace]
    sort: str
    links: dict[str, dict[str, Any]]
    cluster_links: list[dict[str, Any]]


def places_sorted(
    request: HttpRequest, proposal: Proposal, places: QuerySet[ProposedPlace]
) -> PlacesSorted:
    """By `sort` (a name, with - for descending) and `cluster` of the address."""
    asked = request.GET.get("sort", "cluster")
    name, down = asked.removeprefix("-"), asked.startswith("-")
    name = name if name in SORTS else "cluster"
    first, *rest = SORTS[name]
    wanted = request.GET.get("cluster", "")
    if wanted.isdecimal():
        places = places.filter(cluster__number=int(wanted))
    return PlacesSorted(
        places.order_by(f"-{first}" if down else first, *rest, "school_id"),
        name,
        {key: _sort_link(request, key, name, down) for key in SORTS},
        _cluster_links(request, proposal, wanted),
    )


def _sort_link(request: HttpRequest, key: str, current: str, down: bool) -> dict[str, Any]:
    is_current = key == current
    return {
        "href": with_query(request, sort=f"-{key}" if is_current and not down else key, page=None),
        "aria": ("descending" if down else "ascending") if is_current else "",
    }


def _cluster_links(request: HttpRequest, proposal: Proposal, wanted: str) -> list[dict[str, Any]]:
    every = {
        "text": _("All"),
        "href": with_query(request, cluster=None, page=None),
        "current": not wanted,
    }
    numbers = proposal.clusters.values_list("number", flat=True)
    return [every] + [
        {
            "text": str(n),
            "href": with_query(request, cluster=n, page=None),
            "current": wanted == str(n),
        }
        for n in numbers
    ]
