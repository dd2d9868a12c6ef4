"""A document's Word file."""

from __future__ import annotations

import datetime as dt
from io import BytesIO
from typing import Any

import docx
from docx.enum.text import WD_BREAK

from clusterwork.documents import languages
from clusterwork.documents.document import AnyDocument, Document, halves_of
from clusterwork.documents.particulars import particulars
from clusterwork.documents.texts import Run
from clusterwork.documents.word.blocks import Writer
from clusterwork.documents.word.lists import Lists
from clusterwork.documents.word.styles import NOTE, dressed
from clusterwork.documents.word.xml import field
from clusterwork.documents.words import words_in

LONGEST_PROPERTY = 255
UNDATED = dt.datetime(2000, 1, 1, tzinfo=dt.UTC)


def to_docx(document: AnyDocument) -> bytes:
    """A Word file with real heading styles, header rows, language tags and page numbers."""
    halves = halves_of(document)
    word = docx.Document()
    dressed(word, halves[0])
    _properties(word, document.title, halves[0])
    lists = Lists(word)
    for number, half in enumerate(halves, start=1):
        if number > 1:
            word.add_paragraph().add_run().add_break(WD_BREAK.PAGE)
        _write(Writer(word, half, marked=halves[0].language, place=f"_part{number}_", lists=lists))
    _footer(word, document.title, halves[0])
    file = BytesIO()
    word.save(file)
    return file.getvalue()


def _properties(word: Any, title: str, document: Document) -> None:
    properties = word.core_properties
    properties.title = title[:LONGEST_PROPERTY]
    properties.language = languages.for_word(document.language)
    properties.author = document.organisation[:LONGEST_PROPERTY]
    properties.last_modified_by = properties.author
    properties.comments, properties.version = "", document.version[:LONGEST_PROPERTY]
    date = document.date
    made = dt.datetime(date.year, date.month, date.day, tzinfo=dt.UTC) if date else UNDATED
    properties.created = properties.modified = made


def _write(writer: Writer) -> None:
    title = writer.word.add_paragraph(style="Title")
    writer.text(title, writer.document.title)
    _particulars(writer)
    for part in writer.parts:
        writer.block(part)


def _particulars(writer: Writer) -> None:
    runs = [
        run
        for label, value in particulars(writer.document)
        for run in (Run(label, strong=True), Run(f" {value}   "))
    ]
    if runs:
        writer.text(writer.word.add_paragraph(style=NOTE), runs)


def _footer(word: Any, title: str, document: Document) -> None:
    before, rest = words_in(document.language).page.split("{number}")
    between, after = rest.split("{count}")
    paragraph = word.sections[0].footer.paragraphs[0]
    paragraph.style = word.styles[NOTE]
    line = " · ".join(part for part in (title, document.status, document.version) if part)
    paragraph.add_run(f"{line} · {before}")
    field(paragraph, "PAGE", "1")
    paragraph.add_run(between)
    field(paragraph, "NUMPAGES", "1")
    if after:
        paragraph.add_run(after)
