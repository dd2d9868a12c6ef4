"""A school's place in a proposal and its best alternative, in words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from clusterwork.clusters.models import Proposal, ProposedCluster, ProposedPlace
from clusterwork.clusters.outcomes import Alternative, Partner, Place, place_from
from clusterwork.clusters.sentences import read
from clusterwork.registry.models import School
from clusterwork.web.address import with_query
from clusterwork.web.clusters.shown.proposals import unit_name
from clusterwork.web.formats import number, said

SORTS = {
    "cluster": ("cluster__number", "school__sort_key"),
    "school": ("school__sort_key",),
    "minutes": ("minutes", "school__sort_key"),
    "cost": ("cost_of_moving", "school__sort_key"),
}


class Lookup:
    """What sentences about places need besides the place: clusters and schools, read once."""

    def __init__(self, proposal: Proposal) -> None:
        self.proposal = proposal

    @cached_property
    def clusters(self) -> dict[int, ProposedCluster]:
        """Number to cluster with its hub."""
        found = self.proposal.clusters.select_related("hub")
        return {cluster.number: cluster for cluster in found}

    @cached_property
    def schools(self) -> dict[int, School]:
        """Every school of the proposal by id."""
        ids = self.proposal.places.values("school_id")
        return School.objects.in_bulk(list(ids.values_list("school_id", flat=True)))

    @property
    def unit(self) -> str:
        """The unit of costs."""
        return unit_name(self.proposal.policy_used["travel"]["unit"])


@dataclass(frozen=True)
class AlternativeShown:
    """The next best cluster and the consequences of moving there, one sentence each."""

    cluster: ProposedCluster
    is_allowed: bool
    consequences: list[str]
    against: list[str]


@dataclass(frozen=True)
class PlaceShown:
    """A place with its sentence, and its alternative if there is any."""

    row: ProposedPlace
    facts: Place
    because: str
    keeps: list[str]
    alternative: AlternativeShown | None


def place_shown(row: ProposedPlace, lookup: Lookup) -> PlaceShown:
    """One place in words."""
    facts = place_from(row.reason)
    best = facts.next_best
    return PlaceShown(
        row,
        facts,
        said(read(facts.message) or ""),
        _keeps(facts),
        _alternative(row, best, lookup) if best else None,
    )


def _keeps(facts: Place) -> list[str]:
    """What the school has in its cluster besides the journey."""
    lines = []
    if facts.pupils_kept:
        n = round(facts.pupils_kept)
        lines.append(
            ngettext(
                "One pupil a year moves on inside the cluster.",
                "%(n)s pupils a year move on inside the cluster.",
                n,
            )
            % {"n": number(n)}
        )
    if facts.links_kept:
        lines.append(_("Stays together with: %(names)s.") % {"names": _names(facts.links_kept)})
    if facts.links_cut:
        lines.append(_("Is parted from: %(names)s.") % {"names": _names(facts.links_cut)})
    return lines


def _names(partners: Sequence[Partner]) -> str:
    return ", ".join(partner.name for partner in partners)


def _alternative(row: ProposedPlace, best: Alternative, lookup: Lookup) -> AlternativeShown:
    return AlternativeShown(
        lookup.clusters[best.cluster],
        best.allowed,
        list(_consequences(row, best, lookup)),
        [said(read(sentence) or "") for sentence in best.against],
    )


def _consequences(row: ProposedPlace, best: Alternative, lookup: Lookup) -> list[str]:
    lines = [_own_journey(best.minutes), *_sizes(row, best, lookup), *_pupils(best.flow)]
    if best.links_cut:
        lines.append(_("It would part it from: %(names)s.") % {"names": _names(best.links_cut)})
    lines.append(_cost(best.cost, lookup.unit))
    return lines


def _own_journey(minutes: float) -> str:
    n = abs(round(minutes))
    if n == 0:
        return _("Its own journey would stay the same, to the minute.")
    if minutes > 0:
        text = ngettext(
            "Its own journey would be one minute longer.",
            "Its own journey would be %(n)s minutes longer.",
            n,
        )
    else:
        text = ngettext(
            "Its own journey would be one minute shorter.",
            "Its own journey would be %(n)s minutes shorter.",
            n,
        )
    return text % {"n": number(n)}


def _sizes(row: ProposedPlace, best: Alternative, lookup: Lookup) -> list[str]:
    own = row.cluster.number if row.cluster else 0
    if best.swap_with is not None and (other := lookup.schools.get(best.swap_with)):
        return [_("Another school would have to come the other way: %(name)s.") % {"name": other}]
    return [
        ngettext(
            "Cluster %(own)s would have one school left.",
            "Cluster %(own)s would have %(n)s schools left.",
            best.size_left,
        )
        % {"own": own, "n": best.size_left},
        _("Cluster %(other)s would have %(n)s schools.")
        % {"other": best.cluster, "n": best.size_joined},
    ]


def _pupils(flow: float) -> list[str]:
    n = abs(round(flow))
    if n == 0:
        return []
    if flow > 0:
        text = ngettext(
            "One pupil a year more would move on inside a cluster.",
            "%(n)s pupils a year more would move on inside a cluster.",
            n,
        )
    else:
        text = ngettext(
            "One pupil a year fewer would move on inside a cluster.",
            "%(n)s pupils a year fewer would move on inside a cluster.",
            n,
        )
    return [text % {"n": number(n)}]


def _cost(cost: float, unit: str) -> str:
    if cost < 0:
        return _("The total would fall. Amount: %(cost)s %(unit)s.") % {
            "cost": number(-cost, 1),
            "unit": unit,
        }
    return _("The total would rise. Amount: %(cost)s %(unit)s.") % {
        "cost": number(cost, 1),
        "unit": unit,
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
