"""The command `clusterwork`: one module a command; each imports its room only when it runs."""

from __future__ import annotations

import sys

import typer

from clusterwork.cli import (
    authorities,
    clusters,
    demo,
    figures,
    form,
    impact,
    lookalike,
    organisations,
    people,
    plans,
    schools,
    server,
)
from clusterwork.kernel.errors import Problem

HELP = "Form, govern, plan, fund, run, monitor and evaluate clusters of schools."

app = typer.Typer(
    help=HELP, no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False
)

app.command()(server.migrate)
app.command()(server.web)
app.command()(server.worker)
app.command()(server.serve)
app.command()(demo.demo)
app.command(hidden=True)(demo.demo_data)
app.command()(lookalike.lookalike)
app.command()(form.form)
app.add_typer(schools.app, name="schools")
app.add_typer(authorities.app, name="authorities")
app.add_typer(clusters.app, name="clusters")
app.add_typer(figures.app, name="figures")
app.add_typer(impact.app, name="impact")
app.add_typer(organisations.app, name="organisations")
app.add_typer(people.app, name="people")
app.add_typer(plans.app, name="plans")


def main() -> None:
    """Entry point of the installed command; a `Problem` is said in words, without a traceback."""
    try:
        app()
    except Problem as problem:
        typer.echo(str(problem), err=True)
        sys.exit(1)
