"""The blocks that a document is made of."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias
from xml.etree import ElementTree

from clusterwork.documents.errors import NoAltText, NotAnImage
from clusterwork.documents.tables import Signatures, Table
from clusterwork.documents.texts import Run, Text, clean, is_blank

DEEPEST = 5
# The fonts for words in a picture: those of the PDF, then those of most machines.
PICTURE_FONTS = "Source Sans Pro, Arial, Helvetica, sans-serif"
BETWEEN_PARAGRAPHS = re.compile(r"\n[ \t]*\n\s*")


@dataclass(frozen=True, slots=True)
class Heading:
    """The title of what follows; level 1 is the highest below the document's own title."""

    level: int
    text: Text


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph; `lead` sets it larger, as the sentence that a reader in a hurry reads."""

    text: Text
    lead: bool = False


@dataclass(frozen=True, slots=True)
class Item:
    """A point of a list, perhaps with points of its own."""

    text: Text
    points: Bullets | Numbered | None = None


@dataclass(frozen=True, slots=True)
class Bullets:
    """Points in no order."""

    items: Sequence[Text | Item]


@dataclass(frozen=True, slots=True)
class Numbered:
    """Points in order."""

    items: Sequence[Text | Item]


@dataclass(frozen=True, slots=True)
class Definitions:
    """Labels, each with what it stands for."""

    items: Sequence[tuple[Text, Text]]


@dataclass(frozen=True, slots=True)
class Note:
    """A small line that says where facts come from, of when they are, or who can see them.

    `kind` puts the label (*Source:*, *Date:*, *Who can see this:*) in the document's language.
    """

    text: Text
    kind: Literal["source", "date", "seen_by", "note"] = "note"


@dataclass(frozen=True, slots=True)
class Figure:
    """A picture (an SVG document) with the words that stand for it.

    Words in it are set in `PICTURE_FONTS`. `width` is a share of the text's width.
    """

    svg: str
    alt: str
    caption: Text = ""
    width: float = 1.0

    def __post_init__(self) -> None:
        if is_blank(self.alt):
            raise NoAltText
        if not is_svg(self.svg):
            raise NotAnImage
        object.__setattr__(self, "alt", clean(self.alt))


@dataclass(frozen=True, slots=True)
class PageBreak:
    """What follows begins a page."""


@dataclass(frozen=True, slots=True)
class Contents:
    """The headings down to a level, each leading to its place."""

    deepest: int = 2


Block: TypeAlias = (
    Heading
    | Paragraph
    | Bullets
    | Numbered
    | Definitions
    | Table
    | Signatures
    | Note
    | Figure
    | PageBreak
    | Contents
)


def paragraphs(text: str, *, language: str | None = None) -> tuple[Paragraph, ...]:
    """What a person typed into a box, a paragraph for each; none for an empty box."""
    parts = BETWEEN_PARAGRAPHS.split(clean(text).strip())
    return tuple(Paragraph(Run(part, language=language)) for part in parts if part.strip())


def is_svg(text: str) -> bool:
    """Whether the text is a whole SVG document."""
    try:
        root = ElementTree.fromstring(text)  # noqa: S314 - drawn by our own code
    except ElementTree.ParseError:
        return False
    return root.tag.rpartition("}")[2] == "svg"


def as_item(item: Text | Item) -> Item:
    """A point of a list, whichever way it was given."""
    return item if isinstance(item, Item) else Item(item)
