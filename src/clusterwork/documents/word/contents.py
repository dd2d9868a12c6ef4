"""The list of contents in a Word file."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from docx.shared import Cm

from clusterwork.documents.texts import heading_runs
from clusterwork.documents.word.xml import added

if TYPE_CHECKING:
    from clusterwork.documents.word.blocks import Writer


def write_contents(writer: Writer, deepest: int) -> None:
    """Adds a line for each heading that leads to its place, whatever reads the file."""
    for number, heading in enumerate(writer.headings, start=1):
        if heading.level > deepest:
            continue
        paragraph = writer.word.add_paragraph()
        paragraph.paragraph_format.left_indent = Cm(0.6 * (heading.level - 1))
        before = len(paragraph._p)
        writer.text(paragraph, heading_runs(heading.text))
        _linked(paragraph, before, f"{writer.place}{number}")


def _linked(paragraph: Any, before: int, place: str) -> None:
    runs = list(paragraph._p)[before:]
    link = added(paragraph._p, "w:hyperlink", anchor=place, history="1")
    for run in runs:
        link.append(run)
