"""A document's plain values made ready for typesetting."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

from clusterwork.documents.document import AnyDocument, Document, halves_of
from clusterwork.documents.particulars import particulars, running_line
from clusterwork.documents.plain import Plain, as_plain
from clusterwork.documents.texts import breakable
from clusterwork.documents.words import words_in

MAY_BREAK = "\u200b"
LONGEST_REPEATED = 150


def prepared(document: AnyDocument, drawn: Callable[[str], str]) -> Plain:
    """The plain values with the words that the page says itself, and texts that `drawn` passed."""
    plain = as_plain(document)
    for half, given in zip(plain["documents"], halves_of(document), strict=True):
        half.update(_own_words(given))
        for table in (block for block in half["blocks"] if block["kind"] == "table"):
            table["header_repeats"] = header_length(table) <= LONGEST_REPEATED
    return _mapped(plain, drawn)  # type: ignore[no-any-return]


def _own_words(document: Document) -> Plain:
    words, shown = words_in(document.language), particulars(document)
    return {
        "words": {"page": words.page, "contents": words.contents},
        "particulars": [{"label": label, "value": value} for label, value in shown],
        "running": running_line(document),
    }


def header_length(table: Plain) -> int:
    """The length of the longest column header; one that fills pages can't come again on each."""
    return max(sum(len(run["text"]) for run in column["header"]) for column in table["columns"])


def _mapped(value: Any, drawn: Callable[[str], str], name: str = "") -> Any:
    if isinstance(value, dict):
        return {key: _mapped(each, drawn, key) for key, each in value.items()}
    if isinstance(value, list):
        return [_mapped(each, drawn) for each in value]
    if not isinstance(value, str) or name in {"svg", "kind", "language", "alt"}:
        return value
    return MAY_BREAK.join(breakable(drawn(value)))


def seconds(date: dt.date | None) -> int | None:
    """The start of a day as typst wants it; None for none."""
    if date is None:
        return None
    return int(dt.datetime(date.year, date.month, date.day, tzinfo=dt.UTC).timestamp())
