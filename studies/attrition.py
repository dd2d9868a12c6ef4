"""Who was lost on the way: closed, moved, suppressed, or not to be told apart."""

from __future__ import annotations

import polars as pl

from studies.joining import FIRST
from studies.panel import YEARS

GONE = "not open in April 2022 under a number of its chain"


def lost(schools: pl.DataFrame, everyone: pl.DataFrame) -> pl.DataFrame:
    """By arm: schools with progress in 2016, how many have all years, and both groups' progress.

    everyone: `before` of all chains. Columns: arm, n, whole, lost, progress_whole, progress_lost
    (means of 2016, in standard deviations of schools).
    """
    known = everyone.join(schools.select("chain", "arm"), on="chain", how="left").drop_nulls(
        f"progress_{FIRST}"
    )
    whole = pl.col("years") == YEARS
    progress = pl.col(f"progress_{FIRST}")
    return (
        known.with_columns(pl.col("arm").fill_null(GONE))
        .group_by("arm")
        .agg(
            n=pl.len(),
            whole=whole.sum(),
            lost=(~whole).sum(),
            progress_whole=progress.filter(whole).mean(),
            progress_lost=progress.filter(~whole).mean(),
        )
        .sort(["n", "arm"], descending=[True, False])
    )


def starts(schools: pl.DataFrame) -> pl.DataFrame:
    """arm, start, kind, n of those with a date."""
    dated = schools.filter(pl.col("arm") == "joined")
    return dated.group_by("start", "kind").len("n").sort("start", "kind")
