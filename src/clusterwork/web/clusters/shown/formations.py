"""How an exercise stands, its chosen schools with their filters, and what the register knows."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext as _

from clusterwork.clusters.models import Formation
from clusterwork.clusters.selectors.formations import (
    LINK,
    Tie,
    clusters_today,
    flows_among,
    schools_of,
    ties_among,
)
from clusterwork.clusters.selectors.placeable import placeable_schools
from clusterwork.clusters.sentences import read
from clusterwork.registry.models import PartnershipKind, Phase, School
from clusterwork.web.address import with_query
from clusterwork.web.formats import number, said


@dataclass(frozen=True)
class ChosenFilters:
    """The chosen schools as they are filtered by links in the address."""

    schools: QuerySet[School]
    n_all: int
    groups: list[dict[str, Any]]
    without_position: int
    is_filtered: bool


def chosen_filters(request: HttpRequest, formation: Formation) -> ChosenFilters:
    """Filters by authority and phase, each value with how many schools have it."""
    every = schools_of(formation)
    facts = list(every.values_list("authority_id", "authority__name", "phase", "easting"))
    authority, phase = request.GET.get("authority", ""), request.GET.get("phase", "")
    shown = every
    if authority.isdecimal():
        shown = shown.filter(authority_id=int(authority))
    if phase in Phase.values:
        shown = shown.filter(phase=phase)
    places = {str(pk): name for pk, name, _phase, _east in facts}
    n_places = Counter(str(pk) for pk, _name, _phase, _east in facts)
    n_phases = Counter(kind for _pk, _name, kind, _east in facts)
    phases = {str(kind): str(label) for kind, label in Phase.choices}
    return ChosenFilters(
        shown,
        len(facts),
        [
            _links(request, "authority", _("Authority"), places, n_places, authority),
            _links(request, "phase", _("Phase"), phases, n_phases, phase),
        ],
        sum(1 for fact in facts if fact[3] is None),
        bool(authority or phase),
    )


def _links(
    request: HttpRequest,
    field: str,
    title: str,
    names: dict[str, str],
    counts: Counter[str],
    current: str,
) -> dict[str, Any]:
    """One filter: its values as links that can be bookmarked."""
    every = {"text": _("All"), "href": with_query(request, **{field: None, "page": None})}
    values = sorted((names[value], value) for value in counts)
    links = [
        {
            "text": f"{name} ({number(counts[value])})",
            "href": with_query(request, **{field: value, "page": None}),
            "current": value == current,
        }
        for name, value in values
    ]
    return {"title": title, "links": [{**every, "current": not current}, *links]}


@dataclass(frozen=True)
class Known:
    """What the register knows of the chosen schools."""

    left_out: list[dict[str, Any]]
    ties: list[dict[str, Any]]
    n_flows: int
    n_pupils: int
    n_supported: int
    clusters: list[tuple[str, int]]
    names: dict[int, str]


def known_shown(formation: Formation, day: dt.date) -> Known:
    """Everything that a proposal takes from the register, in words."""
    chosen = placeable_schools(formation, day)
    names = {pk: str(school) for pk, school in chosen.by_id.items()}
    flows = flows_among(formation)
    return Known(
        left_out=[
            {
                "school": names[place.school],
                "pk": place.school,
                "because": said(read(place.message) or ""),
            }
            for place in chosen.left_out
        ],
        ties=[_tie(tie, names) for tie in ties_among(formation, day)],
        n_flows=len(flows),
        n_pupils=sum(pupils for _a, _b, pupils in flows),
        n_supported=sum(school.support is not None for school in chosen.schools),
        clusters=sorted(Counter(clusters_today(formation, day).values()).items()),
        names=names,
    )


def _tie(tie: Tie, names: dict[int, str]) -> dict[str, Any]:
    return {
        "name": tie.name or _("From what schools said"),
        "kind": _("Link") if tie.kind == LINK else PartnershipKind(tie.kind).label,
        "schools": sorted(names[pk] for pk in tie.school_ids if pk in names),
    }
