"""The record of what was done."""

import pytest
from django.db import DatabaseError, connection, transaction

from clusterwork.audit.models import Entry
from clusterwork.audit.selectors import entries_about
from clusterwork.audit.services import record
from clusterwork.kernel.messages import Message
from clusterwork.registry.models import Organisation, OrganisationKind

pytestmark = pytest.mark.django_db


@pytest.fixture
def organisation() -> Organisation:
    return Organisation.objects.create(kind=OrganisationKind.AUTHORITY, name="Bryn County")


def renamed(organisation: Organisation) -> Entry:
    return record(
        actor=None,
        verb="rename",
        subject=organisation,
        summary=Message("New name: %(name)s.", {"name": organisation.name}),
    )


class TestRecord:
    def test_keeps_labels_so_that_it_outlives_its_subject(self, organisation):
        entry = renamed(organisation)
        organisation.delete()
        entry.refresh_from_db()
        assert entry.subject_label == "Bryn County"
        assert entry.summary % entry.params == "New name: Bryn County."

    def test_is_found_by_its_subject(self, organisation):
        other = Organisation.objects.create(kind=OrganisationKind.TRUST, name="Another")
        renamed(other)
        entry = renamed(organisation)
        assert list(entries_about(organisation)) == [entry]

    def test_a_system_entry_has_no_person(self, organisation):
        assert renamed(organisation).actor_id is None


class TestAppendOnly:
    """The application's role may add to the record and nothing else."""

    @pytest.mark.parametrize(
        "statement",
        [
            "UPDATE audit_entry SET verb = 'other'",
            "DELETE FROM audit_entry",
            "CREATE TABLE mine (id int)",
            "ALTER TABLE audit_entry ADD COLUMN more int",
            "ALTER TABLE audit_entry DISABLE TRIGGER ALL",
            "SET ROLE clusterwork_owner",
        ],
    )
    def test_the_database_refuses(self, organisation, statement):
        renamed(organisation)
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)
        assert Entry.objects.count() == 1

    def test_history_tables_are_kept_too(self):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("DELETE FROM registry_schoolevent")
