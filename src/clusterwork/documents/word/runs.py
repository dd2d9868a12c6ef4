"""Runs of text in a Word paragraph."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from clusterwork.documents import languages
from clusterwork.documents.texts import Run
from clusterwork.documents.word.xml import marked_language


def write_runs(paragraph: Any, runs: Iterable[Run], *, language: str, strong: bool = False) -> None:
    """Adds the runs; `language` is what the file is in, and only others are marked."""
    for run in runs:
        _write(paragraph, run, language, strong=strong)


def _write(paragraph: Any, run: Run, language: str, *, strong: bool) -> None:
    written = paragraph.add_run(run.text)  # a line feed becomes a line break
    if run.strong or strong:
        written.bold = True
    if run.emphasis:
        written.italic = True
    if run.language and not languages.same(run.language, language):
        marked_language(
            written._r.get_or_add_rPr(),
            languages.for_word(run.language),
            leftward=languages.runs_leftward(run.language),
        )


def spoken_in(language: str, runs: Iterable[Run]) -> list[Run]:
    """The runs, each with a language: its own, or else this one."""
    return [run if run.language else replace(run, language=language) for run in runs]
