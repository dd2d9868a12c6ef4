"""Real starts in folders of their own, and a look at which processes are left."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil
import pytest

Start = Callable[..., "subprocess.Popen[str]"]


def uses(process: psutil.Process, folder: Path) -> bool:
    """Whether it was started with the folder's name or works inside it (as PostgreSQL's do)."""
    try:
        if process.status() == psutil.STATUS_ZOMBIE:
            return False
        return str(folder) in " ".join([process.cwd(), *process.cmdline()])
    except (psutil.NoSuchProcess, psutil.AccessDenied):
        return False


def users_of(folder: Path) -> list[psutil.Process]:
    return [
        each for each in psutil.process_iter() if each.pid != os.getpid() and uses(each, folder)
    ]


def wait_until(fact: Callable[[], bool], seconds: float = 15.0) -> bool:
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if fact():
            return True
        time.sleep(0.05)
    return fact()


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Start]:
    """Run a Python text in another process; it is given the folder and prints when it is ready."""
    started = []

    def run(text: str, *arguments: object, prefix: tuple[str, ...] = ()) -> subprocess.Popen[str]:
        command = [*prefix, sys.executable, "-c", text, *map(str, arguments)]
        process = subprocess.Popen(
            command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, cwd="/"
        )
        started.append(process)
        return process

    yield run
    for process in started:
        process.kill()
        process.communicate()
    assert wait_until(lambda: not users_of(tmp_path)), users_of(tmp_path)
