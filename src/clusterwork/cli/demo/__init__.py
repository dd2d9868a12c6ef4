"""The command `clusterwork demo`: the whole system on one machine, with schools to try it on."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from clusterwork.cli.server import Port

Schools = Annotated[
    Path | None,
    typer.Option(help="A real register instead of the invented county: CSV, plain or gzip."),
]
Authority = Annotated[
    str,
    typer.Option(help="Codes of the authorities whose clusters are formed, e.g. 925 or 676,677."),
]

# Only this machine can reach the demonstration; its e-mail goes into files.
SETTINGS = {
    "CLUSTERWORK_DEMO": "1",
    "CLUSTERWORK_EMAIL_BACKEND": "django.core.mail.backends.filebased.EmailBackend",
}


def demo(schools: Schools = None, authority: Authority = "", port: Port = 0) -> None:
    """Run everything with an invented county, or with a real register, until Ctrl-C."""
    from clusterwork.cli.together import command, run

    words, files = ["demo-data", "--authority", authority], []
    if schools:
        files = [schools.expanduser().absolute()]
        words += ["--schools", str(files[0])]
    run(port, settings=SETTINGS, before=[command(*words)], files=files, tell=tell_ready)


def demo_data(schools: Schools = None, authority: Authority = "") -> None:
    """Fill the database with the demonstration's schools and people; twice changes nothing."""
    from clusterwork.cli.house import open_house

    with open_house():
        from django.conf import settings

        if not settings.DEMO:
            typer.echo("Only `clusterwork demo` fills a database with its people.", err=True)
            raise typer.Exit(1)
        from clusterwork.cli.demo.region import fill

        for line in fill(schools, [code for code in authority.split(",") if code]):
            typer.echo(line)


def tell_ready(address: str) -> None:
    """The last line before the pages are used."""
    typer.echo(f"Open {address} in a browser. Ctrl-C stops everything.")
