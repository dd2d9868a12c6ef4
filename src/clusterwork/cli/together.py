"""Database, pages and worker of one machine as one command; stops them in order."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import threading
import time
import urllib.request
from collections.abc import Callable, Sequence
from pathlib import Path

import typer

from clusterwork.cli.house import prepare
from clusterwork.embedded import Server, data_folder
from clusterwork.embedded.processes import Program, run_together
from clusterwork.kernel.errors import Problem

FIRST_PORT = 8000
ANSWERS_WITHIN_S = 60.0


def command(*words: str) -> list[str]:
    """Our own command in a process of its own."""
    return [sys.executable, "-m", "clusterwork", *words]


def run(
    port: int,
    *,
    settings: dict[str, str] | None = None,
    before: Sequence[list[str]] = (),
    tell: Callable[[str], None] = typer.echo,
) -> None:
    """Start the database, migrate, run `before`, then pages and worker until a signal comes.

    `tell` is given the address once the first page answers.
    """
    try:
        folder = data_folder()
        prepare(folder)
        os.environ.update(settings or {})
        server = Server.start(folder)
        with server:
            _run_on(server, folder, port or free_port(), before, tell)
    except Problem as problem:
        typer.echo(str(problem), err=True)
        raise typer.Exit(1) from problem


def _run_on(
    server: Server,
    folder: Path,
    port: int,
    before: Sequence[list[str]],
    tell: Callable[[str], None],
) -> None:
    address = f"http://127.0.0.1:{port}"
    env = {**os.environ, **server.environment(), "PYTHONUNBUFFERED": "1"}
    env.setdefault("CLUSTERWORK_ADDRESS", address)
    for words in (command("migrate", "--quiet"), *before):
        done = subprocess.run(words, env=env, check=False)  # noqa: S603 - our own command
        if done.returncode:
            raise typer.Exit(done.returncode)
    programs = (
        Program("web", command("web", "--port", str(port)), env, log=folder / "web.log"),
        Program("worker", command("worker"), env, log=folder / "worker.log"),
    )
    run_together(server, programs, tell=typer.echo, started=lambda: when_ready(address, tell))


def when_ready(address: str, tell: Callable[[str], None]) -> None:
    """Tells the address from a thread, as soon as the pages answer."""

    def wait() -> None:
        until = time.monotonic() + ANSWERS_WITHIN_S
        while time.monotonic() < until and not answers(address):
            time.sleep(0.1)
        tell(address)

    threading.Thread(target=wait, daemon=True).start()


def answers(address: str) -> bool:
    """Whether the pages at `address` can be had."""
    try:
        with urllib.request.urlopen(f"{address}/healthz", timeout=5) as page:  # noqa: S310
            return bool(page.status == 200)
    except OSError:
        return False


def free_port() -> int:
    """The first port from 8000 up that nobody listens on."""
    for port in range(FIRST_PORT, FIRST_PORT + 1000):
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
            return port
    raise OSError("no port from 8000 to 8999 is free")
