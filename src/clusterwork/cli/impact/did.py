"""`clusterwork impact did`: how the outcome changed after staggered starts."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from clusterwork.cli.impact.opening import Engine, opened, said_in_words
from clusterwork.cli.writing import can_write, write_whole

if TYPE_CHECKING:
    from clusterwork.impact.did import DidFit


class ControlChoice(StrEnum):
    """Who is compared with."""

    NEVER = "never"
    NOTYET = "notyet"


class MethodChoice(StrEnum):
    """How covariates are used."""

    DR = "dr"
    REG = "reg"
    IPW = "ipw"


class BaseChoice(StrEnum):
    """What times before the start are held against."""

    VARYING = "varying"
    UNIVERSAL = "universal"


class UnbalancedChoice(StrEnum):
    """What is done with units that were not seen at every time."""

    PAIRS = "pairs"
    WHOLE = "whole"


def did(
    panel: Annotated[Path, typer.Argument(metavar="PANEL.csv|parquet", help="A row a unit, year.")],
    outcome: Annotated[str, typer.Option(metavar="COLUMN", help="What was reached.")],
    unit: Annotated[str, typer.Option(metavar="COLUMN", help="The school.")],
    time: Annotated[str, typer.Option(metavar="COLUMN", help="The year.")],
    start: Annotated[
        str, typer.Option(metavar="COLUMN", help="The first year of it; 0 or empty for never.")
    ],
    cluster: Annotated[
        str, typer.Option(metavar="COLUMN", help="Where it was assigned; may be the unit.")
    ],
    out: Annotated[Path, typer.Option(metavar="FIT.json", help="Where the results go.")],
    control: Annotated[
        ControlChoice, typer.Option(help="Compared with those that never, or not yet, start.")
    ] = ControlChoice.NEVER,
    covariates: Annotated[
        str, typer.Option(metavar="A,B", help="What schools brought with them; may be empty.")
    ] = "",
    method: Annotated[
        MethodChoice, typer.Option(help="Covariates by regression, weighting, or both (dr).")
    ] = MethodChoice.DR,
    weights: Annotated[
        str | None, typer.Option(metavar="COLUMN", help="How much a row counts, e.g. pupils.")
    ] = None,
    base: Annotated[
        BaseChoice, typer.Option(help="Before the start: against the year before, or one base.")
    ] = BaseChoice.VARYING,
    unbalanced: Annotated[
        UnbalancedChoice, typer.Option(help="Schools with gaps: by pairs of years, or left out.")
    ] = UnbalancedChoice.PAIRS,
    anticipation: Annotated[
        float, typer.Option(min=0.0, help="Years before the start in which it may show.")
    ] = 0.0,
    level: Annotated[float, typer.Option(min=0.5, max=0.999, help="Of the intervals.")] = 0.95,
    checks: Annotated[
        bool, typer.Option("--checks", help="Also by imputation, and what a regression would mix.")
    ] = False,
    engine: Annotated[Engine, typer.Option(help="Who holds the rows.")] = Engine.POLARS,
) -> None:
    """Compare before and after with those that did not start (Callaway and Sant'Anna 2021).

    Ends with 2 when the file cannot be used (nothing is written).
    """
    import json

    from clusterwork.impact.did import checks_of, fit_did, panel_of, rows_of

    with said_in_words():
        can_write(out)
        fit = fit_did(
            opened(panel, engine),
            outcome,
            unit,
            time,
            start,
            cluster,
            [name.strip() for name in covariates.split(",") if name.strip()],
            control.value,
            method.value,
            weights,
            base=base.value,
            unbalanced=unbalanced.value,
            anticipation=anticipation,
            level=level,
        )
        told = fit.to_dict()
        if checks:
            rows = rows_of(
                opened(panel, engine),
                outcome=outcome,
                unit=unit,
                time=time,
                start=start,
                cluster=cluster,
                weights=weights,
            )
            told |= checks_of(panel_of(rows, unbalanced=unbalanced.value), level=level)
        write_whole(out, json.dumps(told, indent=1, ensure_ascii=False) + "\n")
    _say(fit)


def _say(fit: DidFit) -> None:
    """The main numbers on the terminal."""
    typer.echo(
        f"{fit.n_units} units in {len(fit.clusters)} clusters; "
        f"{fit.n_treated} start, in {fit.treated_clusters} clusters",
        err=True,
    )
    for name, each in (
        ("simple", fit.simple),
        ("group", fit.group),
        ("calendar", fit.calendar),
        ("dynamic", fit.dynamic),
    ):
        typer.echo(
            f"  {name}: {each.estimate:.4f} ({each.se:.4f}), {each.low:.4f} to {each.high:.4f}",
            err=True,
        )
    for said in (*(diagnostic.said for diagnostic in fit.diagnostics), *fit.notes):
        typer.echo(str(said), err=True)
    typer.echo(fit.sentence(), err=True)
