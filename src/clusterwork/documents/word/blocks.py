"""Blocks in a Word file."""

from __future__ import annotations

from collections.abc import Sequence
from functools import singledispatchmethod
from typing import Any

from docx.enum.text import WD_BREAK
from docx.shared import Cm, Pt

from clusterwork.documents.blocks import (
    Block,
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
from clusterwork.documents.texts import Run, Text, heading_runs, is_blank, runs_of
from clusterwork.documents.word.bookmarks import linked
from clusterwork.documents.word.file import File
from clusterwork.documents.word.lists import BULLETS, NUMBERS
from clusterwork.documents.word.pictures import write_figure
from clusterwork.documents.word.runs import spoken_in, write_runs
from clusterwork.documents.word.styles import LEADING, NOTE
from clusterwork.documents.word.tables import TableWriter
from clusterwork.documents.words import words_in

CLOSE = Pt(2)


class Writer:
    """Writes one document into a file; `place` begins the names of its headings' places."""

    def __init__(self, file: File, document: Document, *, place: str) -> None:
        self.file, self.document, self.place = file, document, place
        self.words = words_in(document.language)
        self.parts: list[Block] = [part for part in document.parts if not is_nothing(part)]
        self.n_headings = 0

    def paragraph(self, style: str, text: Text | Sequence[Run], *, strong: bool = False) -> Any:
        """Adds a paragraph with a text."""
        paragraph = self.file.paragraph(style)
        self.text(paragraph, text, strong=strong)
        return paragraph

    def text(self, paragraph: Any, text: Text | Sequence[Run], *, strong: bool = False) -> None:
        """Adds a text, in the document's language where it names none."""
        runs = spoken_in(self.document.language, runs_of(text))
        write_runs(paragraph, runs, language=self.file.language, strong=strong)

    @singledispatchmethod
    def block(self, part: object) -> None:
        """Adds one block."""
        raise TypeError(f"{type(part).__name__} is no block.")

    @block.register
    def _(self, part: Heading) -> None:
        self.n_headings += 1
        paragraph = self.file.paragraph(f"Heading {part.level}")
        self.file.bookmarks.begin(paragraph, f"{self.place}{self.n_headings}")
        self.text(paragraph, heading_runs(part.text))

    @block.register
    def _(self, part: Paragraph) -> None:
        self.paragraph(LEADING if part.lead else "Normal", part.text)

    @block.register
    def _(self, part: Bullets | Numbered) -> None:
        self._points(part, self._new_list(part), 0)

    def _new_list(self, part: Bullets | Numbered) -> int:
        return self.file.lists.new(_kind(part))

    def _points(self, part: Bullets | Numbered, number: int, depth: int) -> None:
        for item in map(as_item, part.items):
            self._item(item, _kind(part), number, depth)

    def _item(self, item: Item, kind: str, number: int, depth: int) -> None:
        self.file.lists.put(self.paragraph(kind, item.text), number, depth)
        if item.points:
            self._points(item.points, self._new_list(item.points), depth + 1)

    @block.register
    def _(self, part: Definitions) -> None:
        for number, (label, text) in enumerate(part.items, start=1):
            paragraph = self.paragraph("Normal", heading_runs(label), strong=True)
            if number < len(part.items):
                paragraph.paragraph_format.space_after = CLOSE
            self.text(paragraph, ": ", strong=True)
            self.text(paragraph, heading_runs(text))

    @block.register
    def _(self, part: Note) -> None:
        label = f"{getattr(self.words, part.kind)}: "
        self.text(self.paragraph(NOTE, label, strong=True), part.text)

    @block.register
    def _(self, part: Table) -> None:
        TableWriter(self.file, part, language=self.document.language).write()

    @block.register
    def _(self, part: Signatures) -> None:
        self.block(as_table(part, self.words))

    @block.register
    def _(self, part: Figure) -> None:
        write_figure(self.file, part)
        if not is_blank(part.caption):
            self.paragraph(NOTE, part.caption)

    @block.register
    def _(self, part: PageBreak) -> None:
        self.file.paragraph("Normal").add_run().add_break(WD_BREAK.PAGE)

    @block.register
    def _(self, part: Contents) -> None:
        headings = (each for each in self.parts if isinstance(each, Heading))
        for number, heading in enumerate(headings, start=1):
            if heading.level <= part.deepest:
                paragraph = self.paragraph("Normal", heading_runs(heading.text))
                paragraph.paragraph_format.left_indent = Cm(0.6 * (heading.level - 1))
                paragraph.paragraph_format.space_after = CLOSE
                linked(paragraph, f"{self.place}{number}")


def _kind(part: Bullets | Numbered) -> str:
    return NUMBERS if isinstance(part, Numbered) else BULLETS
