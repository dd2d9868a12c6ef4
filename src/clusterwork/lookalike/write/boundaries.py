"""The authorities' boundaries as GeoJSON in longitude and latitude."""

from __future__ import annotations

import json
from pathlib import Path

from clusterwork.lookalike.model import Authority, County

NATIONAL_GRID, LONGITUDE_LATITUDE = "EPSG:27700", "EPSG:4326"


def write_boundaries(county: County, folder: Path) -> str:
    """boundaries.geojson, one polygon an authority, five decimals (about a metre)."""
    collection = {
        "type": "FeatureCollection",
        "name": "boundaries",
        "features": [_feature(authority) for authority in county.authorities],
    }
    text = json.dumps(collection, ensure_ascii=False, separators=(",", ":"))
    (folder / "boundaries.geojson").write_text(text + "\n", encoding="utf-8")
    return "boundaries.geojson"


def to_longitude_latitude(points: list[tuple[float, float]]) -> list[tuple[float, float]]:
    """(easting, northing) in metres to (longitude, latitude) in degrees."""
    from pyproj import Transformer

    change = Transformer.from_crs(NATIONAL_GRID, LONGITUDE_LATITUDE, always_xy=True)
    east, north = zip(*points, strict=True)
    return list(zip(*change.transform(east, north), strict=True))


def _feature(authority: Authority) -> dict[str, object]:
    ring = to_longitude_latitude(list(authority.boundary))
    corners = [[round(float(x), 5), round(float(y), 5)] for x, y in ring]
    return {
        "type": "Feature",
        "id": authority.code,
        "properties": {
            "la_code": authority.code,
            "la_name": authority.name,
            "la_gss": authority.gss,
            "country": authority.country,
        },
        "geometry": {"type": "Polygon", "coordinates": [corners]},
    }
