"""Results as a file and on the terminal: what they say first, then their tables."""

from __future__ import annotations

import json
import math
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from clusterwork.cli.writing import can_write, write_whole
from clusterwork.kernel.languages import gettext_of

if TYPE_CHECKING:
    from clusterwork.impact.result import Result


def checked(out: Path | None) -> None:
    """That the file can be written, before any work."""
    if out:
        can_write(out)


def tell(result: Result, out: Path | None, language: str) -> None:
    """The sentences on the terminal; all of it in the file, where one is named."""
    typer.echo(result.sentence(language))
    if out:
        write_whole(out, as_json(result, language) + "\n")


def as_json(result: Result, language: str) -> str:
    """Sentences, assumptions, diagnostics and tables; numbers that are none as null."""
    translate = gettext_of(language)
    told = {
        "sentence": result.sentence(language),
        "assumptions": [each.translated(translate) for each in result.assumptions],
        "diagnostics": [
            {"name": each.name, "said": each.said.translated(translate), "passed": each.passed}
            for each in result.diagnostics
        ],
        "tables": {
            table.name: [
                {name: _finite(value) for name, value in row.items()} for row in table.to_dicts()
            ]
            for table in result.tables
        },
        "data_hash": result.data_hash,
    }
    return json.dumps(told, indent=1, ensure_ascii=False)


def _finite(value: object) -> object:
    return None if isinstance(value, float) and not math.isfinite(value) else value
