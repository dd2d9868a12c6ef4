"""A migration made together writes what Django would write one by one."""

from collections import Counter

import pytest
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.operations import AddField, CreateModel, RunSQL
from django.db.models import IntegerField

from clusterwork.tables.migrating import Batch, Together, _additions_apart, _batches, _plain

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def loader():
    return MigrationLoader(None)


@pytest.mark.parametrize(
    "key",
    [
        ("audit", "0001_entry"),
        ("clusters", "0001_programmes_and_formations"),
        ("measures", "0003_releases_by_agreement"),
        ("plans", "0002_reviewing_bodies"),
    ],
)
def test_the_same_statements_are_run(loader, key):
    migration = loader.get_migration(*key)
    assert isinstance(migration, Together)
    plain = _plain(migration, migration.operations)
    assert statements(loader, key, migration) == statements(loader, key, plain)


def statements(loader, key, migration) -> Counter[str]:
    """What the migration would run, without the comments that name its operations."""
    state = loader.project_state(key, at_end=False)
    with connection.schema_editor(collect_sql=True) as editor:
        migration.apply(state, editor, collect_sql=True)
    return Counter(line for line in editor.collected_sql if not line.startswith("--"))


def test_additions_are_batched_by_kind_and_never_past_anything_else():
    first, second = CreateModel("one", []), CreateModel("two", [])
    field, between = AddField("one", "n", IntegerField(null=True)), RunSQL("SELECT 1")
    last = CreateModel("three", [])
    groups = _additions_apart([first, field, second, between, last])
    made = [part for group in groups for part in _batches(group)]
    contents = [part.operations if isinstance(part, Batch) else part for part in made]
    assert contents == [[first, second], [field], between, [last]]
