"""`clusterwork organisations`: the bodies that run programmes, made before anyone can sign in."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer

app = typer.Typer(no_args_is_help=True, help="Bodies that run programmes.")


class Kind(StrEnum):
    """The kinds of organisation."""

    authority = "authority"
    consortium = "consortium"
    trust = "trust"
    diocese = "diocese"


@app.callback()
def group() -> None:
    """Bodies that run programmes."""


@app.command()
def add(
    name: Annotated[str, typer.Argument(help="Its name.")],
    kind: Annotated[Kind, typer.Option(help="What it is.")] = Kind.authority,
    authorities: Annotated[
        str, typer.Option(help="Codes of the authorities that it looks after, e.g. 925 or 676,677.")
    ] = "",
    name_cy: Annotated[str, typer.Option(help="Its name in Welsh.")] = "",
    welsh: Annotated[bool, typer.Option("--welsh", help="Its people are offered Welsh.")] = False,
) -> None:
    """Make an organisation; its first officer comes next (`clusterwork people add`)."""
    from clusterwork.cli.loading import open_register

    with open_register():
        from clusterwork.registry.services.new_organisations import make_organisation

        made = make_organisation(
            kind=kind.value,
            name=name,
            name_cy=name_cy,
            is_welsh=welsh,
            authority_codes=[code.strip() for code in authorities.split(",") if code.strip()],
            by=None,
        )
        typer.echo(f"Made: {made.name}.")
