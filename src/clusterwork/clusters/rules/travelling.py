"""Minutes between two schools as the policy estimates them; plain numbers only."""

from __future__ import annotations

from collections.abc import Mapping
from math import hypot
from typing import Any, Protocol


class Placed(Protocol):
    """Where something is: metres on the National Grid, or unknown."""

    @property
    def easting(self) -> int | None: ...
    @property
    def northing(self) -> int | None: ...


def minutes_between(one: Placed, other: Placed, travel: Mapping[str, Any]) -> float | None:
    """Straight line × `circuity` at `speed_kmh`, as the solver reckons; None without a position."""
    if one.easting is None or one.northing is None:
        return None
    if other.easting is None or other.northing is None:
        return None
    straight_km = hypot(one.easting - other.easting, one.northing - other.northing) / 1000.0
    return float(straight_km * travel["circuity"] / travel["speed_kmh"] * 60.0)
