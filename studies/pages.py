"""The pages: what is shared by both studies, and the two in turn."""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

from studies import federations, trusts
from studies.chains import chained, with_every_year
from studies.joining import federation_arms, registered, trust_arms
from studies.panel import before, figures_of, special
from studies.reading import Sources, figure
from studies.telling import Shared


@dataclass(frozen=True)
class Built:
    """Everything that both studies start from."""

    registered: pl.DataFrame
    figures: pl.DataFrame
    before: pl.DataFrame
    shared: Shared


def built(sources: Sources) -> Built:
    """Chains, figures by year and what was known in 2016."""
    numbers = [
        *sources.results["urn"].drop_nulls(),
        *sources.register["URN"].drop_nulls(),
        *sources.census["URN"].drop_nulls(),
    ]
    chains = chained(numbers, sources.links)
    apart = special(sources.census, chains)
    figures = figures_of(sources.results, chains, apart)
    schools = registered(sources.register, chains)
    schools = schools.join(figures.select("chain").unique(), on="chain", how="semi")
    return Built(
        schools, figures, before(figures, sources.census, chains), shared(sources, chains, figures)
    )


def shared(sources: Sources, chains: pl.DataFrame, figures: pl.DataFrame) -> Shared:
    """The counts that both pages tell."""
    known = sources.results.filter(figure("readprog").is_not_null()).join(chains, on="urn")
    twice = known.group_by("chain", "year").agg(pl.col("urn").n_unique()).filter(pl.col("urn") > 1)
    spread = figures.group_by("year").agg(
        n=pl.col("points").is_not_null().sum(), sd=pl.col("points").std()
    )
    return Shared(
        own=with_every_year(known, "urn"),
        chained=with_every_year(known, "chain"),
        both=with_every_year(figures.drop_nulls("points"), "chain"),
        twice=twice.height,
        special=known.join(special(sources.census, chains), on="chain")["chain"].n_unique(),
        spread=tuple((str(year), n, sd) for year, n, sd in spread.sort("year").iter_rows()),
    )


def with_facts(arms: pl.DataFrame, start: Built) -> pl.DataFrame:
    """The schools with what was known of them in 2016, each of weight one."""
    told = arms.join(start.before, on="chain", how="left")
    return told.with_columns(weight=pl.lit(1.0)).sort("chain")


def pages(sources: Sources) -> dict[str, str]:
    """Text by file name."""
    start = built(sources)
    in_trusts = with_facts(trust_arms(start.registered, sources.memberships), start)
    in_federations = with_facts(federation_arms(start.registered, sources.memberships), start)
    return {
        "trusts.md": trusts.page(in_trusts, start.figures, start.before, start.shared),
        "federations.md": federations.page(
            in_federations, start.figures, start.before, start.shared
        ),
    }
