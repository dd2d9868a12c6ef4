"""`clusterwork impact compare`: those who take part beside similar others, from a file."""

from __future__ import annotations

import json
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from clusterwork.cli.impact.opening import Engine, opened, said_in_words
from clusterwork.cli.writing import can_write, write_whole

if TYPE_CHECKING:
    from clusterwork.impact.matching import Difference, Matched
    from clusterwork.impact.result import Diagnostic


class Metric(StrEnum):
    """How distance is measured."""

    EUCLIDEAN = "euclidean"
    MAHALANOBIS = "mahalanobis"
    PROPENSITY = "propensity"


class Ties(StrEnum):
    """Whom of those equally far away to take."""

    ALL = "all"
    ID = "id"


class Missing(StrEnum):
    """What becomes of units without a value."""

    REFUSE = "refuse"
    LEAVE_OUT = "leave_out"


class Support(StrEnum):
    """What becomes of units outside the others' range of propensities."""

    KEEP = "keep"
    DROP = "drop"


def compare(
    schools: Annotated[
        Path, typer.Argument(metavar="SCHOOLS.csv|parquet", help="One row a school or cluster.")
    ],
    treated: Annotated[str, typer.Option(metavar="COLUMN", help="1 for those who take part.")],
    unit: Annotated[str, typer.Option(metavar="COLUMN", help="The id of a row.")],
    covariates: Annotated[str, typer.Option(metavar="A,B", help="What similar means.")],
    out: Annotated[Path, typer.Option(metavar="MATCH.json", help="Where the results go.")],
    exact: Annotated[str, typer.Option(metavar="PHASE", help="Columns that must be equal.")] = "",
    k: Annotated[int, typer.Option(help="How many others beside each.")] = 1,
    metric: Annotated[Metric, typer.Option(help="How distance is measured.")] = Metric.EUCLIDEAN,
    caliper: Annotated[
        float | None,
        typer.Option(help="Largest difference of the logit of the propensity, in deviations."),
    ] = None,
    replace: Annotated[
        bool, typer.Option("--replace/--no-replace", help="May one stand beside several?")
    ] = True,
    ties: Annotated[Ties, typer.Option(help="All equally far away, or the first ids.")] = Ties.ALL,
    cluster: Annotated[
        str | None,
        typer.Option(metavar="COLUMN", help="Never two of one cluster; errors by cluster."),
    ] = None,
    outcome: Annotated[
        str | None, typer.Option(metavar="COLUMN", help="Also the difference in this outcome.")
    ] = None,
    missing: Annotated[
        Missing, typer.Option(help="Refuse or leave out rows without a value.")
    ] = Missing.REFUSE,
    support: Annotated[
        Support, typer.Option(help="Keep or drop who lies outside the others' propensities.")
    ] = Support.KEEP,
    engine: Annotated[Engine, typer.Option(help="Who holds the rows.")] = Engine.POLARS,
) -> None:
    """Put the most similar others beside those who take part; how alike they are, who is alone.

    Ends with 2 when the file cannot be used (nothing is written).
    """
    from clusterwork.impact.matching import att, match, sensitivity_to_k

    with said_in_words():
        can_write(out)
        frame = opened(schools, engine)
        matched = match(
            frame,
            treated,
            unit,
            _names(covariates),
            _names(exact),
            k,
            metric.value,
            caliper,
            replace,
            ties=ties.value,
            cluster=cluster,
            support=support.value,
            missing=missing.value,
        )
        difference = att(matched, frame, outcome) if outcome else None
        steady = sensitivity_to_k(matched, frame, outcome)
        write_whole(out, _json(matched, difference, steady) + "\n")
    typer.echo((difference.sentence() + " " if difference else "") + matched.sentence(), err=True)


def _names(text: str) -> list[str]:
    return [name.strip() for name in text.split(",") if name.strip()]


def _json(matched: Matched, difference: Difference | None, steady: Diagnostic) -> str:
    from clusterwork.impact.matching.result import finite, shown

    told = matched.to_dict() | {"sensitivity": shown(steady)}
    if difference:
        told["difference"] = difference.to_dict()
    return json.dumps(finite(told), indent=1, ensure_ascii=False)
