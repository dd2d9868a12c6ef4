"""The commands `clusterwork authorities …`: the areas that maps draw."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

app = typer.Typer(no_args_is_help=True, help="Keep the areas of local authorities.")


@app.callback()
def authorities() -> None:
    """Keep the areas of local authorities."""


@app.command()
def boundaries(
    file: Annotated[Path, typer.Argument(help="GeoJSON with la_code and la_name, plain or gzip.")],
    only_held: Annotated[
        bool, typer.Option("--only-held", help="Leave out authorities without schools here.")
    ] = False,
) -> None:
    """Load the boundaries of authorities; ends with 2 when the file could not be read."""
    from clusterwork.cli.loading import open_register, told_if_unreadable

    with open_register(), told_if_unreadable(as_json=False):
        from clusterwork.registry.imports.boundaries import read
        from clusterwork.registry.services.boundaries import keep_boundaries

        count = keep_boundaries(read(file), only_held=only_held)
    typer.echo(f"Boundaries kept: {count}.")
