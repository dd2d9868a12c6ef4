"""A document's PDF."""

from __future__ import annotations

from collections.abc import Callable

from clusterwork.documents.document import AnyDocument, halves_of
from clusterwork.documents.pdf.engine import NotSet, set_pdf
from clusterwork.documents.pdf.glyphs import drawable, drawable_together
from clusterwork.documents.pdf.prepare import prepared, seconds
from clusterwork.documents.pdf.row_headers import with_row_headers
from clusterwork.documents.plain import Plain

__all__ = ["NotSet", "to_pdf"]


def to_pdf(document: AnyDocument) -> bytes:
    """Tagged PDF/UA-1 in the language of the document; the same bytes for the same document.

    Signs that no font draws stand as their names in brackets.
    """
    try:
        return _set(document, drawable)
    except NotSet:
        return _set(document, drawable_together)


def _set(document: AnyDocument, drawn: Callable[[str], str]) -> bytes:
    plain = prepared(document, drawn)
    pdf = set_pdf(plain, seconds(halves_of(document)[0].date))
    return with_row_headers(pdf, _headed(plain))


def _headed(plain: Plain) -> list[bool]:
    """Of each table in reading order, whether its rows have headers."""
    blocks = (block for half in plain["documents"] for block in half["blocks"])
    return [block["row_headers"] for block in blocks if block["kind"] == "table"]
