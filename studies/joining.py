"""When a school joined its trust or federation, as the register of April 2022 tells it."""

from __future__ import annotations

import polars as pl

FIRST, LAST = 2016, 2019
SAME_TIME = 60
"""Days between an academy's opening and joining that still count as one event."""

MOVED = "academy from 2016–2018, in this trust since"
"""What happened to it first is known only by its opening: shown as another way of counting."""


def first_results(joined: str) -> pl.Expr:
    """The year of the first results that a joining counts for, from a column of dates.

    Joined by 1 September of a year: the results of the next summer. Later in the school year: the
    summer after that, since the year was begun outside.
    """
    day = pl.col(joined)
    by_september = (day.dt.month() < 9) | ((day.dt.month() == 9) & (day.dt.day() == 1))
    return day.dt.year().cast(pl.Int64) + pl.when(by_september).then(1).otherwise(2)


def memberships_of(memberships: pl.DataFrame, kind: str) -> pl.DataFrame:
    """urn, group, joined of groups of a type; the first by date where a school is in two.

    1900-01-01 means that the date is not known: null.
    """
    day = pl.col("Joined date").str.to_date(strict=False)
    return (
        memberships.filter(pl.col("Group Type") == kind)
        .select(
            urn="URN",
            group="Group UID",
            joined=pl.when(day.dt.year() > 1900).then(day),
        )
        .sort("urn", "joined", "group", nulls_last=True)
        .unique("urn", keep="first", maintain_order=True)
    )


def registered(register: pl.DataFrame, chains: pl.DataFrame) -> pl.DataFrame:
    """Schools open in April 2022 whose chain has Key Stage 2 rows; one row a chain.

    urn, chain, kind, academy, phase, junior, region, authority, opened.
    """
    kind = pl.col("TypeOfEstablishment (name)")
    return (
        register.join(chains, left_on="URN", right_on="urn")
        .select(
            "chain",
            urn="URN",
            kind=kind,
            academy=kind.str.contains("Academy|Free school|University|Studio|technology"),
            phase="PhaseOfEducation (name)",
            junior=pl.col("StatutoryLowAge").cast(pl.Int64, strict=False) >= 7,
            region="GOR (name)",
            opened=pl.col("OpenDate").str.to_date(strict=False),
        )
        .sort("chain", pl.col("urn").cast(pl.Int64))
        .unique("chain", keep="last", maintain_order=True)
    )


def trust_arms(schools: pl.DataFrame, memberships: pl.DataFrame) -> pl.DataFrame:
    """`registered` with group, joined, start and arm for multi-academy trusts."""
    in_trust = _with_groups(schools, memberships, "Multi-academy trust")
    wait = (pl.col("joined") - pl.col("opened")).dt.total_days()
    arm = (
        pl.when(pl.col("group").is_null() & ~pl.col("academy"))
        .then(pl.lit("never"))
        .when(pl.col("group").is_null())
        .then(pl.lit("academy in no trust of several"))
        .when(pl.col("joined").is_null())
        .then(pl.lit("date not known"))
        .when(pl.col("kind").str.starts_with("Free") | ~pl.col("academy"))
        .then(pl.lit("new or other school"))
        .when((wait > SAME_TIME) & first_results("opened").is_between(FIRST + 1, LAST))
        .then(pl.lit(MOVED))
        .when(wait.is_null() | (wait > SAME_TIME))
        .then(pl.lit("academy before this trust"))
    )
    return _timed(in_trust, arm)


def with_moved(schools: pl.DataFrame) -> pl.DataFrame:
    """Those that have moved since among those that joined, dated by their opening as academies."""
    moved = pl.col("arm") == MOVED
    return schools.with_columns(
        start=pl.when(moved).then(first_results("opened")).otherwise("start"),
        arm=pl.when(moved).then(pl.lit("joined")).otherwise("arm"),
    )


def federation_arms(schools: pl.DataFrame, memberships: pl.DataFrame) -> pl.DataFrame:
    """`registered` with group, joined, start and arm for federations of maintained schools."""
    federated = _with_groups(schools, memberships, "Federation")
    sizes = memberships.group_by(pl.col("Group UID").alias("group")).len("members")
    federated = federated.join(sizes, on="group", how="left")
    arm = (
        pl.when(pl.col("academy"))
        .then(pl.lit("academy by 2022"))
        .when(pl.col("group").is_null())
        .then(pl.lit("never"))
        .when(pl.col("joined").is_null())
        .then(pl.lit("date not known"))
        .when(pl.col("members") < 2)
        .then(pl.lit("federation of one school"))
    )
    return _timed(federated, arm)


def _with_groups(schools: pl.DataFrame, memberships: pl.DataFrame, kind: str) -> pl.DataFrame:
    return schools.join(memberships_of(memberships, kind), on="urn", how="left")


def _timed(schools: pl.DataFrame, settled: pl.Expr) -> pl.DataFrame:
    """The arm where it is not settled by something else: by the year of the first results."""
    start = pl.col("start")
    timed = (
        pl.when(start <= FIRST)
        .then(pl.lit("joined before the first results"))
        .when(start <= LAST)
        .then(pl.lit("joined"))
        .when(start == LAST + 1)
        .then(pl.lit("joined during the last year"))
        .otherwise(pl.lit("later"))
    )
    return schools.with_columns(start=first_results("joined")).with_columns(
        arm=pl.coalesce(settled, timed)
    )
