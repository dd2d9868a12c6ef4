"""Blocks as HTML."""

from __future__ import annotations

import base64
from collections.abc import Iterator, Sequence
from functools import singledispatchmethod

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
from clusterwork.documents.html.elements import element, runs_as_html, written
from clusterwork.documents.html.tables import table_as_html
from clusterwork.documents.plain import is_nothing
from clusterwork.documents.signing import as_table
from clusterwork.documents.tables import Signatures, Table
from clusterwork.documents.texts import Text, heading_runs, is_blank, plain, runs_of
from clusterwork.documents.words import words_in

SIZES = {1: "m", 2: "s"}


class Writer:
    """Writes the blocks of one document into a page.

    `top` is the level of the document's own title, `place` an id that no other document of the
    page has.
    """

    def __init__(self, document: Document, *, top: int = 1, place: str = "") -> None:
        self.language, self.words = document.language, words_in(document.language)
        self.top, self.place = top, place or "document"
        self.parts: list[Block] = [part for part in document.parts if not is_nothing(part)]
        self.headings = [part for part in self.parts if isinstance(part, Heading)]
        self._places: Iterator[str] = map(self._place_of, range(len(self.headings)))

    def _place_of(self, number: int) -> str:
        return f"{self.place}-heading-{number + 1}"

    def inline(self, text: Text) -> str:
        """A text."""
        return runs_as_html(runs_of(text), self.language)

    def header(self, text: Text) -> str:
        """A text that may not be empty."""
        return runs_as_html(heading_runs(text), self.language)

    @singledispatchmethod
    def block(self, part: object) -> str:
        """One block."""
        raise TypeError(f"{type(part).__name__} is no block.")

    @block.register
    def _(self, part: Heading) -> str:
        name, look = f"h{min(self.top + part.level, 6)}", SIZES.get(part.level, "s")
        place, text = next(self._places), self.header(part.text)
        return element(name, text, class_=f"govuk-heading-{look}", id=place)

    @block.register
    def _(self, part: Paragraph) -> str:
        look = "govuk-body-l" if part.lead else "govuk-body"
        return element("p", self.inline(part.text), class_=look)

    @block.register
    def _(self, part: Bullets) -> str:
        return element("ul", self._items(part.items), class_="govuk-list govuk-list--bullet")

    @block.register
    def _(self, part: Numbered) -> str:
        return element("ol", self._items(part.items), class_="govuk-list govuk-list--number")

    def _items(self, items: Sequence[Text | Item]) -> str:
        return "".join(self._item(as_item(item)) for item in items)

    def _item(self, item: Item) -> str:
        points = self.block(item.points) if item.points and item.points.items else ""
        return element("li", self.inline(item.text) + points)

    @block.register
    def _(self, part: Definitions) -> str:
        pairs = "".join(self._pair(label, text) for label, text in part.items)
        return element("dl", pairs, class_="govuk-summary-list")

    def _pair(self, label: Text, text: Text) -> str:
        key = element("dt", self.header(label), class_="govuk-summary-list__key")
        value = element("dd", self.header(text), class_="govuk-summary-list__value")
        return element("div", key + value, class_="govuk-summary-list__row")

    @block.register
    def _(self, part: Note) -> str:
        label = element("strong", f"{getattr(self.words, part.kind)}:")
        inner = f"{label} {self.inline(part.text)}"
        return element("p", inner, class_="govuk-body-s cw-document__note")

    @block.register
    def _(self, part: Table) -> str:
        return table_as_html(part, self.language)

    @block.register
    def _(self, part: Signatures) -> str:
        return self.block(as_table(part, self.words))

    @block.register
    def _(self, part: Figure) -> str:
        data = base64.b64encode(part.svg.encode()).decode()
        image = f"<img{written({'src': f'data:image/svg+xml;base64,{data}', 'alt': part.alt})}>"
        label = plain(part.caption).strip() or part.alt
        image = element(
            "div", image, class_="cw-scroll", tabindex="0", role="region", aria_label=label
        )
        if not is_blank(part.caption):
            image += element("figcaption", self.inline(part.caption), class_="govuk-body-s")
        return element("figure", image, class_="cw-document__figure")

    @block.register
    def _(self, part: PageBreak) -> str:
        return element("div", "", class_="cw-document__break")

    @block.register
    def _(self, part: Contents) -> str:
        links = [
            self._entry(number, heading)
            for number, heading in enumerate(self.headings)
            if heading.level <= part.deepest
        ]
        title = element("p", self.words.contents, class_="govuk-body govuk-!-font-weight-bold")
        inner = title + element("ul", "".join(links), class_="govuk-list")
        return element("nav", inner, aria_label=self.words.contents) if links else ""

    def _entry(self, number: int, heading: Heading) -> str:
        href = f"#{self._place_of(number)}"
        link = element("a", self.header(heading.text), href=href, class_="govuk-link")
        return element("li", link, class_=f"cw-document__entry-{heading.level}")
