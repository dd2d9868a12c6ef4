"""School by year: progress at Key Stage 2 in standard deviations of schools of that year."""

from __future__ import annotations

import polars as pl

from studies.joining import FIRST, LAST
from studies.reading import figure

YEARS = LAST - FIRST + 1
OUTCOMES = {
    "progress": ("readprog", "matprog"),
    "reading": ("readprog",),
    "maths": ("matprog",),
    "writing": ("writprog",),
}


def special(census: pl.DataFrame, chains: pl.DataFrame) -> pl.DataFrame:
    """The chains that the census of 2018/19 counts as special schools or pupil referral units."""
    kinds = census.filter(pl.col("SCHOOLTYPE").str.contains("(?i)special|referral"))
    return kinds.join(chains, left_on="URN", right_on="urn").select("chain").unique()


def figures_of(results: pl.DataFrame, chains: pl.DataFrame, special: pl.DataFrame) -> pl.DataFrame:
    """chain, year, the outcomes, points, size and expected; one row a chain and year.

    special: chains that are left out, since their pupils' progress is of another kind.

    Where two numbers of a chain have a figure for one year the later number's is taken. points:
    mean of the progress scores in reading and mathematics; progress: the same less the mean of all
    others of the year, over their standard deviation. size: pupils at the end of Key Stage 2.
    """
    read = results.select(
        "urn",
        pl.col("year").cast(pl.Int64),
        points=pl.mean_horizontal(*map(figure, OUTCOMES["progress"]), ignore_nulls=False),
        size=figure("telig"),
        expected=figure("ptrwm_exp"),
        **{
            name: pl.mean_horizontal(*map(figure, columns), ignore_nulls=False)
            for name, columns in OUTCOMES.items()
        },
    )
    one = (
        read.join(chains, on="urn")
        .join(special, on="chain", how="anti")
        .sort("chain", "year", pl.col("points").is_not_null(), pl.col("urn").cast(pl.Int64))
        .unique(["chain", "year"], keep="last", maintain_order=True)
    )
    return one.with_columns(_standardised(name) for name in OUTCOMES)


def _standardised(name: str) -> pl.Expr:
    column = pl.col(name)
    return (column - column.mean().over("year")) / column.std().over("year")


def before(figures: pl.DataFrame, census: pl.DataFrame, chains: pl.DataFrame) -> pl.DataFrame:
    """chain, size_2016, progress_2016, expected_2016, poverty, years: what is matched on.

    poverty: the percentage ever entitled to free meals in 2018/19, which is after some joined.
    years: how many years have a figure of progress.
    """
    first = figures.filter(pl.col("year") == FIRST).select(
        "chain",
        *(pl.col(name).alias(f"{name}_{FIRST}") for name in ("size", "progress", "expected")),
    )
    poverty = (
        census.join(chains, left_on="URN", right_on="urn")
        .sort("chain", pl.col("URN").cast(pl.Int64, strict=False))
        .group_by("chain", maintain_order=True)
        .agg(poverty=figure("PNUMFSMEVER").last())
    )
    years = figures.group_by("chain").agg(years=pl.col("progress").is_not_null().sum())
    return years.join(first, on="chain", how="left").join(poverty, on="chain", how="left")


def rows_of(schools: pl.DataFrame, figures: pl.DataFrame) -> pl.DataFrame:
    """School by year for `fit_did`: unit, year, outcomes, start (0: not by the last year), cluster.

    The cluster is the trust or federation; a school in none stands for itself.
    """
    kept = schools.select(
        "chain",
        "arm",
        "weight",
        start=pl.when(pl.col("arm") == "joined").then(pl.col("start")).otherwise(0),
        cluster=pl.coalesce(pl.col("group"), pl.format("school {}", "chain")),
        **{name: pl.col(name) for name in COVARIATES},
    )
    return kept.join(figures.select("chain", "year", *OUTCOMES), on="chain").sort("chain", "year")


COVARIATES = (f"size_{FIRST}", f"progress_{FIRST}", f"expected_{FIRST}")
"""All of summer 2016, before any school here had joined."""
