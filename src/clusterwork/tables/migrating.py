"""How a migration with many additions runs; decides nothing about what is added."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.operations import AddConstraint, AddField, AddIndex, CreateModel
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState
from pgtrigger.migrations import AddTrigger

ADDITIONS: tuple[type[Operation], ...] = (
    CreateModel,
    AddField,
    AddIndex,
    AddConstraint,
    AddTrigger,
)
"""What only adds, in an order in which none needs a later one."""


class Together(migrations.Migration):
    """A migration whose neighbouring additions of one kind are made together.

    Django renders every related model anew after each operation: with some hundred tables and
    triggers that is more than a minute of processor time on an empty database. Additions of one
    kind all fit the models as they are after the last of them, so those are rendered once.
    Everything else, and the way back, runs as Django runs it.
    """

    def apply(
        self,
        project_state: ProjectState,
        schema_editor: BaseDatabaseSchemaEditor,
        collect_sql: bool = False,
    ) -> ProjectState:
        """The state after the migration; the same statements as Django's, in another order."""
        runs = _additions_apart(self.operations)
        batched = _plain(self, [part for run in runs for part in _batches(run)])
        return batched.apply(project_state, schema_editor, collect_sql)


class Batch(Operation):
    """Several additions of one kind as one operation."""

    def __init__(self, operations: Sequence[Operation]) -> None:
        self.operations = operations

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        """Changes the state without its rendered models; the next to ask renders them."""
        state.__dict__.pop("apps", None)
        for operation in self.operations:
            operation.state_forwards(app_label, state)

    def database_forwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        """Each operation from the state before the first to the state after the last."""
        for operation in self.operations:
            operation.database_forwards(app_label, schema_editor, from_state, to_state)

    def describe(self) -> str:
        """What each operation says of itself."""
        return "; ".join(operation.describe() for operation in self.operations)


def _plain(migration: migrations.Migration, operations: list[Operation]) -> migrations.Migration:
    """A migration of the same name that runs these operations as Django does."""
    plain: type[migrations.Migration] = type(
        "Migration", (migrations.Migration,), {"operations": operations}
    )
    return plain(migration.name, migration.app_label)


def _additions_apart(operations: Iterable[Operation]) -> list[list[Operation]]:
    """Runs of additions, and runs of everything else, in their order."""
    return [list(run) for _, run in groupby(operations, key=_adds)]


def _batches(run: list[Operation]) -> list[Operation]:
    """A run of additions by kind; other operations one by one, as they are."""
    if not _adds(run[0]):
        return run
    by_kind = sorted(run, key=lambda operation: ADDITIONS.index(type(operation)))
    return [Batch(list(batch)) for _, batch in groupby(by_kind, key=type)]


def _adds(operation: Operation) -> bool:
    return type(operation) in ADDITIONS
