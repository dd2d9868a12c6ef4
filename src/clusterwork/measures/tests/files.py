"""Files of figures, made for a test."""

from __future__ import annotations

import csv
import gzip
import io
from collections.abc import Iterable, Sequence
from typing import Any, BinaryIO

from clusterwork.measures.imports.layouts import LAYOUTS
from clusterwork.measures.models import Upload
from clusterwork.measures.services.uploading.loading import confirm_figures, stage_figures
from clusterwork.measures.tests.made import NOW, TODAY, Place

LONG = ("measure", "school_number", "date", "year", "group", "value", "denominator", "source")
KS2 = LAYOUTS["ks2"].headings


def csv_of(header: Sequence[str], rows: Iterable[Sequence[object]]) -> BinaryIO:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerows([header, *rows])
    return io.BytesIO(out.getvalue().encode())


def packed(file: BinaryIO) -> BinaryIO:
    return io.BytesIO(gzip.compress(file.read()))


def workbook_of(header: Sequence[str], rows: Iterable[Sequence[object]]) -> BinaryIO:
    from openpyxl import Workbook

    book, out = Workbook(), io.BytesIO()
    for row in [header, *rows]:
        book.active.append(list(row))
    book.save(out)
    out.seek(0)
    return out


def long_row(value: object = "94.5", **told: object) -> list[object]:
    facts: dict[str, object] = {
        "measure": "attendance",
        "school_number": 120_000,
        "year": 2026,
        "value": value,
        **told,
    }
    return [facts.get(name, "") for name in LONG]


def ks2_row(urn: int, year: int, *, value: object = 60, **told: object) -> list[object]:
    """A row of the official file: the same value for every percentage."""
    facts: dict[str, object] = {"urn": urn, "year": year, "telig": 30, "belig": 16, "gelig": 14}
    for heading in KS2[5:]:
        is_progress, is_score = heading.endswith("prog"), heading.endswith("average")
        facts[heading] = "-1.5" if is_progress else 104 if is_score else value
    facts |= told
    return [facts[name] for name in KS2]


def stage(place: Place, file: BinaryIO, layout: str = "long", **told: Any) -> Upload:
    return stage_figures(
        file,
        person=told.pop("person", place.officer),
        day=TODAY,
        organisation_pk=place.organisation.pk,
        layout=layout,
        name=told.pop("name", "figures.csv"),
        **told,
    )


def confirm(place: Place, upload: Upload, **told: Any) -> Upload:
    person = told.pop("person", place.officer)
    return confirm_figures(person=person, day=TODAY, now=NOW, pk=upload.pk, **told)
