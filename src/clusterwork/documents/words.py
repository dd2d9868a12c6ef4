"""The few words that every document says itself, in the document's own language.

They stand here because a document's language is not that of the page it is asked from: a
bilingual one needs both at once.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from clusterwork.documents import languages


@dataclass(frozen=True, slots=True)
class Words:
    """The words of one language; `page` has places for the number and the count of pages."""

    contents: str
    status: str
    version: str
    date: str
    source: str
    seen_by: str
    note: str
    page: str
    signs_for: str
    name: str
    role: str
    signed: str
    months: tuple[str, ...]

    def day(self, day: dt.date) -> str:
        """9 January 2027."""
        return f"{day.day} {self.months[day.month - 1]} {day.year}"


ENGLISH = Words(
    contents="Contents",
    status="Status",
    version="Version",
    date="Date",
    source="Source",
    seen_by="Who can see this",
    note="Note",
    page="Page {number} of {count}",
    signs_for="For",
    name="Name",
    role="Role",
    signed="Signed",
    months=(
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ),
)

WELSH = Words(
    contents="Cynnwys",
    status="Statws",
    version="Fersiwn",
    date="Dyddiad",
    source="Ffynhonnell",
    seen_by="Pwy sy’n gallu gweld hwn",
    note="Nodyn",
    page="Tudalen {number} o {count}",
    signs_for="Ar ran",
    name="Enw",
    role="Rôl",
    signed="Llofnodwyd",
    months=(
        "Ionawr",
        "Chwefror",
        "Mawrth",
        "Ebrill",
        "Mai",
        "Mehefin",
        "Gorffennaf",
        "Awst",
        "Medi",
        "Hydref",
        "Tachwedd",
        "Rhagfyr",
    ),
)


def words_in(tag: str) -> Words:
    """The words of a language; English where the room has none of its own."""
    return WELSH if languages.same(tag, "cy") else ENGLISH
