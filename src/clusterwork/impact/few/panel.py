"""Rows of schools or pupils as one figure a cluster and year."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import Any

import narwhals as nw
import numpy as np
from numpy.typing import NDArray

from clusterwork.impact.few.refusing import (
    must_be_finite,
    must_be_whole,
    must_not_be_negative,
    must_start_once,
)
from clusterwork.impact.frames import Frame, Term, framed, must_have, number
from clusterwork.impact.written import labelled

Floats = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Panel:
    """Means of an outcome by cluster and year, and when each cluster started.

    clusters: C labels, sorted. years: T, rising. means: C×T in units of the outcome, not-a-number
    where a cluster has no figure. weights: C×T, the pupils (or rows) behind each mean.
    starts: C, the first year with the programme, None for never.
    """

    outcome: str
    clusters: tuple[str, ...]
    years: tuple[int, ...]
    means: Floats
    weights: Floats
    starts: tuple[int | None, ...]

    @property
    def data_hash(self) -> str:
        """SHA-256 of everything here, means and weights to ten digits."""
        told = repr((self.outcome, self.clusters, self.years, self.starts))
        numbers = np.concatenate([self.means.ravel(), self.weights.ravel()])
        told += " ".join(f"{value + 0.0:.10g}" for value in numbers)
        return hashlib.sha256(told.encode()).hexdigest()


def panel_of(
    data: object,
    *,
    outcome: str,
    cluster: str,
    time: str,
    start: str,
    weight: str | None = None,
) -> Panel:
    """The panel of clusters of any frame whose rows are pupils, schools or clusters in years.

    start: the first year with the programme; 0, less or empty for never. weight: how many pupils
    stand behind a row; each row counts once without it. Rows without a cluster or year are left
    out; rows without an outcome or weight, or with a code such as SUPP, count nothing.

    Raises NoSuchColumn, NotNumbers, InfiniteValues, NegativeWeights, YearsNotWhole, StartMoves.
    """
    frame = framed(data)
    must_have(frame, [outcome, cluster, time, start, *([weight] if weight else [])])
    terms = {
        "time": number(frame, time),
        "start": number(frame, start),
        "outcome": number(frame, outcome),
    }
    if weight:
        terms["weight"] = number(frame, weight)
    return _panel(outcome, _sums(frame, cluster, terms))


def _sums(frame: Frame, cluster: str, terms: dict[str, Term]) -> nw.DataFrame[Any]:
    """Weights, weighted sums and starts by cluster and year, computed where the rows live."""
    columns = [term.expression().fill_nan(None).alias(name) for name, term in terms.items()]
    rows = frame.lazy().select(_key(frame, cluster).alias("cluster"), *columns)
    if "weight" not in terms:
        rows = rows.with_columns(nw.lit(1.0).alias("weight"))
    known = ~(nw.col("outcome").is_null() | nw.col("weight").is_null())
    weight = nw.when(known).then(nw.col("weight")).otherwise(nw.lit(0.0))
    rows = rows.filter(~(nw.col("cluster").is_null() | nw.col("time").is_null())).with_columns(
        weight.alias("weight"),
        nw.when(known).then(nw.col("outcome")).otherwise(nw.lit(0.0)).alias("outcome"),
        nw.col("start").fill_null(0.0).alias("start"),
    )
    return (
        rows.with_columns((nw.col("weight") * nw.col("outcome")).alias("sum"))
        .group_by("cluster", "time")
        .agg(
            nw.col("weight").sum().alias("weight"),
            nw.col("weight").min().alias("least"),
            nw.col("sum").sum(),
            nw.col("start").min().alias("first"),
            nw.col("start").max().alias("last"),
        )
        .collect()
        .sort("cluster", "time")
    )


def _key(frame: Frame, cluster: str) -> nw.Expr:
    """The cluster as it is written; a gap in a column of whole numbers makes them fractions."""
    if frame.collect_schema()[cluster].is_float():
        return nw.col(cluster).fill_nan(None)
    return nw.col(cluster).cast(nw.String)


def _panel(outcome: str, sums: nw.DataFrame[Any]) -> Panel:
    columns = {
        name: sums[name].to_numpy().astype(float) for name in sums.columns if name != "cluster"
    }
    labels = [
        labelled(label) if isinstance(label, float) else str(label)
        for label in sums["cluster"].to_list()
    ]
    must_be_finite(outcome, columns["sum"], columns["weight"])
    must_not_be_negative(columns["least"])
    must_be_whole(columns["time"], columns["first"])
    names, rows = np.unique(np.array(labels, dtype=str), return_inverse=True)
    years, places = np.unique(columns["time"].astype(int), return_inverse=True)
    clusters = tuple(str(name) for name in names)
    first, last = _by_cluster(columns, rows, len(clusters))
    must_start_once(clusters, first, last)
    weights = np.zeros((len(clusters), len(years)))
    totals = np.zeros_like(weights)
    weights[rows, places], totals[rows, places] = columns["weight"], columns["sum"]
    means = np.divide(totals, weights, out=np.full_like(totals, np.nan), where=weights > 0)
    starts = tuple(int(year) if year > 0 else None for year in first)
    return Panel(outcome, clusters, tuple(int(year) for year in years), means, weights, starts)


def _by_cluster(columns: dict[str, Floats], rows: NDArray[Any], n: int) -> tuple[Floats, Floats]:
    """The least and greatest start of each cluster."""
    first, last = np.full(n, np.inf), np.full(n, -np.inf)
    np.minimum.at(first, rows, columns["first"])
    np.maximum.at(last, rows, columns["last"])
    return first, last
