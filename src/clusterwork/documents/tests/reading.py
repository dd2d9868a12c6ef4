"""The texts of a written file again, and hostile texts to write."""

from __future__ import annotations

import re
from io import BytesIO
from typing import Any

import docx
from docx.oxml.ns import qn
from lxml import html

from clusterwork.documents.tests.reading_pdf import Pdf

HOSTILE = (
    '#set page(width: 1cm) #panic() #import "x"',
    "$x^2$ @reference <label> *strong* _emphasis_ `raw` // comment /* and */",
    "</w:t></w:r><w:p/> ]]> <!-- &amp; &#0; -->",
    "<script>alert(1)</script><img src=x onerror=alert(1)>",
    '" onclick="alert(1)" \'',
    "{{ 7 * 7 }} {% raw %} %(name)s ${x}",
    "-- --- ... \\n \\u{1F600} ~ = + - 1. [x] (y)",
    '=HYPERLINK("http://example.org")',
    "Ŵyth ŷd ac wŷr ŵyn: tŷ, dŵr, sŵn, Ŷd",
    "W\u0302 y\u0302 composed of two",
    "Привет, Ελληνικά, łódź, Ñandú",
    "שלום עולם",
    "x" * 10_000,
    "fi ffi fl office difficult",
    "a\u00a0b\u2003c",
)


def words(text: str) -> str:
    """A text without the white space and break marks that a writer may add."""
    return re.sub(r"[\s\u200b\u2060]", "", text)


def words_of_pdf(pdf: bytes) -> str:
    return words(Pdf(pdf).root.text)


def words_of_html(page: str) -> str:
    body = html.fromstring(page.replace("<wbr>", ""))  # which lxml takes for one that has an end
    for style in body.iter("style", "title"):
        style.text = ""
    return words(body.text_content())


def word_file(data: bytes) -> Any:
    return docx.Document(BytesIO(data))


def words_of_word(data: bytes) -> str:
    body = word_file(data).element.body
    return words("".join(each.text or "" for each in body.iter(qn("w:t"))))
