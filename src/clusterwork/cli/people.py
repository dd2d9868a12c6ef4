"""`clusterwork people`: the first officer of an organisation, and anyone who cannot be invited."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

app = typer.Typer(no_args_is_help=True, help="People and their roles.")


@app.callback()
def group() -> None:
    """People and their roles."""


@app.command()
def add(
    email: Annotated[str, typer.Option(help="The address that they sign in with.")],
    name: Annotated[str, typer.Option(help="Their name as others see it.")],
    role: Annotated[str, typer.Option(help="A kind of role, such as programme_officer.")],
    organisation: Annotated[str, typer.Option(help="The organisation's name.")] = "",
    school: Annotated[str, typer.Option(help="Instead: the school's URN or Welsh number.")] = "",
    language: Annotated[str, typer.Option(help="en-gb or cy.")] = "en-gb",
    password_stdin: Annotated[
        bool, typer.Option(help="Read the password from standard input; else they ask for one.")
    ] = False,
) -> None:
    """Makes a person with a role from today, or gives the role to somebody who is known."""
    from clusterwork.cli.loading import open_register

    password = sys.stdin.readline().rstrip("\n") if password_stdin else None
    with open_register():
        from clusterwork.accounts.services.first_people import add_person

        made = add_person(
            email=email,
            name=name,
            kind=role,
            organisation=organisation,
            school=school,
            language=language,
            password=password,
        )
        typer.echo(f"{made.person.email}: {made}")
