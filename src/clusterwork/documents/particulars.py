"""What stands under a document's title: organisation, status, version and date."""

from __future__ import annotations

from clusterwork.documents.document import Document
from clusterwork.documents.words import words_in

LONGEST = 80


def particulars(document: Document) -> list[tuple[str, str]]:
    """Labels and values in the document's language, those that are given.

    Whose document it is needs no label.
    """
    words = words_in(document.language)
    found = (
        ("", document.organisation),
        (words.status, document.status),
        (words.version, document.version),
        (words.date, day_of(document)),
    )
    return [(f"{label}:" if label else "", value) for label, value in found if value]


def running_line(document: Document) -> str:
    """What stands at the foot of every page: title, status, version and date, each shortened."""
    words = words_in(document.language)
    version = f"{words.version} {document.version}" if document.version else ""
    found = (document.title, document.status, version, day_of(document))
    return " · ".join(shortened(part) for part in found if part)


def shortened(text: str) -> str:
    """The text, cut where it is longer than a line's share."""
    return text if len(text) <= LONGEST else text[: LONGEST - 1].rstrip() + "…"


def day_of(document: Document) -> str:
    """The document's date in words; an empty text for none."""
    return words_in(document.language).day(document.date) if document.date else ""
