"""`clusterwork impact value-added` and `cells`, as an analyst types them."""

import json

import polars as pl
import pytest
from typer.testing import CliRunner

from clusterwork.cli import app
from clusterwork.impact.value_added.tests.made import pupils

run = CliRunner()
MODEL = ["--outcome", "y", "--covariates", "a,b", "--levels", "authority,school"]


@pytest.fixture
def files(tmp_path):
    """The same pupils as CSV, as Parquet and in two halves."""
    frame = pupils(2, 2).frame.with_columns(kind=pl.lit("Mixed"))
    frame.write_csv(tmp_path / "pupils.csv")
    frame.write_parquet(tmp_path / "pupils.parquet")
    for name, part in (("one", frame[::2]), ("two", frame[1::2])):
        part.write_csv(tmp_path / f"{name}.csv")
    return tmp_path


def called(*words: object):
    return run.invoke(app, ["impact", *map(str, words)])


def fitted(folder, *words: object) -> dict:
    out = folder / "fit.json"
    told = called("value-added", *words, "--out", out)
    assert told.exit_code == 0, told.output
    return json.loads(out.read_text())


class TestOneFile:
    def test_gives_the_keys_that_programs_read(self, files):
        fit = fitted(files, files / "pupils.csv", *MODEL)
        assert [each["name"] for each in fit["fixed"]] == ["(Intercept)", "a", "b"]
        assert set(fit["fixed"][0]) == {"name", "estimate", "se", "df"}
        assert [each["level"] for each in fit["variances"]] == ["authority", "school", "residual"]
        assert set(fit["effects"]["school"][0]) == {"id", "estimate", "sd", "n"}
        assert fit["n"] == sum(each["n"] for each in fit["effects"]["authority"])

    @pytest.mark.parametrize("engine", ["polars", "duckdb"])
    @pytest.mark.parametrize("kind", ["csv", "parquet"])
    def test_is_the_same_by_any_engine_and_from_any_kind_of_file(self, files, engine, kind):
        base = fitted(files, files / "pupils.csv", *MODEL, "--slope", "a")
        other = fitted(files, files / f"pupils.{kind}", *MODEL, "--slope", "a", "--engine", engine)
        assert other["deviance"] == pytest.approx(base["deviance"])
        assert len(other["variances"]) == 5


class TestStatistics:
    def test_can_leave_out_schools_of_a_single_pupil(self, files):
        out = files / "cells.json"
        told = called("cells", files / "pupils.csv", *MODEL, "--fewest", 3, "--out", out)
        assert told.exit_code == 0, told.output
        kept = json.loads(out.read_text())
        assert min(group["sums"][0] for group in kept["groups"]) >= 3
        assert kept["missing"] > 0

    def test_of_two_halves_give_the_model_of_the_whole(self, files):
        one, two = files / "one.json", files / "two.json"
        assert called("cells", files / "one.csv", *MODEL, "--out", one).exit_code == 0
        again = called("cells", files / "two.csv", *MODEL, "--centre", one, "--out", two)
        assert again.exit_code == 0
        whole = fitted(files, files / "pupils.csv", *MODEL)
        assert fitted(files, one, two)["deviance"] == pytest.approx(whole["deviance"])
        assert fitted(files, files / "one.csv", files / "two.csv", *MODEL)["n"] == whole["n"]

    def test_centred_otherwise_are_refused_with_the_way_out(self, files):
        one, two = files / "one.json", files / "two.json"
        called("cells", files / "one.csv", *MODEL, "--out", one)
        called("cells", files / "two.csv", *MODEL, "--out", two)
        told = called("value-added", one, two, "--out", files / "fit.json")
        assert told.exit_code == 2
        assert "--centre" in told.output

    def test_hold_no_row_of_a_pupil(self, files):
        called("cells", files / "pupils.csv", *MODEL, "--out", files / "cells.json")
        stored = json.loads((files / "cells.json").read_text())
        assert len(stored["groups"]) == pl.read_csv(files / "pupils.csv")["school"].n_unique()


class TestRefusals:
    @pytest.mark.parametrize(
        ("words", "said"),
        [
            (["nowhere.csv", *MODEL], "There is no such file."),
            (["pupils.csv", "--outcome", "score", "--levels", "school"], "no such column: score"),
            (["pupils.csv", "--outcome", "kind", "--levels", "school"], "for instance: Mixed"),
            (["pupils.csv"], "--outcome"),
            (["broken.json"], "no statistics of pupils"),
            (["broken.parquet", *MODEL], "cannot be read as a table"),
        ],
    )
    def test_end_with_2_and_write_nothing(self, files, words, said):
        (files / "broken.json").write_text('{"format": "another"}')
        (files / "broken.parquet").write_text("nothing of the kind")
        told = called("value-added", files / words[0], *words[1:], "--out", files / "fit.json")
        assert told.exit_code == 2
        assert said in told.output
        assert not (files / "fit.json").exists()
