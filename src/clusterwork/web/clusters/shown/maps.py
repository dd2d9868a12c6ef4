"""What the map of a proposal draws: schools, hubs, lines between them, boundaries, words."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from clusterwork.clusters.models import Proposal, ProposedPlace
from clusterwork.clusters.selectors.proposals import places_of
from clusterwork.registry.models import Authority
from clusterwork.web.clusters.shown.files import point
from clusterwork.web.formats import number


def map_data(proposal: Proposal, loose: Collection[int] = ()) -> dict[str, Any]:
    """Three feature collections: `schools`, `lines`, `boundaries`.

    `loose` are schools to mark as borderline, on maps for officers only.
    """
    places = [place for place in places_of(proposal) if point(place.school)]
    hubs = {place.school_id: place for place in places}
    return {
        "schools": _collection(_school(proposal, place, loose) for place in places),
        "lines": _collection(
            _line(place, hubs[place.cluster.hub_id])
            for place in places
            if place.cluster
            and place.cluster.hub_id in hubs
            and place.cluster.hub_id != place.school_id
        ),
        "boundaries": _collection(_boundary(each) for each in _authorities(places)),
    }


def map_words() -> dict[str, str]:
    """The words of the map: the library's own by its keys, and ours."""
    return {
        "clusterwork.show": _("Show on the map"),
        "clusterwork.all": _("All clusters"),
        "clusterwork.schools": _("All schools"),
        "clusterwork.one": _("Cluster %(number)s") % {"number": "%s"},
        "Map.Title": _("Map"),
        "NavigationControl.ZoomIn": _("Closer"),
        "NavigationControl.ZoomOut": _("Further away"),
        "Popup.Close": _("Close"),
        "CooperativeGesturesHandler.WindowsHelpText": _("Hold Ctrl and scroll to zoom the map"),
        "CooperativeGesturesHandler.MacHelpText": _("Hold ⌘ and scroll to zoom the map"),
        "CooperativeGesturesHandler.MobileHelpText": _("Move the map with two fingers"),
    }


def _collection(features: Any) -> dict[str, Any]:
    return {"type": "FeatureCollection", "features": list(features)}


def _school(proposal: Proposal, place: ProposedPlace, loose: Collection[int]) -> dict[str, Any]:
    cluster = place.cluster
    return {
        "type": "Feature",
        "geometry": point(place.school),
        "properties": {
            "name": str(place.school),
            "cluster": cluster.number if cluster else 0,
            "hub": bool(cluster and cluster.hub_id == place.school_id),
            "words": _words(place) + (_(", borderline") if place.school_id in loose else ""),
            **({"borderline": True} if place.school_id in loose else {}),
            "address": reverse("proposed_place", args=[proposal.pk, place.school_id]),
        },
    }


def _words(place: ProposedPlace) -> str:
    if place.cluster is None:
        return _("In no cluster")
    return _("Cluster %(number)s, %(minutes)s minutes") % {
        "number": place.cluster.number,
        "minutes": number(place.minutes),
    }


def _line(place: ProposedPlace, hub: ProposedPlace) -> dict[str, Any]:
    ends = [(point(each.school) or {})["coordinates"] for each in (place, hub)]
    return {
        "type": "Feature",
        "geometry": {"type": "LineString", "coordinates": ends},
        "properties": {"cluster": place.cluster.number if place.cluster else 0},
    }


def _authorities(places: list[ProposedPlace]) -> list[Authority]:
    ids = {place.school.authority_id for place in places}
    return list(Authority.objects.filter(pk__in=ids, boundary__isnull=False))


def _boundary(authority: Authority) -> dict[str, Any]:
    return {
        "type": "Feature",
        "geometry": authority.boundary,
        "properties": {"name": str(authority)},
    }
