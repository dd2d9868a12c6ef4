"""Numbers that a Word file counts by: each list anew from one, each bookmark its own."""

from __future__ import annotations

from typing import Any

from clusterwork.documents.word.xml import added, made


class Lists:
    """The lists and bookmarks of one file."""

    def __init__(self, word: Any) -> None:
        self.word, self.n_bookmarks = word, 0
        self.numbering = word.part.numbering_part.element

    def new(self, style: str) -> int:
        """A list of its own in the manner of a style, counting from one."""
        of_style = self.word.styles[style].element.pPr.numPr.numId.val
        abstract = self.numbering.num_having_numId(of_style).abstractNumId.val
        number = self.numbering.add_num(abstract)
        number.add_lvlOverride(ilvl=0).add_startOverride(1)
        return int(number.numId)

    def number(self, paragraph: Any, number: int, depth: int) -> None:
        """Makes the paragraph a point of the list; how deep shows by its indent."""
        properties = paragraph._p.get_or_add_pPr().get_or_add_numPr()
        properties.get_or_add_ilvl().val = 0
        properties.get_or_add_numId().val = number

    def bookmark(self, paragraph: Any, name: str) -> None:
        """Names a place that the contents lead to."""
        self.n_bookmarks += 1
        start = made("w:bookmarkStart", id=str(self.n_bookmarks), name=name)
        paragraph._p.append(start)
        added(paragraph._p, "w:bookmarkEnd", id=str(self.n_bookmarks))
