"""Blocks in a Word file."""

from __future__ import annotations

from collections.abc import Sequence
from functools import singledispatchmethod
from typing import Any

from docx.enum.text import WD_BREAK
from docx.shared import Cm

from clusterwork.documents.blocks import (
    Bullets,
    Contents,
    Definitions,
    Figure,
    Heading,
    Item,
    Note,
    Numbered,
    PageBreak,
    Paragraph,
    as_item,
)
from clusterwork.documents.document import Document
from clusterwork.documents.plain import is_nothing
from clusterwork.documents.signing import as_table
from clusterwork.documents.tables import Signatures, Table
from clusterwork.documents.texts import Run, Text, heading_runs, plain, runs_of
from clusterwork.documents.word.contents import write_contents
from clusterwork.documents.word.lists import Lists
from clusterwork.documents.word.pictures import write_figure
from clusterwork.documents.word.runs import spoken_in, write_runs
from clusterwork.documents.word.styles import LEADING, NOTE
from clusterwork.documents.word.tables import TableWriter
from clusterwork.documents.words import words_in


class Writer:
    """Writes one document into a file whose own language is `marked`.

    `place` names the document's headings apart from those of the file's other half.
    """

    def __init__(
        self, word: Any, document: Document, *, marked: str, place: str, lists: Lists
    ) -> None:
        self.word, self.document, self.marked, self.place = word, document, marked, place
        self.words, self.lists = words_in(document.language), lists
        self.parts = [part for part in document.parts if not is_nothing(part)]
        self.headings = [part for part in self.parts if isinstance(part, Heading)]
        self.n_headings = 0
        section = word.sections[-1]
        self.width = section.page_width - section.left_margin - section.right_margin

    def text(self, paragraph: Any, text: Text | Sequence[Run], *, strong: bool = False) -> None:
        """Adds a text, in the document's language where it names none."""
        runs = spoken_in(self.document.language, runs_of(text))
        write_runs(paragraph, runs, language=self.marked, strong=strong)

    @singledispatchmethod
    def block(self, part: object) -> None:
        """Adds one block."""
        raise TypeError(f"{type(part).__name__} is no block.")

    @block.register
    def _(self, part: Heading) -> None:
        self.n_headings += 1
        paragraph = self.word.add_heading(level=part.level)
        self.lists.bookmark(paragraph, f"{self.place}{self.n_headings}")
        self.text(paragraph, heading_runs(part.text))

    @block.register
    def _(self, part: Paragraph) -> None:
        self.text(self.word.add_paragraph(style=LEADING if part.lead else None), part.text)

    @block.register
    def _(self, part: Bullets) -> None:
        self._points(part.items, "List Bullet", 0)

    @block.register
    def _(self, part: Numbered) -> None:
        self._points(part.items, "List Number", 0)

    def _points(self, items: Sequence[Text | Item], style: str, depth: int) -> None:
        number = self.lists.new(style)
        for item in map(as_item, items):
            paragraph = self.word.add_paragraph(style=style)
            self.lists.number(paragraph, number, depth)
            paragraph.paragraph_format.left_indent = Cm(0.63 * (depth + 1))
            self.text(paragraph, item.text)
            if item.points:
                inner = "List Number" if isinstance(item.points, Numbered) else "List Bullet"
                self._points(item.points.items, inner, depth + 1)

    @block.register
    def _(self, part: Definitions) -> None:
        for label, text in part.items:
            paragraph = self.word.add_paragraph()
            self.text(paragraph, heading_runs(label), strong=True)
            self.text(paragraph, ": ", strong=True)
            self.text(paragraph, text)

    @block.register
    def _(self, part: Note) -> None:
        paragraph = self.word.add_paragraph(style=NOTE)
        self.text(paragraph, f"{getattr(self.words, part.kind)}: ", strong=True)
        self.text(paragraph, part.text)

    @block.register
    def _(self, part: Table) -> None:
        language = self.document.language
        table = TableWriter(self.word, part, language=language, marked=self.marked)
        table.write(width=self.width)

    @block.register
    def _(self, part: Signatures) -> None:
        self.block(as_table(part, self.words))

    @block.register
    def _(self, part: Figure) -> None:
        write_figure(self.word, part, width=self.width)
        if plain(part.caption):
            self.text(self.word.add_paragraph(style=NOTE), part.caption)

    @block.register
    def _(self, part: PageBreak) -> None:
        self.word.add_paragraph().add_run().add_break(WD_BREAK.PAGE)

    @block.register
    def _(self, part: Contents) -> None:
        write_contents(self, part.deepest)
