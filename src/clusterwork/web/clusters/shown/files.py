"""A proposal as files: CSV that no spreadsheet takes for formulas, and GeoJSON."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from typing import Any

from clusterwork.clusters.models import ProposedPlace
from clusterwork.clusters.outcomes import place_from
from clusterwork.registry.models import School

COLUMNS = (
    "cluster",
    "id",
    "name",
    "authority",
    "phase",
    "is_hub",
    "minutes",
    "pupils",
    "fsm_share",
    "next_best",
    "cost_of_moving",
)
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


def places_csv(places: Iterable[ProposedPlace]) -> str:
    """CLUSTERS.csv with names and figures; a school left out has an empty cluster."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    writer.writerows([neutral(value) for value in _row(place)] for place in places)
    return out.getvalue()


def neutral(value: Any) -> Any:
    """A text that a spreadsheet shows and never runs; numbers stay numbers."""
    if isinstance(value, str) and value.startswith(FORMULA_STARTS):
        return "'" + value
    return "" if value is None else value


def identity(school: School) -> str:
    """The school's official number, or its number in this register where it has none."""
    return school.number or f"r{school.pk}"


def _row(place: ProposedPlace) -> list[Any]:
    best = place_from(place.reason).next_best
    cluster = place.cluster
    return [
        cluster.number if cluster else None,
        identity(place.school),
        place.school.name,
        place.school.authority.name,
        place.school.phase,
        int(cluster.hub_id == place.school_id) if cluster else None,
        _rounded(place.minutes, 1),
        place.pupils,
        _rounded(place.fsm_share, 4),
        best.cluster if best else None,
        _rounded(place.cost_of_moving, 3),
    ]


def _rounded(value: float | None, places: int) -> float | None:
    return None if value is None else round(value, places)


def places_geojson(places: Iterable[ProposedPlace]) -> dict[str, Any]:
    """A feature collection of points (WGS 84); schools without a position have no geometry."""
    return {
        "type": "FeatureCollection",
        "features": [
            {
                "type": "Feature",
                "geometry": point(place.school),
                "properties": dict(zip(COLUMNS, _row(place), strict=True)),
            }
            for place in places
        ],
    }


def point(school: School) -> dict[str, Any] | None:
    """The school's position, or None."""
    if school.latitude is None or school.longitude is None:
        return None
    return {"type": "Point", "coordinates": [school.longitude, school.latitude]}
