"""The columns of our own templates, and the headings by which people call them."""

from __future__ import annotations

from collections.abc import Sequence

from clusterwork.registry.rules.names import fold

# Our own name first; then what such spreadsheets have over the column, in English and Welsh.
HEADINGS: dict[str, tuple[str, ...]] = {
    "measure": ("code", "measure code", "mesur", "cod y mesur"),
    "school_number": (
        "URN", "Welsh number", "LAESTAB", "DfE number", "school no", "number", "rhif ysgol",
        "rhif yr ysgol",
    ),
    "school": ("school name", "name of school", "ysgol", "enw'r ysgol"),
    "date": ("on", "day", "dyddiad"),
    "year": ("school year", "year ending", "blwyddyn", "blwyddyn ysgol"),
    "group": ("pupil group", "breakdown", "grwp", "grŵp"),
    "value": ("figure", "gwerth", "ffigur"),
    "denominator": ("number counted", "out of", "enwadur", "nifer a gyfrifwyd"),
    "numerator": ("of them", "rhifiadur", "ohonynt"),
    "source": ("ffynhonnell",),
}  # fmt: skip
WELSH = {
    "measure": "Mesur", "school_number": "Rhif ysgol", "school": "Ysgol", "date": "Dyddiad",
    "year": "Blwyddyn", "group": "Grŵp", "value": "Gwerth", "denominator": "Enwadur",
    "numerator": "Rhifiadur", "source": "Ffynhonnell",
}  # fmt: skip
COLUMNS = tuple(HEADINGS)
_KNOWN = {
    fold(heading): column
    for column, headings in HEADINGS.items()
    for heading in (column, *headings)
}


def column_of(heading: str) -> str | None:
    """Our name of the column, or None."""
    return _KNOWN.get(fold(heading))


def places_of(header: Sequence[str]) -> dict[str, int]:
    """Where each of our columns stands; of two for one the first."""
    places: dict[str, int] = {}
    for place, heading in enumerate(header):
        if column := column_of(heading):
            places.setdefault(column, place)
    return places
