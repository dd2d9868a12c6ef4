"""How often a comparison finds an effect where there is none, when areas have years of their own.

`python -m benchmarks.impact.mirrored [runs]`: clusters of five schools, each in an area of its own,
beside k groups of similar schools a cluster, taken from everywhere or out of one area each. Every
area has good and bad years (standard deviation `SHOCK` of pupils); nobody has any effect. Shares
of runs with p up to 0.05, and for one cluster of runs in which it comes first by size.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator

import numpy as np
import polars as pl

from clusterwork.impact.choose import Chosen, choose
from clusterwork.impact.matching import match, mirrored

AREAS, PER_AREA, EACH = 40, 12, 5
YEARS, START = range(2014, 2022), 2018
SHOCK, NOISE = 0.15, 0.1
DESIGNS = ((1, 19), (2, 10), (3, 7), (6, 3), (12, 3))
COVARIATES = ["pupils", "meals", "before"]
Row = tuple[object, ...]


def figures(draw: np.random.Generator, treated: int) -> pl.DataFrame:
    """One row a school and year."""
    rows: list[Row] = []
    for area in range(AREAS):
        shocks = draw.normal(0, SHOCK, len(YEARS))
        for place in range(PER_AREA):
            took = area < treated and place < EACH
            n, level = int(draw.integers(15, 60)), draw.normal(0, 0.3)
            chance = draw.normal(0, np.hypot(NOISE, n**-0.5), len(YEARS))
            facts = (f"{area}-{place}", int(took), f"g{area}", f"a{area}", n, draw.uniform(0, 0.4))
            rows += [(*facts, year, level + shocks[i] + chance[i]) for i, year in enumerate(YEARS)]
    names = ["unit", "took", "group", "area", "pupils", "meals", "year", "outcome"]
    return pl.DataFrame(rows, schema=names, orient="row")


def beside(rows: pl.DataFrame, k: int, *, one_area: bool) -> pl.DataFrame:
    """Which comparison group each school stands in: unit, label."""
    before = pl.col("outcome").filter(pl.col("year") < START).mean().alias("before")
    facts = ["unit", "took", "group", "area", "pupils", "meals"]
    schools = rows.group_by(facts, maintain_order=True).agg(before)
    return pl.DataFrame(
        list(_mirrors(schools, k) if one_area else _neighbours(schools, k)),
        schema=["unit", "label"],
        orient="row",
    )


def _mirrors(schools: pl.DataFrame, k: int) -> Iterator[Row]:
    for each in mirrored(schools, "took", "unit", "group", "area", COVARIATES, k=k).mirrors:
        yield from ((other, f"{each.group}~{each.place}") for other in each.others.values())


def _neighbours(schools: pl.DataFrame, k: int) -> Iterator[Row]:
    found = match(schools, "took", "unit", COVARIATES, k=k, replace=False)
    group = dict(schools.select("unit", "group").iter_rows())
    for unit in schools.filter(pl.col("took") == 1)["unit"]:
        for place, pair in enumerate(found.beside(unit), start=1):
            yield pair.other, f"{group[unit]}~{place}"


def compared(rows: pl.DataFrame, k: int, *, one_area: bool) -> Chosen:
    """The difference with the method that the chooser takes."""
    ours = rows.filter(pl.col("took") == 1).with_columns(label="group", start=START)
    others = rows.join(beside(rows, k, one_area=one_area), on="unit").with_columns(start=0)
    names = ["label", "start", "year", "outcome", "pupils"]
    panel = pl.concat([ours.select(names), others.select(names)])
    return choose(
        panel, outcome="outcome", cluster="label", time="year", start="start", weight="pupils"
    )


def found_something(told: Chosen) -> bool:
    """p up to 0.05, or the first place."""
    if told.rank is not None:
        return told.rank[0] == 1
    return told.estimate.p is not None and told.estimate.p <= 0.05


def main() -> None:
    """A line a design."""
    runs = int(sys.argv[1]) if sys.argv[1:] else 200
    print(f"{'clusters':>8} {'groups':>6}  {'everywhere':>10}  {'one area':>8}  expected at most")
    for treated, k in DESIGNS:
        shares = []
        for one_area in (False, True):
            draw = np.random.default_rng(7)
            told = [
                found_something(compared(figures(draw, treated), k, one_area=one_area))
                for _ in range(runs)
            ]
            shares.append(f"{np.mean(told):.3f}")
        limit = 1 / (k + 1) if treated == 1 else 0.05
        print(f"{treated:>8} {treated * k:>6}  {shares[0]:>10}  {shares[1]:>8}  {limit:.3f}")


if __name__ == "__main__":
    main()
