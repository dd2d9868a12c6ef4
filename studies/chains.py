"""One identity for a school through changes of its number, by predecessor links."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

import polars as pl

Link = tuple[str, str]


def links_of(links: pl.DataFrame) -> set[Link]:
    """(later, earlier) numbers of "Predecessor" and "Successor" rows, from whichever side told.

    Merged, amalgamated and split schools are not among them: they are no longer the same school.
    """
    rows = links.select("URN", "LinkURN", "LinkType").iter_rows()
    ends = {"Predecessor": (0, 1), "Successor": (1, 0)}
    return {
        (row[ends[row[2]][0]], row[ends[row[2]][1]])
        for row in rows
        if row[2] in ends and row[0] and row[1]
    }


def one_to_one(links: Iterable[Link]) -> dict[str, str]:
    """The later number of each earlier one, where neither has another."""
    links = set(links)
    predecessors = Counter(later for later, _ in links)
    successors = Counter(earlier for _, earlier in links)
    return {
        earlier: later
        for later, earlier in links
        if predecessors[later] == 1 and successors[earlier] == 1
    }


def last(urn: str, later: dict[str, str]) -> str:
    """The last number of the chain; in a circle its largest."""
    seen = {urn}
    while urn in later:
        urn = later[urn]
        if urn in seen:
            return max(_circle(urn, later), key=int)
        seen.add(urn)
    return urn


def _circle(urn: str, later: dict[str, str]) -> set[str]:
    circle = {urn}
    while later[urn] not in circle:
        urn = later[urn]
        circle.add(urn)
    return circle


def chained(urns: Iterable[str], links: pl.DataFrame) -> pl.DataFrame:
    """urn, chain: the last number of the chain in which each number stands."""
    later = one_to_one(links_of(links))
    pairs = [(urn, last(urn, later)) for urn in sorted(set(urns))]
    return pl.DataFrame(pairs, schema={"urn": pl.String, "chain": pl.String}, orient="row")


def with_every_year(figures: pl.DataFrame, by: str, years: int = 4) -> int:
    """How many have a figure in every year. figures: rows with a figure; columns `by`, year."""
    seen = figures.group_by(by).agg(pl.col("year").n_unique())
    return seen.filter(pl.col("year") == years).height
