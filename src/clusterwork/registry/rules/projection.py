"""National Grid to latitude and longitude, many places at once."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pyproj import Transformer

BRITISH_NATIONAL_GRID, WGS_84 = "EPSG:27700", "EPSG:4326"


@lru_cache(maxsize=1)
def _transformer() -> Transformer:
    from pyproj import Transformer

    return Transformer.from_crs(BRITISH_NATIONAL_GRID, WGS_84, always_xy=True)


def to_degrees(
    places: Sequence[tuple[int | None, int | None]],
) -> list[tuple[float | None, float | None]]:
    """Latitude and longitude (WGS 84, degrees, within some metres) of eastings and northings."""
    known = [(east, north) for east, north in places if east is not None and north is not None]
    if not known:
        return [(None, None)] * len(places)
    eastings, northings = zip(*known, strict=True)
    longitudes, latitudes = _transformer().transform(eastings, northings)
    found = iter(zip(latitudes, longitudes, strict=True))
    return [
        (None, None) if east is None or north is None else _rounded(*next(found))
        for east, north in places
    ]


def _rounded(latitude: float, longitude: float) -> tuple[float, float]:
    return round(float(latitude), 6), round(float(longitude), 6)
