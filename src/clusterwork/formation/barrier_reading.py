"""Reading barriers from GeoJSON lines in metres; every wrong value is told by its place."""

from __future__ import annotations

import json
import math
from collections.abc import Iterator
from pathlib import Path

from clusterwork.formation.barriers import Barrier
from clusterwork.formation.tables import BadTable, bytes_of
from clusterwork.kernel.messages import N_, Message

LINES = ("LineString", "MultiLineString")


def read_barriers(path: Path) -> tuple[Barrier, ...]:
    """The lines of a GeoJSON file; raises `BadTable`."""
    return parse_barriers(str(path), bytes_of(path))


def parse_barriers(file: str, data: bytes) -> tuple[Barrier, ...]:
    """LineStrings and MultiLineStrings, bare or in features and collections.

    Points are easting and northing in metres on the grid of the schools, further numbers are
    passed over. Raises `BadTable` for anything else, and for degrees.
    """
    try:
        found = json.loads(data.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        raise _bad(file, Message(N_("It is not GeoJSON."))) from error
    barriers = tuple(_line(file, line) for line in _lines(file, found))
    if barriers and all(abs(x) <= 180 and abs(y) <= 90 for line in barriers for x, y in line):
        raise BadTable(
            file,
            Message(N_("Its numbers are degrees of longitude and latitude.")),
            Message(N_("Save the lines on the grid of the schools, in metres.")),
        )
    return barriers


def _bad(file: str, why: Message) -> BadTable:
    return BadTable(file, why, Message(N_("Save lines (LineString) as GeoJSON, in metres.")))


def _lines(file: str, found: object) -> Iterator[object]:
    """The lists of points in one GeoJSON object."""
    kind = found.get("type") if isinstance(found, dict) else None
    if not isinstance(found, dict) or kind is None:
        raise _bad(file, Message(N_("It is not GeoJSON.")))
    if kind == "Feature":
        yield from _lines(file, found.get("geometry"))
    elif kind in ("FeatureCollection", "GeometryCollection"):
        for part in _listed(file, found.get("features" if "features" in found else "geometries")):
            yield from _lines(file, part)
    elif kind in LINES:
        points = _listed(file, found.get("coordinates"))
        yield from [points] if kind == "LineString" else points
    else:
        raise _bad(
            file, Message(N_("It holds something other than lines: %(kind)s."), {"kind": str(kind)})
        )


def _listed(file: str, value: object) -> list[object]:
    if isinstance(value, list):
        return value
    raise _bad(file, Message(N_("It is not GeoJSON.")))


def _line(file: str, points: object) -> Barrier:
    line = tuple(_point(file, point) for point in _listed(file, points))
    if len(line) < 2:
        raise _bad(file, Message(N_("A line has fewer than two points.")))
    return line


def _point(file: str, point: object) -> tuple[float, float]:
    numbers = _listed(file, point)[:2]
    if len(numbers) == 2 and all(_is_number(each) for each in numbers):
        return float(numbers[0]), float(numbers[1])  # type: ignore[arg-type]
    raise _bad(
        file, Message(N_("A point is not two numbers: %(point)s."), {"point": json.dumps(point)})
    )


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)
