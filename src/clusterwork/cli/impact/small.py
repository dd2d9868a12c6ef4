"""`clusterwork impact small`: figures of few pupils, with what they can bear."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from clusterwork.cli.impact.opening import Engine, opened, said_in_words
from clusterwork.cli.impact.results import checked, tell

if TYPE_CHECKING:
    from clusterwork.impact.result import Result


class How(StrEnum):
    """What is done with the figures."""

    SHRINK = "shrink"
    POOL = "pool"
    FUNNEL = "funnel"
    BANDS = "bands"


def small(
    file: Annotated[Path, typer.Argument(metavar="FILE.csv|parquet", help="One row a school.")],
    how: Annotated[How, typer.Option(help="Shrink, pool years, funnel, or bands of size.")],
    unit: Annotated[str, typer.Option(metavar="COLUMN", help="Which school.")],
    count: Annotated[str, typer.Option(metavar="COLUMN", help="Pupils who reached it.")],
    of: Annotated[str, typer.Option(metavar="COLUMN", help="Pupils there were.")],
    year: Annotated[str, typer.Option(metavar="COLUMN", help="To pool, or bands by year.")] = "",
    size: Annotated[str, typer.Option(metavar="COLUMN", help="Pupils on roll, for bands.")] = "",
    ends: Annotated[
        str, typer.Option(help="The largest size of each band but one.")
    ] = "90,180,270",
    floor: Annotated[float | None, typer.Option(help="Share to count schools under.")] = None,
    by: Annotated[str, typer.Option(help="Shrink by likelihood or moments.")] = "likelihood",
    engine: Annotated[Engine, typer.Option(help="Who holds the rows.")] = Engine.POLARS,
    lang: Annotated[str, typer.Option(help="Language of the sentences: en or cy.")] = "en",
    out: Annotated[Path | None, typer.Option(metavar="FILE.json", help="Where it goes.")] = None,
) -> None:
    """Tell shares of few pupils without more certainty than they have.

    Ends with 2 when the file cannot be used (nothing is written).
    """
    needs = {How.POOL: ("--year", year), How.BANDS: ("--size", size)}
    if how in needs and not needs[how][1]:
        raise typer.BadParameter(f"{how.value} needs {needs[how][0]}.")
    with said_in_words():
        checked(out)
        rows = opened(file, engine)
        result = (
            _bands(rows, unit, count, of, year, size, ends, floor)
            if how == How.BANDS
            else _told(rows, how, unit, count, of, year, by)
        )
        tell(result, out, lang)


def _told(rows: object, how: How, unit: str, count: str, of: str, year: str, by: str) -> Result:
    from clusterwork.impact.small import funnel, pool_years, shrink_shares

    if how == How.SHRINK:
        return shrink_shares(rows, unit=unit, count=count, of=of, by=by)
    if how == How.POOL:
        return pool_years(rows, unit=unit, year=year, count=count, of=of)
    return funnel(rows, unit=unit, value=count, size=of)


def _bands(
    rows: object,
    unit: str,
    count: str,
    of: str,
    year: str,
    size: str,
    ends: str,
    floor: float | None,
) -> Result:
    from clusterwork.impact.small import by_size_band

    try:
        limits = [float(end) for end in ends.split(",")]
    except ValueError as exc:
        raise typer.BadParameter("--ends takes numbers: 90,180,270") from exc
    return by_size_band(
        rows, unit=unit, size=size, count=count, of=of, year=year or None, ends=limits, floor=floor
    )
