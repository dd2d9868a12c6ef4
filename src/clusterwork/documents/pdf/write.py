"""A document's PDF."""

from __future__ import annotations

from clusterwork.documents.document import AnyDocument, halves_of
from clusterwork.documents.pdf.engine import NotSet, set_pdf
from clusterwork.documents.pdf.glyphs import drawable
from clusterwork.documents.pdf.prepare import prepared, seconds

__all__ = ["NotSet", "to_pdf"]


def to_pdf(document: AnyDocument) -> bytes:
    """Tagged PDF/UA-1 in the language of the document; the same bytes for the same document.

    Signs that no font draws stand as their names in brackets.
    """
    plain = prepared(document, drawable)
    return set_pdf(plain, seconds(halves_of(document)[0].date))
