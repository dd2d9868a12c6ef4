"""Intervals of single figures, years together, and what clusters are alike in."""

from __future__ import annotations

import statistics
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

import polars as pl

from clusterwork.clusters.rules.likeness import Member
from clusterwork.evaluation.rules.pictures import Counted, Ends, Together
from clusterwork.impact.matching import pooled
from clusterwork.impact.small import pool_years, wilson

SCHOOLS, PUPILS, MEALS = "schools", "pupils", "meals"


def interval_of(counted: Counted) -> Ends | None:
    """Wilson's 95 % interval of a percentage, in per cent; None of nobody."""
    if counted.of <= 0:
        return None
    told = wilson(min(counted.value * counted.of / 100, counted.of), counted.of)
    return Ends(100 * float(told.low or 0.0), 100 * float(told.high or 0.0))


def years_together(years: Mapping[int, Counted]) -> Together | None:
    """Three to five years of percentages as one; None of fewer with anybody counted."""
    known = {year: each for year, each in sorted(years.items()) if each.of > 0}
    if not 3 <= len(known) <= 5:
        return None
    frame = pl.DataFrame(
        {
            "unit": ["all"] * len(known),
            "year": [str(year) for year in known],
            "count": [each.count for each in known.values()],
            "of": [each.of for each in known.values()],
        }
    )
    found = pool_years(frame, unit="unit", year="year", count="count", of="of")
    unit = found.units[0]
    ends = Ends(100 * unit.low, 100 * unit.high)
    return Together(tuple(known), 100 * unit.share, unit.of, ends, found.alike)


@dataclass(frozen=True, slots=True)
class Alike:
    """A fact of ours beside the mean of the others; shares 0 to 1.

    `kind` is "schools", "pupils" (a school's), "meals", "phase" or "medium", of the last two with
    the `category`. `apart` is in standard deviations of all clusters that could stand beside us;
    None where they do not differ or one is not known.
    """

    kind: str
    category: str
    ours: float | None
    others: float | None
    apart: float | None


def alike_in(
    clusters: Mapping[int, Sequence[Member]], one: int, others: Collection[int]
) -> tuple[Alike, ...]:
    """What the pooled facts of clusters say of one and of those beside it."""
    if not clusters.get(one) or not others:
        return ()
    facts = _facts(clusters)
    return tuple(_alike(name, column, str(one), others) for name, column in facts.items())


def _facts(clusters: Mapping[int, Sequence[Member]]) -> dict[str, dict[str, float | None]]:
    """By the name of a fact what each cluster has; a mix has one fact a category."""
    rows = [(str(pk), member) for pk, members in clusters.items() for member in members]
    frame = pl.DataFrame(
        {
            "cluster": [pk for pk, _member in rows],
            "roll": [member.pupils for _pk, member in rows],
            "one": [1 for _row in rows],
            "share": [member.meals for _pk, member in rows],
            "phase": [member.phase for _pk, member in rows],
            "medium": [member.medium or None for _pk, member in rows],
        },
        schema_overrides={"roll": pl.Float64, "share": pl.Float64, "medium": pl.String},
    )
    mixes = ["phase", *(["medium"] if frame["medium"].drop_nulls().n_unique() > 1 else [])]
    found = pooled(
        frame,
        "cluster",
        means={PUPILS: ("roll", "one"), MEALS: ("share", "roll")},
        mixes=mixes,
        count=SCHOOLS,
    ).frame
    names = [name for name in found.columns if name != "cluster"]
    return {name: dict(zip(found["cluster"], found[name], strict=True)) for name in names}


def _alike(
    name: str, column: Mapping[str, float | None], one: str, others: Collection[int]
) -> Alike:
    kind, _colon, category = name.partition(": ")
    known = [value for value in column.values() if value is not None]
    spread = statistics.stdev(known) if len(known) > 1 else 0.0
    told = [value for pk in others if (value := column.get(str(pk))) is not None]
    ours, mean = column.get(one), statistics.fmean(told) if told else None
    return Alike(kind, category, ours, mean, _apart(ours, mean, spread))


def _apart(ours: float | None, mean: float | None, spread: float) -> float | None:
    if ours is None or mean is None:
        return None
    if ours == mean:
        return 0.0
    return (ours - mean) / spread if spread else None
