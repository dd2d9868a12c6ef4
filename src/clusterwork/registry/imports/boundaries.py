"""Boundaries of authorities from GeoJSON; knows the official property names."""

from __future__ import annotations

import gzip
import json
import zlib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from clusterwork.kernel.messages import N_, Message
from clusterwork.registry.imports.raw import GZIP_MAGIC, FileMissing, FileUnreadable

SHAPES = ("Polygon", "MultiPolygon")


class NotBoundaries(FileUnreadable):
    """The file is no GeoJSON, or its shapes do not name their authority."""

    def __init__(self, name: str) -> None:
        super().__init__(
            Message(N_("The file holds no boundaries of authorities: %(name)s."), {"name": name}),
            why=Message(
                N_("Wanted is GeoJSON whose areas carry la_code and la_name as properties.")
            ),
            next_step=Message(N_("Check that you chose the right file.")),
        )


@dataclass(frozen=True, slots=True)
class BoundaryRecord:
    """One authority and its area, in degrees (WGS 84), as a GeoJSON geometry."""

    code: str
    name: str
    gss_code: str
    country: str
    geometry: dict[str, Any]


def read(path: Path) -> list[BoundaryRecord]:
    """All areas of the file; raises `FileMissing` or `NotBoundaries`."""
    try:
        raw = path.read_bytes()
    except OSError as error:
        raise FileMissing(path.name) from error
    try:
        text = gzip.decompress(raw) if raw.startswith(GZIP_MAGIC) else raw
        features = json.loads(text)["features"]
        return [_record(feature) for feature in features]
    except (ValueError, KeyError, TypeError, EOFError, OSError, zlib.error) as error:
        raise NotBoundaries(path.name) from error


def _record(feature: dict[str, Any]) -> BoundaryRecord:
    told, geometry = feature["properties"], feature["geometry"]
    if geometry["type"] not in SHAPES:
        raise ValueError(geometry["type"])
    gss = str(told.get("la_gss") or "")
    country = str(told.get("country") or gss[:1] or "E")
    return BoundaryRecord(str(told["la_code"]), str(told["la_name"]), gss, country, geometry)
