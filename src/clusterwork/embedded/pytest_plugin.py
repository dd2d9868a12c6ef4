"""A database server for a test run, started before pytest-django reads the settings.

Named with `-p clusterwork.embedded.pytest_plugin`; acts in the controlling process only, and
only where DATABASE_URL names no server. Imports no Django.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Generator
from pathlib import Path

import pytest

from clusterwork.embedded.server import Server

SERVER = pytest.StashKey[Server]()


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_load_initial_conftests(early_config: pytest.Config) -> Generator[None, None, None]:
    if "PYTEST_XDIST_WORKER" not in os.environ and "DATABASE_URL" not in os.environ:
        folder = Path(tempfile.mkdtemp(prefix="clusterwork-test-"))
        server = Server.start(folder, fsync=False, remove=True)
        early_config.stash[SERVER] = server
        os.environ.update(server.environment())
    return (yield)


def pytest_unconfigure(config: pytest.Config) -> None:
    server = config.stash.get(SERVER, None)
    if server:
        for name in server.environment():
            os.environ.pop(name, None)
        server.stop()
