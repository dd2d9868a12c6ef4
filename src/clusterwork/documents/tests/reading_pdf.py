"""PDF files read again by their tags: what a screen reader would say, in its order."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any

import pypdf
from pypdf.generic import ContentStream

SPLIT = re.compile(r"<([0-9A-Fa-f]+)>")


@dataclass
class Tag:
    """An element of the structure tree, with what stands in it."""

    name: str
    attributes: dict[str, Any] = field(default_factory=dict)
    alt: str | None = None
    inside: list[Tag | str] = field(default_factory=list)
    languages: set[str] = field(default_factory=set)

    @property
    def text(self) -> str:
        return "".join(each if isinstance(each, str) else each.text for each in self.inside)

    def every(self, *names: str) -> Iterator[Tag]:
        """The elements of these names below this one, in reading order."""
        for each in self.inside:
            if isinstance(each, Tag):
                if each.name in names:
                    yield each
                yield from each.every(*names)

    def one(self, name: str) -> Tag:
        (found,) = self.every(name)
        return found


class Pdf:
    """A PDF file and its structure tree."""

    def __init__(self, pdf: bytes) -> None:
        self.file = pypdf.PdfReader(BytesIO(pdf), strict=True)
        self.catalogue = self.file.trailer["/Root"]
        self.pages = {page.indirect_reference.idnum: Page(page) for page in self.file.pages}
        tree = self.catalogue["/StructTreeRoot"]
        self.roles = dict(tree.get("/RoleMap", {}))
        (self.root,) = list(self._tags(tree["/K"], None))

    def _tags(self, kids: Any, page: int | None) -> Iterator[Tag]:
        for kid in kids if isinstance(kids, list) else [kids]:
            yield from self._tag(kid.get_object(), page)

    def _tag(self, found: Any, page: int | None) -> Iterator[Any]:
        if isinstance(found, int):
            yield self.pages[page].marked[found], self.pages[page].languages[found]
        elif found.get("/Type") == "/MCR":
            here = found.raw_get("/Pg").idnum if "/Pg" in found else page
            yield from self._tag(found["/MCID"], here)
        elif "/S" in found:
            here = found.raw_get("/Pg").idnum if "/Pg" in found else page
            yield self._element(found, here)

    def _element(self, found: Any, page: int | None) -> Tag:
        tag = Tag(found["/S"][1:], _attributes(found.get("/A", [])), found.get("/Alt"))
        if "/Lang" in found:
            tag.languages.add(str(found["/Lang"]))
        for each in self._tags(found.get("/K", []), page):
            if isinstance(each, Tag):
                tag.inside.append(each)
                tag.languages |= each.languages
            else:
                tag.inside.append(each[0])
                tag.languages |= each[1]
        return tag

    @property
    def untagged(self) -> str:
        """What stands outside the tags: page numbers, leaders of the contents."""
        return "".join(page.untagged for page in self.pages.values())


def _attributes(given: Any) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for each in given if isinstance(given, list) else [given]:
        found.update({key[1:]: value for key, value in each.get_object().items()})
    return found


class Page:
    """The text of a page by its marks."""

    def __init__(self, page: Any) -> None:
        self.marked: dict[int, str] = defaultdict(str)
        self.languages: dict[int, set[str]] = defaultdict(set)
        self.untagged = ""
        resources = page["/Resources"]
        fonts = resources.get("/Font", {})
        self.fonts = {name: Letters(font.get_object()) for name, font in fonts.items()}
        self.stack: list[tuple[str, dict[str, Any]]] = []
        self.font: Letters | None = None
        for operands, operator in ContentStream(page.get_contents(), page.pdf).operations:
            self._step(operands, operator.decode())

    def _step(self, operands: Any, operator: str) -> None:
        if operator in {"BDC", "BMC"}:
            self._begin(operands[0], dict(operands[1]) if operator == "BDC" else {})
        elif operator == "EMC":
            self.stack.pop()
        elif operator == "Tf":
            self.font = self.fonts[operands[0]]
        elif operator in {"Tj", "TJ"}:
            self._show(operands[0])

    def _begin(self, name: str, properties: dict[str, Any]) -> None:
        self.stack.append((name, properties))
        if "/ActualText" in properties:
            self._put(str(properties["/ActualText"]))
        if "/MCID" in properties and "/Lang" in properties:
            self.languages[properties["/MCID"]].add(str(properties["/Lang"]))

    def _show(self, shown: Any) -> None:
        if any("/ActualText" in properties for _, properties in self.stack):
            return
        pieces = shown if isinstance(shown, list) else [shown]
        text = "".join(self.font.read(each) for each in pieces if not isinstance(each, float | int))
        turned = any(name == "/ReversedChars" for name, _ in self.stack)
        self._put(text[::-1] if turned else text)

    def _put(self, text: str) -> None:
        marks = [properties["/MCID"] for _, properties in self.stack if "/MCID" in properties]
        if marks:
            self.marked[marks[-1]] += text
        else:
            self.untagged += text


class Letters:
    """A font's glyph numbers as the text that they stand for."""

    def __init__(self, font: Any) -> None:
        self.text: dict[int, str] = {}
        table = font["/ToUnicode"].get_data().decode()
        for body in re.findall(r"beginbfchar(.*?)endbfchar", table, re.DOTALL):
            codes = SPLIT.findall(body)
            for code, text in zip(codes[::2], codes[1::2], strict=True):
                self.text[int(code, 16)] = bytes.fromhex(text).decode("utf-16-be")
        assert "beginbfrange" not in table

    def read(self, shown: Any) -> str:
        raw = shown if isinstance(shown, bytes) else shown.original_bytes
        codes = (int.from_bytes(raw[place : place + 2]) for place in range(0, len(raw), 2))
        return "".join(self.text.get(code, "") for code in codes)
