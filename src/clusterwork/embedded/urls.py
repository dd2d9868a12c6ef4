"""DATABASE_URL read into Django's words; a pure function of the text."""

from __future__ import annotations

from typing import Any

import psycopg
from psycopg.conninfo import conninfo_to_dict

from clusterwork.kernel.errors import Problem
from clusterwork.kernel.messages import N_, Message

PLACES = {
    "dbname": "NAME",
    "user": "USER",
    "password": "PASSWORD",
    "host": "HOST",
    "port": "PORT",
}


class NotADatabaseUrl(Problem):
    """The text names no PostgreSQL database."""


def django_database(url: str) -> dict[str, Any]:
    """One entry of Django's DATABASES; what Django has no word for (sslmode, ...) is in OPTIONS.

    Raises NotADatabaseUrl, without repeating the text, which may hold a password.
    """
    if not url.startswith(("postgresql://", "postgres://")):
        raise _not_a_database_url()
    try:
        parts = conninfo_to_dict(url)
    except psycopg.ProgrammingError:
        raise _not_a_database_url() from None
    if not parts.get("dbname"):
        raise _not_a_database_url()
    database: dict[str, Any] = {"ENGINE": "django.db.backends.postgresql"}
    database |= {word: str(parts.pop(name, "")) for name, word in PLACES.items()}
    return database | {"OPTIONS": parts}


def _not_a_database_url() -> NotADatabaseUrl:
    return NotADatabaseUrl(
        Message(N_("The address of the database can't be read.")),
        next_step=Message(
            N_("Write it like this: %(example)s."),
            {"example": "postgresql://user:password@host:5432/database"},
        ),
    )
