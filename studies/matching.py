"""Beside each school that joined, the most similar that had not."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from clusterwork.impact.matching import Matched, match
from studies.panel import COVARIATES

EXACT = ("phase", "junior", "region")
K = 5


def matched_of(
    schools: pl.DataFrame, *, covariates: Sequence[str] = COVARIATES, k: int = K
) -> Matched:
    """Nearest neighbours with replacement; schools with a value missing are left out and counted.

    Equal phase (junior schools apart from primaries) and region; distance over the standard
    deviations of both groups. Nobody stands beside a school of its own trust.
    """
    told = schools.select(
        "chain",
        *covariates,
        *EXACT,
        joined=(pl.col("arm") == "joined").cast(pl.Int8),
        cluster=pl.coalesce(pl.col("group"), pl.format("school {}", "chain")),
    )
    return match(
        told,
        "joined",
        "chain",
        list(covariates),
        exact=EXACT,
        k=k,
        cluster="cluster",
        missing="leave_out",
    )


def weighted(schools: pl.DataFrame, matched: Matched) -> pl.DataFrame:
    """The schools that were matched: those that joined count one, the others by their pairs."""
    joined = {pair.unit: 1.0 for pair in matched.pairs}
    weights = {**{name: value for name, value in matched.weights.items() if value > 0}, **joined}
    frame = pl.DataFrame(
        {"chain": list(weights), "weight": list(weights.values())},
        schema={"chain": pl.String, "weight": pl.Float64},
    )
    return schools.drop("weight").join(frame, on="chain")
