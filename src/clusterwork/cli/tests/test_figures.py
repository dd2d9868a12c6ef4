"""The commands that bring figures in, as somebody types them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from openpyxl import load_workbook
from typer.testing import CliRunner, Result

from clusterwork.cli import app
from clusterwork.kernel.errors import NotThere
from clusterwork.measures.models import Figure
from clusterwork.measures.tests.files import KS2, LONG, csv_of, ks2_row, long_row
from clusterwork.measures.tests.made import Place

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def place() -> Place:
    return Place()


def run(*words: object) -> Result:
    return CliRunner().invoke(app, ["figures", *(str(word) for word in words)])


def written(folder: Path, rows: list[list[object]], header: tuple[str, ...] = LONG) -> Path:
    path = folder / "figures.csv"
    path.write_bytes(csv_of(header, rows).read())
    return path


class TestLoading:
    def test_loads_and_says_what_it_did(self, tmp_path: Path) -> None:
        result = run("load", written(tmp_path, [long_row()]))
        assert result.exit_code == 0 and "new figures 1" in result.stdout
        assert Figure.objects.get().who == ""

    def test_reads_a_published_layout_and_names_what_it_could_not_match(
        self, tmp_path: Path
    ) -> None:
        file = written(tmp_path, [ks2_row(120_000, 2018), ks2_row(999_999, 2018)], KS2)
        told = json.loads(run("load", file, "--layout", "ks2", "--json").stdout)
        assert (told["new"], told["unmatched_numbers"]) == (17, {"999999": 1})

    def test_ends_with_1_where_rows_are_bad_and_hands_them_back(self, tmp_path: Path) -> None:
        file, bad = written(tmp_path, [long_row("101")]), tmp_path / "bad.csv"
        result = run("load", file, "--rejected", bad)
        assert result.exit_code == 1 and not Figure.objects.exists()
        assert "101" in bad.read_text(encoding="utf-8")

    def test_ends_with_2_where_the_file_is_another(self, tmp_path: Path) -> None:
        result = run("load", written(tmp_path, [], ("a", "b")))
        assert result.exit_code == 2 and "measure" in result.output

    def test_names_the_layouts_where_one_is_unknown(self, tmp_path: Path) -> None:
        result = run("load", written(tmp_path, []), "--layout", "nonsense")
        assert isinstance(result.exception, NotThere) and "ks2" in str(result.exception)
        assert "ks2" in run("layouts").stdout


class TestTheTemplate:
    def test_is_read_again_as_it_is_written(self, tmp_path: Path) -> None:
        for words in ((), ("--welsh",)):
            out = tmp_path / "template.xlsx"
            assert run("template", "--out", out, *words).exit_code == 0
            book = load_workbook(out)
            book.worksheets[0].append(["attendance", 120_000, "", "", 2026, "", 94.5])
            book.save(out)
            assert run("load", out).exit_code == 0
        assert Figure.objects.count() == 1
        assert run("template").stdout.startswith("measure,")
