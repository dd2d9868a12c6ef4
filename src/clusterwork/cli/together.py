"""Database, pages and worker of one machine as one command; stops them in order."""

from __future__ import annotations

import os
import socket
import sys
import threading
import time
import urllib.request
from collections.abc import Callable, Sequence
from pathlib import Path

import typer

from clusterwork.cli.house import prepare
from clusterwork.cli.once import prepare_once
from clusterwork.embedded import Server, data_folder
from clusterwork.embedded.processes import Program, run_together
from clusterwork.kernel.errors import Problem
from clusterwork.kernel.messages import N_, Message

FIRST_PORT = 8000
ANSWERS_WITHIN_S = 60.0


class HoldsDemonstration(Problem):
    """The data folder was filled by `clusterwork demo`, whose passwords everybody knows."""


def command(*words: str) -> list[str]:
    """Our own command in a process of its own."""
    return [sys.executable, "-m", "clusterwork", *words]


def run(
    port: int,
    *,
    settings: dict[str, str] | None = None,
    before: Sequence[list[str]] = (),
    files: Sequence[Path] = (),
    tell: Callable[[str], None] = typer.echo,
) -> None:
    """Start the database, migrate, run `before`, then pages and worker until a signal comes.

    `before` is run once, and again when it, `files` or the program have changed.
    `tell` is given the address once the first page answers.
    """
    try:
        folder = data_folder()
        mark_or_refuse(folder, demo="CLUSTERWORK_DEMO" in (settings or {}))
        prepare(folder)
        os.environ.update(settings or {})
        server = Server.start(folder)
        with server:
            address = f"http://127.0.0.1:{port or free_port()}"
            env = environment(server, address)
            commands = [command("migrate", "--quiet"), *before]
            typer.echo(prepare_once(folder / "postgresql", commands, env, files), nl=False)
            run_together(
                server,
                programs(folder, address, env),
                tell=typer.echo,
                started=lambda: when_ready(address, tell),
            )
    except Problem as problem:
        typer.echo(str(problem), err=True)
        raise typer.Exit(1) from problem


def mark_or_refuse(folder: Path, *, demo: bool) -> None:
    """Marks a demonstration's folder; raises `HoldsDemonstration` where another is to use it."""
    mark = folder / "demonstration"
    if demo:
        mark.touch()
    elif mark.exists():
        raise HoldsDemonstration(
            Message(N_("This folder holds a demonstration: %(folder)s."), {"folder": folder}),
            why=Message(N_("The passwords of its people are known to everybody.")),
            next_step=Message(N_("Set CLUSTERWORK_DATA to another folder.")),
        )


def environment(server: Server, address: str) -> dict[str, str]:
    """What the programs are told: ours, the database, and the address that people use."""
    env = {**os.environ, **server.environment(), "PYTHONUNBUFFERED": "1"}
    return {"CLUSTERWORK_ADDRESS": address, **env}


def programs(folder: Path, address: str, env: dict[str, str]) -> tuple[Program, Program]:
    """Pages and worker, each with a log in the data folder."""
    port = address.rsplit(":", 1)[1]
    return (
        Program("web", command("web", "--port", port), env, log=folder / "web.log"),
        Program("worker", command("worker"), env, log=folder / "worker.log"),
    )


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
