"""Opens the house for a command: finds or starts the database, then sets up Django."""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

SETTINGS = "clusterwork.config.settings"


@contextmanager
def open_house(*, as_owner: bool = False) -> Iterator[None]:
    """Django, connected to DATABASE_URL, else to the embedded server of the data folder.

    The server is started for the command's own time unless `clusterwork demo` or `serve`
    runs it already. Only migrations need to be the database's owner.
    """
    if "DATABASE_URL" in os.environ:
        set_up_django(as_owner=as_owner)
        yield
        return
    from clusterwork.embedded import Server, data_folder

    folder = data_folder()
    prepare(folder)
    server = Server.running(folder) or Server.start(folder)
    with server:
        os.environ.update(server.environment())
        set_up_django(as_owner=as_owner)
        yield


def prepare(folder: Path) -> None:
    """Names the data folder in the environment and makes its secret key when absent."""
    os.environ["CLUSTERWORK_DATA"] = str(folder)
    file = folder / "secret-key"
    if "CLUSTERWORK_SECRET_KEY" not in os.environ and not file.exists():
        descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w", encoding="utf-8") as key:
            key.write(secrets.token_urlsafe(64))


def become_owner() -> None:
    """Makes this process the database's owner."""
    app_url = os.environ.get("DATABASE_URL", "")
    owner_url = os.environ.get("DATABASE_OWNER_URL", app_url)
    app_role = urlsplit(app_url).username or ""
    if owner_url != app_url:
        os.environ.setdefault("CLUSTERWORK_APP_ROLE", app_role)
    os.environ["DATABASE_URL"] = owner_url


def set_up_django(*, as_owner: bool = False) -> None:
    """Loads settings and rooms."""
    if as_owner:
        become_owner()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", SETTINGS)
    import django

    django.setup()
