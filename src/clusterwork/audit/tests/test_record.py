"""The record of what was done."""

import pytest
from django.contrib.contenttypes.models import ContentType
from django.db import DatabaseError, connection, transaction

from clusterwork.audit.models import Entry
from clusterwork.audit.selectors import entries_about
from clusterwork.audit.services import record
from clusterwork.kernel.messages import Message

pytestmark = pytest.mark.django_db


@pytest.fixture
def subject() -> ContentType:
    """Something that is recorded about; any row will do."""
    return ContentType.objects.create(app_label="clusters", model="bryn")


def renamed(subject: ContentType) -> Entry:
    return record(
        actor=None,
        verb="rename",
        subject=subject,
        summary=Message("New name: %(name)s.", {"name": subject.model}),
    )


class TestRecord:
    def test_keeps_labels_so_that_it_outlives_its_subject(self, subject):
        entry = renamed(subject)
        label = str(subject)
        subject.delete()
        entry.refresh_from_db()
        assert entry.subject_label == label
        assert entry.summary % entry.params == "New name: bryn."

    def test_is_found_by_its_subject(self, subject):
        other = ContentType.objects.create(app_label="clusters", model="another")
        renamed(other)
        entry = renamed(subject)
        assert list(entries_about(subject)) == [entry]

    def test_a_system_entry_has_no_person(self, subject):
        assert renamed(subject).actor_id is None


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
    def test_the_database_refuses(self, subject, statement):
        renamed(subject)
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)
        assert Entry.objects.count() == 1

    def test_history_tables_are_kept_too(self):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("DELETE FROM registry_schoolevent")
