"""`clusterwork impact few`: what few clusters can show, by the method whose size is right."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from clusterwork.cli.impact.opening import Engine, opened, said_in_words
from clusterwork.cli.impact.results import checked, tell

if TYPE_CHECKING:
    from clusterwork.impact.few import Contrast


class ContrastChoice(StrEnum):
    """What is compared of each cluster."""

    MEANS = "means"
    TREND = "trend"
    LEVEL = "level"
    SLOPE = "slope"


def few(
    panel: Annotated[
        Path,
        typer.Argument(metavar="PANEL.csv|parquet", help="Pupils, schools or clusters."),
    ],
    outcome: Annotated[str, typer.Option(metavar="COLUMN", help="What was reached.")],
    cluster: Annotated[str, typer.Option(metavar="COLUMN", help="Where it was assigned.")],
    time: Annotated[str, typer.Option(metavar="COLUMN", help="The year.")],
    start: Annotated[
        str, typer.Option(metavar="COLUMN", help="The first year of it; 0 or empty for never.")
    ],
    weight: Annotated[
        str | None, typer.Option(metavar="COLUMN", help="Pupils behind a row.")
    ] = None,
    contrast: Annotated[
        ContrastChoice,
        typer.Option(help="Means before and after; or an interrupted series: trend, level, slope."),
    ] = ContrastChoice.MEANS,
    level: Annotated[float, typer.Option(min=0.5, max=0.999, help="Of the interval.")] = 0.95,
    seed: Annotated[int, typer.Option(min=0, help="Same seed, same draws.")] = 1,
    lang: Annotated[str, typer.Option(help="en or cy.")] = "en",
    out: Annotated[
        Path | None, typer.Option(metavar="RESULT.json", help="Where tables and checks go.")
    ] = None,
    engine: Annotated[Engine, typer.Option(help="Who holds the rows.")] = Engine.POLARS,
) -> None:
    """Compare before and after; the number of clusters decides how sure one can be.

    One cluster gets its place among the others and no p-value. Ends with 2 when the file cannot
    be used (nothing is written).
    """
    from clusterwork.impact.choose import choose

    with said_in_words():
        checked(out)
        chosen = choose(
            opened(panel, engine),
            outcome=outcome,
            cluster=cluster,
            time=time,
            start=start,
            weight=weight,
            contrast=_contrast(contrast),
            level=level,
            seed=seed,
        )
        tell(chosen, out, lang)


def _contrast(choice: ContrastChoice) -> Contrast:
    from clusterwork.impact.few import LEVEL_CHANGE, MEAN_CHANGE, SLOPE_CHANGE, TREND_GAP

    return {
        ContrastChoice.MEANS: MEAN_CHANGE,
        ContrastChoice.TREND: TREND_GAP,
        ContrastChoice.LEVEL: LEVEL_CHANGE,
        ContrastChoice.SLOPE: SLOPE_CHANGE,
    }[choice]
