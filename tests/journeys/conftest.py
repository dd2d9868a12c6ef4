"""The house as its users meet it: the real web server and worker on the test database."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import pytest

from clusterwork.cli.together import answers
from tests.journeys.visitor import SCREENS, Visitor

# Playwright's sync API keeps an event loop running in this thread.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

PROGRAMS = ("chromium", "chromium-browser", "google-chrome")


@pytest.fixture(scope="session")
def house(django_db_setup, tmp_path_factory) -> Iterator[str]:
    """The address of the running system: `clusterwork web` and `clusterwork worker`."""
    from django.db import connection

    data = tmp_path_factory.mktemp("house")
    port = a_port_of_our_own()
    address = f"http://127.0.0.1:{port}"
    url = urlsplit(os.environ["DATABASE_URL"])
    env = {
        **os.environ,
        "CLUSTERWORK_DATA": str(data),
        "CLUSTERWORK_ADDRESS": address,
        "CLUSTERWORK_SECOND_FACTOR": "0",
        "CLUSTERWORK_EMAIL_BACKEND": "django.core.mail.backends.filebased.EmailBackend",
        "DATABASE_URL": urlunsplit(url._replace(path="/" + connection.settings_dict["NAME"])),
        "DJANGO_SETTINGS_MODULE": "clusterwork.config.settings",
    }
    command = [sys.executable, "-m", "clusterwork"]
    with (data / "log").open("wb") as log:
        started = [
            subprocess.Popen([*command, *words], env=env, stdout=log, stderr=log)
            for words in (["web", "--port", str(port)], ["worker"])
        ]
        try:
            wait_until_it_answers(address, data / "log")
            yield address
        finally:
            for process in started:
                process.terminate()
            for process in started:
                process.wait(20)


def a_port_of_our_own() -> int:
    """One that the system picks, so that two runs at once do not meet."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_until_it_answers(address: str, log: Path) -> None:
    until = time.monotonic() + 240  # a loaded machine starts slowly
    while not answers(address):
        if time.monotonic() > until:
            pytest.fail(log.read_text(errors="replace")[-3000:])
        time.sleep(0.2)


@pytest.fixture(scope="session")
def browser():
    from shutil import which

    from playwright.sync_api import sync_playwright

    program = next(filter(None, map(which, PROGRAMS)), None)
    if program is None:
        pytest.fail("No Chromium is installed. Run: make chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=program,
            args=[
                "--no-sandbox",
                "--disable-gpu",
                "--disable-quic",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--use-gl=swiftshader",
                "--enable-unsafe-swiftshader",
            ],
        )
        yield browser
        browser.close()


@pytest.fixture
def visit(transactional_db, house, browser) -> Iterator[type[Visitor]]:
    """Opens a new visitor: `visit()` with JavaScript, `visit(script=False)` without."""
    SCREENS.mkdir(parents=True, exist_ok=True)
    visitors = []

    def open_visitor(*, script: bool = True, width: int = 1200) -> Visitor:
        context = browser.new_context(
            java_script_enabled=script, viewport={"width": width, "height": 900}
        )
        context.set_default_timeout(15_000)
        visitors.append(Visitor(context.new_page(), house))
        return visitors[-1]

    yield open_visitor
    for visitor in visitors:
        visitor.page.screenshot(path=SCREENS.parent / "last-seen.png", full_page=True)
        visitor.page.context.close()
    complaints = [each for visitor in visitors for each in visitor.complaints]
    assert not complaints, "\n".join(complaints)
