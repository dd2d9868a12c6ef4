"""On real pupils (4,059 of 65 schools) a study shows the numbers of the command line."""

import gzip
import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from clusterwork.cli import app
from clusterwork.evaluation.impact_adapter.value_added import Model
from clusterwork.evaluation.rules.value_added import value_added_shown
from clusterwork.evaluation.tests.made_cells import MadeStudy
from tests.journeys.real_data import real

pytestmark = [pytest.mark.django_db, pytest.mark.real_data]
COLUMNS = ["--outcome", "normexam", "--covariates", "standLRT,sex", "--levels", "school"]


@pytest.fixture
def pupils(tmp_path) -> Path:
    path = tmp_path / "exam.csv"
    path.write_bytes(gzip.decompress(real("exam.csv.gz").read_bytes()))
    return path


def command(*words: object) -> None:
    told = CliRunner().invoke(app, ["impact", *map(str, words)])
    assert told.exit_code == 0, told.output


@pytest.mark.parametrize("slope", ["", "standLRT"])
def test_the_service_says_what_the_command_says(pupils, slope):
    columns = [*COLUMNS, *(["--slope", slope] if slope else [])]
    cells, fit = pupils.with_name("CELLS.json"), pupils.with_name("FIT.json")
    command("cells", pupils, *columns, "--out", cells)
    command("value-added", pupils, *columns, "--out", fit)
    told = json.loads(fit.read_text())
    made = MadeStudy()
    uploaded = made.upload(cells.read_bytes())
    model = Model(tuple(uploaded.covariates), ("school",), slope)
    found = made.fit(uploaded, model=model).found
    assert found["deviance"] == pytest.approx(told["deviance"], abs=1e-9)
    assert found["variances"] == [
        {**each, "value": pytest.approx(each["value"], abs=1e-12)} for each in told["variances"]
    ]
    for one, other in zip(found["fixed"], told["fixed"], strict=True):
        assert {**one, **other} == pytest.approx(one, abs=1e-12)
    for one, other in zip(found["effects"]["school"], told["effects"]["school"], strict=True):
        assert one["key"] == [other["id"]]
        assert [one[name] for name in ("estimate", "sd", "n")] == pytest.approx(
            [other[name] for name in ("estimate", "sd", "n")], abs=1e-12
        )


def test_the_school_of_two_pupils_is_hidden_with_the_next_smallest(pupils):
    cells = pupils.with_name("CELLS.json")
    command("cells", pupils, *COLUMNS, "--out", cells)
    made = MadeStudy()
    uploaded = made.upload(cells.read_bytes())
    fit = made.fit(uploaded, model=Model(tuple(uploaded.covariates), ("school",)))
    (level,) = value_added_shown(fit.found, 5).levels
    assert {each.key for each in level.groups if each.is_hidden} == {("48",), ("54",)}
