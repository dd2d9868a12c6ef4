"""The command `clusterwork`: one module a command; each imports its room only when it runs."""

from __future__ import annotations

import typer

from clusterwork.cli import server

app = typer.Typer(no_args_is_help=True, add_completion=False, help=__doc__)

app.command()(server.migrate)
app.command()(server.web)
app.command()(server.worker)
app.command()(server.serve)


def main() -> None:
    """Entry point of the installed command."""
    app()
