"""A document as plain values: what `to_json` writes and what the PDF is set from."""

from __future__ import annotations

import json
from collections.abc import Iterable
from functools import singledispatchmethod
from typing import Any

from clusterwork.documents import languages
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
from clusterwork.documents.document import AnyDocument, Document, halves_of
from clusterwork.documents.signing import as_table
from clusterwork.documents.tables import Column, Signatures, Table
from clusterwork.documents.texts import Run, Text, heading_runs, is_blank, runs_of
from clusterwork.documents.words import words_in

Plain = dict[str, Any]


def to_json(document: AnyDocument) -> str:
    """The document as JSON: every block with its `kind`, texts as runs, languages by their tags."""
    return json.dumps(as_plain(document), ensure_ascii=False, indent=1)


def as_plain(document: AnyDocument) -> Plain:
    """The title, and one document after the other: two where it is bilingual."""
    return {
        "title": document.title,
        "documents": [_document(half) for half in halves_of(document)],
    }


def _document(document: Document) -> Plain:
    blocks = Blocks(document.language)
    return {
        "title": document.title,
        "language": languages.for_html(document.language),
        "organisation": document.organisation,
        "status": document.status,
        "version": document.version,
        "date": document.date.isoformat() if document.date else None,
        "compact": document.compact,
        "landscape": document.landscape,
        "blocks": [blocks.plain(part) for part in document.parts if not is_nothing(part)],
    }


def is_nothing(part: object) -> bool:
    """Whether a block shows nothing: an empty paragraph or note, a list without points."""
    if isinstance(part, Paragraph | Note):
        return is_blank(part.text)
    return isinstance(part, Bullets | Numbered | Definitions) and not part.items


class Blocks:
    """Blocks as plain values, in a document of one language."""

    def __init__(self, language: str) -> None:
        self.language, self.words = language, words_in(language)

    def runs(self, runs: Iterable[Run]) -> list[Plain]:
        """Runs with only what differs from the document's own manner."""
        return [self._run(run) for run in runs]

    def _run(self, run: Run) -> Plain:
        found: Plain = {"text": run.text}
        if run.language and not languages.same(run.language, self.language):
            found["language"] = languages.for_html(run.language)
        found.update({name: True for name in ("strong", "emphasis") if getattr(run, name)})
        return found

    def text(self, text: Text) -> list[Plain]:
        """A text as runs."""
        return self.runs(runs_of(text))

    def header(self, text: Text) -> list[Plain]:
        """A text that may not be empty, as runs."""
        return self.runs(heading_runs(text))

    @singledispatchmethod
    def plain(self, part: object) -> Plain:
        """One block with its kind."""
        raise TypeError(f"{type(part).__name__} is no block.")

    @plain.register
    def _(self, part: Heading) -> Plain:
        return {"kind": "heading", "level": part.level, "text": self.header(part.text)}

    @plain.register
    def _(self, part: Paragraph) -> Plain:
        return {"kind": "paragraph", "lead": part.lead, "text": self.text(part.text)}

    @plain.register
    def _(self, part: Bullets) -> Plain:
        return {"kind": "bullets", "items": [self._item(item) for item in part.items]}

    @plain.register
    def _(self, part: Numbered) -> Plain:
        return {"kind": "numbered", "items": [self._item(item) for item in part.items]}

    def _item(self, given: Text | Item) -> Plain:
        item = as_item(given)
        points = self.plain(item.points) if item.points and item.points.items else None
        return {"text": self.text(item.text), "points": points}

    @plain.register
    def _(self, part: Definitions) -> Plain:
        pairs = [{"label": self.header(a), "text": self.header(b)} for a, b in part.items]
        return {"kind": "definitions", "items": pairs}

    @plain.register
    def _(self, part: Note) -> Plain:
        label = getattr(self.words, part.kind)
        return {"kind": "note", "label": f"{label}:", "text": self.text(part.text)}

    @plain.register
    def _(self, part: Table) -> Plain:
        return {
            "kind": "table",
            "caption": self.header(part.caption),
            "columns": [self._column(column) for column in part.full_columns()],
            "rows": [self._row(row, part.row_headers) for row in part.rows],
            "row_headers": part.row_headers,
            "total": part.total,
            "tall": part.tall,
        }

    def _column(self, column: Column) -> Plain:
        return {
            "header": self.header(column.header),
            "numeric": column.numeric,
            "width": column.width,
        }

    def _row(self, row: Iterable[Text], headed: bool) -> list[list[Plain]]:
        cells = list(row)
        first = self.header(cells[0]) if headed else self.text(cells[0])
        return [first, *(self.text(cell) for cell in cells[1:])]

    @plain.register
    def _(self, part: Signatures) -> Plain:
        return self.plain(as_table(part, self.words))

    @plain.register
    def _(self, part: Figure) -> Plain:
        caption = self.text(part.caption)
        return {
            "kind": "figure",
            "svg": part.svg,
            "alt": part.alt,
            "caption": caption,
            "width": part.width,
        }

    @plain.register
    def _(self, part: PageBreak) -> Plain:
        return {"kind": "page_break"}

    @plain.register
    def _(self, part: Contents) -> Plain:
        return {"kind": "contents", "deepest": part.deepest}
