"""A paper of a plan is the same by the API and from the command line."""

from __future__ import annotations

import json

import pytest
from django.test import Client
from typer.testing import CliRunner

from clusterwork.api.tests.made import key_of
from clusterwork.cli import app
from clusterwork.plans.tests.made_plans import Planning


@pytest.mark.django_db
def test_every_paper_is_what_the_command_line_writes(tmp_path):
    planning = Planning()
    plan, header = planning.full(), key_of(planning.head)
    papers = Client().get(f"/api/v1/plans/{plan.pk}/papers", headers=header).json()
    assert len({each["kind"] for each in papers}) == 5
    for n, each in enumerate(papers):
        out = tmp_path / f"{n}.json"
        words = ["plans", "export", "Fen", "--for", each["audience"], "--format", "json", "-o"]
        assert CliRunner().invoke(app, [*words, str(out)]).exit_code == 0
        path = f"/api/v1/plans/{plan.pk}/papers/{each['audience']}"
        assert Client().get(path, headers=header).json() == json.loads(out.read_text())
