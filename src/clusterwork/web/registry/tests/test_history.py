"""What the history of a school says to whom."""

from __future__ import annotations

import pytest
from django.test import Client

from clusterwork.audit.services import record
from clusterwork.kernel.messages import Message
from clusterwork.registry.models import Organisation, School
from clusterwork.web.registry.tests.conftest import signed_in, words_of


@pytest.fixture
def done(denton: School) -> School:
    """A school that somebody entered, and whose head named somebody."""
    for verb, text in (("school.enter", "Entered it"), ("accounts.name_person", "Named: Dewi")):
        record(actor=None, verb=verb, subject=denton, summary=Message(text))
    return denton


def shown(client: Client, school: School) -> str:
    return words_of(client.get(f"/schools/{school.pk}/history/"))


def test_its_people_and_its_officers_read_all(
    head_of_denton: Client, officer: Client, done: School
) -> None:
    for client in (head_of_denton, officer):
        assert "Entered it" in shown(client, done)
        assert "Named: Dewi" in shown(client, done)


def test_others_read_what_the_register_is_about(head_of_harlaxton: Client, done: School) -> None:
    elsewhere = Organisation.objects.create(kind="authority", name="Elsewhere")
    for client in (head_of_harlaxton, signed_in("programme_officer", organisation=elsewhere)):
        assert "Entered it" in shown(client, done)
        assert "Named: Dewi" not in shown(client, done)
