"""The analysis table: one row a school and year, as it is frozen, hashed and analysed."""

from __future__ import annotations

import gzip
import hashlib
import io
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import polars as pl

from clusterwork.evaluation.impact_adapter.grouping import Grouped
from clusterwork.evaluation.rules.sample import Unit
from clusterwork.impact.result import Table

COLUMNS = (
    {"name": "school", "unit": "official number"},
    {"name": "group", "unit": "cluster (p: of the programme, c: another) or comparison group (~)"},
    {"name": "ours", "unit": "1 for schools of the clusters looked at"},
    {"name": "start", "unit": "first school year after the start, 0 for none"},
    {"name": "year", "unit": "end of the school year"},
    {"name": "outcome", "unit": "units of the measure"},
    {
        "name": "counted",
        "unit": "what the school weighs: the number behind the figure where it is known of all "
        "schools and years, else pupils on roll where these are known of all, else 1",
    },
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


COUNTED, PUPILS, SCHOOLS = "counted", "pupils", "schools"
Weight = Callable[[Unit, int], float]


def weighed_by(groups: Grouped, years: Sequence[int]) -> str:
    """What a school weighs in its group, the same for all: the number counted behind each figure
    where all are known, else its pupils where all are, else every school alike."""
    units = [
        unit for side in (groups.ours, groups.others) for all_ in side.values() for unit in all_
    ]
    if all(unit.figures[year].counted for unit in units for year in years):
        return COUNTED
    return PUPILS if all(unit.pupils for unit in units) else SCHOOLS


def known_counts(groups: Grouped, years: Sequence[int]) -> Table:
    """The numbers known to be counted behind both sides' figures of each year, summed; None where
    none is known. What schools weigh is another thing."""
    rows = [
        (year, *(_counted(side, year) for side in (groups.ours, groups.others))) for year in years
    ]
    return Table("known_counts", ("year", "ours", "others"), tuple(rows))


def _counted(side: Mapping[str, Sequence[Unit]], year: int) -> int | None:
    counts = [unit.figures[year].counted for units in side.values() for unit in units]
    known = [each for each in counts if each is not None]
    return sum(known) if known else None


def table_of(groups: Grouped, years: Sequence[int]) -> pl.DataFrame:
    """The table, sorted by group, school and year."""
    weight = WEIGHTS[weighed_by(groups, years)]
    rows = [
        row for side in (groups.ours, groups.others) for row in _rows(side, groups, years, weight)
    ]
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
    groups: Mapping[str, Sequence[Unit]], whole: Grouped, years: Sequence[int], weight: Weight
) -> Iterator[tuple[Any, ...]]:
    for label, units in groups.items():
        start = whole.starts.get(label, 0)
        for unit in units:
            for year in years:
                yield (
                    unit.number or str(unit.pk),
                    label,
                    int(label in whole.ours),
                    start,
                    year,
                    unit.figures[year].value,
                    weight(unit, year),
                    nearest(unit.pupils, year),
                    nearest(unit.meals, year),
                )


def nearest(by_year: Mapping[int, float], year: int) -> float | None:
    """The value of the year, or of the nearest year, the earlier of two."""
    if not by_year:
        return None
    return by_year[min(by_year, key=lambda each: (abs(each - year), each))]


WEIGHTS: Mapping[str, Weight] = {
    COUNTED: lambda unit, year: float(unit.figures[year].counted or 0),
    PUPILS: lambda unit, year: nearest(unit.pupils, year) or 1.0,
    SCHOOLS: lambda unit, year: 1.0,
}
