"""The analysis table: one row a school and year, as it is frozen, hashed and analysed."""

from __future__ import annotations

import gzip
import hashlib
import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import polars as pl

from clusterwork.evaluation.impact_adapter.grouping import Grouped
from clusterwork.evaluation.rules.sample import Unit

COLUMNS = (
    {"name": "school", "unit": "official number"},
    {"name": "group", "unit": "cluster (p: of the programme, c: another) or comparison group (~)"},
    {"name": "ours", "unit": "1 for schools of the clusters looked at"},
    {"name": "start", "unit": "first school year after the start, 0 for none"},
    {"name": "year", "unit": "end of the school year"},
    {"name": "outcome", "unit": "units of the measure"},
    {"name": "counted", "unit": "number behind the figure; pupils on roll where it is not known"},
    {"name": "pupils", "unit": "pupils on roll"},
    {"name": "meals", "unit": "share eligible for free school meals, 0 to 1"},
)
SCHEMA = {
    "school": pl.String,
    "group": pl.String,
    "ours": pl.Int8,
    "start": pl.Int32,
    "year": pl.Int32,
    "outcome": pl.Float64,
    "counted": pl.Float64,
    "pupils": pl.Float64,
    "meals": pl.Float64,
}


@dataclass(frozen=True)
class Frozen:
    """rows: the table as compressed CSV; data_hash: SHA-256 of the CSV before it is compressed."""

    columns: tuple[Mapping[str, str], ...]
    n_rows: int
    rows: bytes
    data_hash: str


def table_of(groups: Grouped, years: Sequence[int]) -> pl.DataFrame:
    """The table, sorted by group, school and year."""
    rows = [*_rows(groups.ours, groups, years), *_rows(groups.others, groups, years)]
    frame = pl.DataFrame(rows, schema=SCHEMA, orient="row")
    return frame.sort("group", "school", "year")


def frozen(table: pl.DataFrame) -> Frozen:
    """The table as it is kept."""
    text = table.write_csv(float_precision=6).encode()
    packed = gzip.compress(text, mtime=0)
    return Frozen(COLUMNS, table.height, packed, hashlib.sha256(text).hexdigest())


def thawed(rows: bytes) -> pl.DataFrame:
    """The table that was kept."""
    return pl.read_csv(io.BytesIO(gzip.decompress(rows)), schema=SCHEMA)


def _rows(
    groups: Mapping[str, Sequence[Unit]], whole: Grouped, years: Sequence[int]
) -> Iterator[tuple[Any, ...]]:
    for label, units in groups.items():
        start = whole.starts.get(label, 0)
        for unit in units:
            for year in years:
                known = unit.figures[year]
                pupils = nearest(unit.pupils, year)
                yield (
                    unit.number or str(unit.pk),
                    label,
                    int(label in whole.ours),
                    start,
                    year,
                    known.value,
                    _weight(known.counted, pupils),
                    pupils,
                    nearest(unit.meals, year),
                )


def _weight(counted: int | None, pupils: float | None) -> float:
    """The number behind a figure; a school counts once where nothing is known."""
    return float(counted or pupils or 1.0)


def nearest(by_year: Mapping[int, float], year: int) -> float | None:
    """The value of the year, or of the nearest year, the earlier of two."""
    if not by_year:
        return None
    return by_year[min(by_year, key=lambda each: (abs(each - year), each))]
