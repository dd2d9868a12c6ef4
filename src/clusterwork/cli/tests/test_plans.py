"""The command that writes papers of plans, as somebody types it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from clusterwork.cli import app
from clusterwork.cli.plans import NoPlan, NoSuchCluster
from clusterwork.plans.papers import NoSuchAudience
from clusterwork.plans.tests.made_plans import Planning

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def world() -> Planning:
    return Planning()


def run(*words: object) -> Result:
    return CliRunner().invoke(app, ["plans", "export", *(str(word) for word in words)])


class TestExport:
    def test_writes_the_plan_as_pdf_named_for_it(self, world, here):
        world.full()
        result = run("Fen")
        assert result.exit_code == 0 and "fen-plan.pdf" in result.stdout
        assert (here / "fen-plan.pdf").read_bytes().startswith(b"%PDF")

    def test_writes_a_schools_part_as_json_where_it_is_told_to(self, world, here):
        world.full()
        number = world.schools[0].number
        run("fen", "--for", f"school:{number}", "--format", "json", "-o", here / "part.json")
        assert world.schools[0].name in json.dumps(json.loads((here / "part.json").read_text()))

    @pytest.mark.parametrize("form", ["docx", "html"])
    def test_writes_word_and_web_pages(self, world, here, form):
        world.full()
        assert run(world.cluster.pk, "--for", "governors", "--format", form).exit_code == 0
        assert next(here.glob(f"*.{form}")).stat().st_size > 1000


class TestRefusing:
    def test_a_cluster_that_is_not_there(self):
        assert isinstance(run("Nowhere").exception, NoSuchCluster)

    def test_a_cluster_without_a_plan(self, world):
        assert isinstance(run("Fen").exception, NoPlan)

    def test_an_audience_that_the_plan_does_not_know(self, world):
        world.full()
        assert isinstance(run("Fen", "--for", "school:1").exception, NoSuchAudience)
        assert isinstance(run("Fen", "--for", "programme:None").exception, NoSuchAudience)
