"""What the application's database role may do: rows, never tables; and no change to any record."""

from __future__ import annotations

from typing import Any

from django.apps import apps
from django.conf import settings
from django.db import connections
from psycopg import sql

ROWS = sql.SQL("GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {role}")
SEQUENCES = sql.SQL("GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {role}")
FUNCTIONS = sql.SQL("GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA public TO {role}")
KEEP = sql.SQL("REVOKE UPDATE, DELETE, TRUNCATE ON {table} FROM {role}")


def grant_after_migration(*, app_config: Any, using: str, **_: object) -> None:
    """Once a migration run, after its last app: grants everything again (idempotent).

    Emptying test tables announces a migration too, as the app role, which has nothing to give.
    """
    role = settings.DATABASE_APP_ROLE
    if app_config.label == last_label() and role not in ("", user_of(using)):
        grant_to(role, using=using)


def user_of(using: str) -> str:
    """The role that this connection signs in as."""
    return str(connections[using].settings_dict["USER"])


def last_label() -> str:
    """The label of the app whose `post_migrate` comes last."""
    return [config.label for config in apps.get_app_configs() if config.models_module][-1]


def record_tables() -> list[str]:
    """Tables that are only ever added to: the audit record and every history table."""
    return [
        model._meta.db_table
        for model in apps.get_models()
        if model._meta.label == "audit.Entry" or hasattr(model, "pgh_tracked_model")
    ]


def grant_to(role: str, *, using: str = "default") -> None:
    """Grants rows of all tables to `role`, then takes change and removal of records away."""
    name = sql.Identifier(role)
    with connections[using].cursor() as cursor:
        for statement in (ROWS, SEQUENCES, FUNCTIONS):
            cursor.execute(statement.format(role=name))
        for table in record_tables():
            cursor.execute(KEEP.format(table=sql.Identifier(table), role=name))
