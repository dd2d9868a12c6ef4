"""A document's Word file."""

from __future__ import annotations

import datetime as dt

from docx.enum.text import WD_BREAK

from clusterwork.documents import languages
from clusterwork.documents.document import AnyDocument, Document, halves_of
from clusterwork.documents.particulars import particulars, running_line
from clusterwork.documents.texts import Run
from clusterwork.documents.word.blocks import Writer
from clusterwork.documents.word.file import File
from clusterwork.documents.word.styles import NOTE
from clusterwork.documents.word.xml import field
from clusterwork.documents.words import words_in

LONGEST_PROPERTY = 255
UNDATED = dt.date(2000, 1, 1)


def to_docx(document: AnyDocument) -> bytes:
    """A Word file with real heading styles, header rows, language tags and page numbers."""
    halves = halves_of(document)
    file = File(halves[0])
    _properties(file, document.title, halves[0])
    for number, half in enumerate(halves, start=1):
        if number > 1:
            file.paragraph("Normal").add_run().add_break(WD_BREAK.PAGE)
        _write(Writer(file, half, place=f"_part{number}_"))
    _footer(file, halves[0])
    return file.bytes()


def _properties(file: File, title: str, document: Document) -> None:
    properties, author = file.word.core_properties, document.organisation[:LONGEST_PROPERTY]
    properties.title = title[:LONGEST_PROPERTY]
    properties.language = languages.for_word(document.language)
    properties.author = properties.last_modified_by = author
    properties.comments, properties.version = "", document.version[:LONGEST_PROPERTY]
    day = dt.datetime.combine(document.date or UNDATED, dt.time(), tzinfo=dt.UTC)
    properties.created = properties.modified = day


def _write(writer: Writer) -> None:
    writer.paragraph("Title", writer.document.title)
    shown = [
        run
        for label, value in particulars(writer.document)
        for run in (Run(f"{label} " if label else "", strong=True), Run(f"{value}   "))
    ]
    if shown:
        writer.paragraph(NOTE, shown)
    for part in writer.parts:
        writer.block(part)


def _footer(file: File, document: Document) -> None:
    before, rest = words_in(document.language).page.split("{number}")
    between, after = rest.split("{count}")
    paragraph = file.word.sections[0].footer.paragraphs[0]
    paragraph._p.style = file.styles[NOTE]
    paragraph.add_run(f"{running_line(document)} · {before}")
    field(paragraph, "PAGE", "1")
    paragraph.add_run(between)
    field(paragraph, "NUMPAGES", "1")
    paragraph.add_run(after)
