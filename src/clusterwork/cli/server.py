"""Commands that run the system: `migrate`, `web`, `worker`, and `serve` for all on one machine."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Annotated

import typer

Port = Annotated[int, typer.Option(help="The port on 127.0.0.1; 0 takes a free one from 8000 up.")]


Quiet = Annotated[bool, typer.Option("--quiet", help="Say only what goes wrong.")]


def migrate(quiet: Quiet = False) -> None:
    """Bring the database's tables up to date, as its owner (DATABASE_OWNER_URL)."""
    from clusterwork.cli.house import open_house

    with open_house(as_owner=True):
        from django.core.management import call_command

        call_command("migrate", interactive=False, verbosity=0 if quiet else 1)


def web(port: Port = 8000, host: str = "127.0.0.1") -> None:
    """Serve the pages with granian, in this process's place."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "clusterwork.config.settings")
    program = Path(sys.executable).parent / "granian"
    options = ["--interface", "wsgi", "--host", host, "--port", str(port), "--no-ws"]
    workers = ["--workers", os.environ.get("CLUSTERWORK_WEB_WORKERS", "1")]
    threads = ["--blocking-threads", os.environ.get("CLUSTERWORK_WEB_THREADS", "4")]
    logs = ["--log-level", "warning"]
    os.execv(  # noqa: S606 - a program of our own environment, no shell
        program,
        [str(program), *options, *workers, *threads, *logs, "clusterwork.config.wsgi:application"],
    )


def worker() -> None:
    """Do the jobs that the pages have queued, until stopped."""
    from clusterwork.cli.house import set_up_django

    set_up_django()
    from django.core.management import call_command

    call_command("procrastinate", "worker", "--delete-jobs=successful", "--concurrency=2")


def serve(port: Port = 0) -> None:
    """Run database, pages and worker together on this machine, until Ctrl-C."""
    from clusterwork.cli.together import run

    run(port)
