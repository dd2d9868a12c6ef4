"""A document: its title and particulars, and the blocks in reading order."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TypeAlias

from clusterwork.documents import languages
from clusterwork.documents.blocks import DEEPEST, Block, Heading
from clusterwork.documents.errors import HeadingsJump
from clusterwork.documents.texts import DASH, clean, is_blank


@dataclass(frozen=True, slots=True)
class Document:
    """One text in one language (`en-gb`, `cy`).

    `compact` sets it small and close, for what has to fit two pages; `landscape` lays the page
    on its side, for wide tables. `status` is a line that stands on every page (*Draft*).
    Raises `HeadingsJump` where a reader who goes by headings would lose the thread.
    """

    title: str
    language: str
    parts: Sequence[Block]
    version: str = ""
    date: dt.date | None = None
    organisation: str = ""
    status: str = ""
    compact: bool = False
    landscape: bool = False

    def __post_init__(self) -> None:
        languages.parts(self.language)
        for name in ("title", "version", "organisation", "status"):
            object.__setattr__(self, name, one_line(getattr(self, name)))
        if is_blank(self.title):
            object.__setattr__(self, "title", DASH)
        object.__setattr__(self, "parts", tuple(self.parts))
        check_headings(self.parts)


@dataclass(frozen=True, slots=True)
class Bilingual:
    """The same document in Welsh and in English, in one file, Welsh first."""

    welsh: Document
    english: Document

    @property
    def halves(self) -> tuple[Document, Document]:
        """The two in the order of the file, laid out alike."""
        return self.welsh, replace(
            self.english, compact=self.welsh.compact, landscape=self.welsh.landscape
        )

    @property
    def title(self) -> str:
        """Both titles."""
        return f"{self.welsh.title} / {self.english.title}"


AnyDocument: TypeAlias = Document | Bilingual


def halves_of(document: AnyDocument) -> tuple[Document, ...]:
    """The documents of a file: one, or two where it is bilingual."""
    return document.halves if isinstance(document, Bilingual) else (document,)


def one_line(text: str) -> str:
    """The text without line breaks."""
    return " ".join(clean(str(text)).split())


def check_headings(parts: Sequence[Block]) -> None:
    """Passes headings that begin at level 1 and go down one level at a time."""
    before = 0
    for part in parts:
        if not isinstance(part, Heading):
            continue
        if not 1 <= part.level <= min(before + 1, DEEPEST):
            raise HeadingsJump(part.level, before)
        before = part.level
