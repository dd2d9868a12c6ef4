"""The command that adds people, as somebody types it."""

from __future__ import annotations

from contextlib import nullcontext

import pytest
from typer.testing import CliRunner

from clusterwork import cli
from clusterwork.accounts.models import Person
from clusterwork.accounts.tests import made

pytestmark = pytest.mark.django_db
ASKED = (
    "people add --email o@example.org --name Olwen --role programme_officer "
    "--organisation Wolderland --password-stdin"
)


@pytest.fixture(autouse=True)
def house(monkeypatch):
    """The test database stands in for the house."""
    monkeypatch.setattr("clusterwork.cli.house.open_house", nullcontext)


class TestPeopleAdd:
    def test_reads_the_password_from_standard_input(self):
        made.organisation()
        answer = CliRunner().invoke(cli.app, ASKED.split(), input="long enough words\n")
        assert answer.exit_code == 0, answer.output
        assert "Programme officer" in answer.output
        assert Person.objects.get().check_password("long enough words")

    def test_adds_nobody_where_there_is_no_such_organisation(self):
        answer = CliRunner().invoke(cli.app, ASKED.split(), input="long enough words\n")
        assert answer.exit_code != 0
        assert Person.objects.count() == 0
