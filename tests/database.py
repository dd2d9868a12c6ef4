"""The test database: made and migrated by the owner, then used by every test as the app role."""

from __future__ import annotations

import os
from collections.abc import Generator
from typing import Any

import pytest

from clusterwork.embedded.urls import django_database


def _sign_in(variable: str) -> dict[str, Any]:
    database = django_database(os.environ.get(variable) or os.environ["DATABASE_URL"])
    return {word: database[word] for word in ("USER", "PASSWORD")}


def _connect_as(who: dict[str, Any]) -> None:
    """Let this process's next connections, those of the live server too, be `who`."""
    from django.db import connection

    connection.close()
    connection.settings_dict.update(who)


def _allow_truncate(role: str) -> None:
    """Django empties the tables after a transactional test; nowhere else may the role do so."""
    from django.db import connection
    from psycopg import sql

    statement = sql.SQL("GRANT TRUNCATE ON ALL TABLES IN SCHEMA public TO {}")
    with connection.cursor() as cursor:
        cursor.execute(statement.format(sql.Identifier(role)))


@pytest.fixture(autouse=True)
def queue_left_empty(
    request: pytest.FixtureRequest, django_db_blocker: Any
) -> Generator[None, None, None]:
    """Jobs that were really queued go with their test: the queue's tables are not Django's.

    A worker that is alive stays: it is the one of the journeys' house.
    """
    yield
    if _is_transactional(request):
        with django_db_blocker.unblock():
            _empty_queue()


def _is_transactional(request: pytest.FixtureRequest) -> bool:
    marker = request.node.get_closest_marker("django_db")
    asked = bool(marker and marker.kwargs.get("transaction"))
    return asked or bool({"transactional_db", "live_server"} & set(request.fixturenames))


def _empty_queue() -> None:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM procrastinate_jobs")
        cursor.execute(
            "DELETE FROM procrastinate_workers WHERE last_heartbeat < now() - interval '10 minutes'"
        )


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix: None) -> None:
    """Be the owner while pytest-django makes the database."""
    _connect_as(_sign_in("DATABASE_OWNER_URL"))


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any) -> Generator[None, None, None]:
    """Be the app role between pytest-django's making of the database and its removal."""
    owner, app = _sign_in("DATABASE_OWNER_URL"), _sign_in("DATABASE_URL")
    with django_db_blocker.unblock():
        if app != owner:
            _allow_truncate(app["USER"])
        _connect_as(app)
    yield
    with django_db_blocker.unblock():
        _connect_as(owner)
