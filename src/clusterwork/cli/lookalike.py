"""The command `clusterwork lookalike`: writes an invented county or region; needs no database."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer


class Kind(StrEnum):
    """What to invent: an English county or a Welsh region of several authorities."""

    county = "county"
    region = "region"


def lookalike(
    folder: Annotated[Path, typer.Argument(help="Where to write; made if absent.")],
    seed: Annotated[int, typer.Option(min=0, help="The same seed gives the same files.")] = 1,
    kind: Annotated[Kind, typer.Option(help="An English county or a Welsh region.")] = Kind.county,
) -> None:
    """Write an invented county or region of schools, in the official formats."""
    from clusterwork.lookalike import build_county, build_region, write_county

    county = build_region(seed=seed) if kind is Kind.region else build_county(seed=seed)
    paths = write_county(county, folder)
    typer.echo(f"{county.name}: {len(county.open_schools)} open schools, {len(paths)} files.")
    for path in paths:
        typer.echo(str(path))
