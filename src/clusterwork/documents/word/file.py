"""A Word file while it is written."""

from __future__ import annotations

from functools import cached_property
from io import BytesIO
from typing import Any

import docx

from clusterwork.documents.document import Document
from clusterwork.documents.word.bookmarks import Bookmarks
from clusterwork.documents.word.lists import Lists
from clusterwork.documents.word.styles import dressed


class File:
    """A new file in the language and layout of its first document."""

    def __init__(self, first: Document) -> None:
        self.word: Any = docx.Document()
        _without_thumbnail(self.word.part.package.rels)
        self.language, self.compact = first.language, first.compact
        dressed(self.word, first)
        self.lists, self.bookmarks = Lists(self.word), Bookmarks()

    @cached_property
    def styles(self) -> dict[str, str]:
        """The style's id by its name: the library looks through all for each paragraph."""
        return {style.name: style.style_id for style in self.word.styles}

    @property
    def width(self) -> int:
        """The width of the text, in the units of the format."""
        page = self.word.sections[-1]
        return int(page.page_width - page.left_margin - page.right_margin)

    def paragraph(self, style: str) -> Any:
        """Adds an empty paragraph of a style."""
        paragraph = self.word.add_paragraph()
        if style != "Normal":
            paragraph._p.style = self.styles[style]
        return paragraph

    def bytes(self) -> bytes:
        """The finished file."""
        file = BytesIO()
        self.word.save(file)
        return file.getvalue()


def _without_thumbnail(relations: Any) -> None:
    """Drops the small picture of a page that a new file comes with, which is none of ours."""
    for key, relation in list(relations.items()):
        if relation.reltype.endswith("/thumbnail"):
            del relations[key]
