"""Places in a Word file that its contents lead to."""

from __future__ import annotations

from itertools import count
from typing import Any

from clusterwork.documents.word.xml import added


class Bookmarks:
    """Names places, each with a number of its own in the file."""

    def __init__(self) -> None:
        self._numbers = count(1)

    def begin(self, paragraph: Any, name: str) -> None:
        """Names the place where the paragraph's text begins."""
        number = str(next(self._numbers))
        added(paragraph._p, "w:bookmarkStart", id=number, name=name)
        added(paragraph._p, "w:bookmarkEnd", id=number)


def linked(paragraph: Any, name: str) -> None:
    """Makes the paragraph's runs lead to a place."""
    runs = list(paragraph._p.r_lst)
    link = added(paragraph._p, "w:hyperlink", anchor=name, history="1")
    link.extend(runs)
