"""Files in the official forms, and schools, made for a test."""

from __future__ import annotations

import csv
import gzip
import io
import os
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from itertools import count
from pathlib import Path
from typing import Any

import pytest

from clusterwork.registry.models import Authority, School

TODAY = date(2026, 11, 21)
ROOT = Path(__file__).resolve().parents[4]
SHARED = Path(os.environ.get("SHARED", ROOT.parent / "shared"))
GIAS = {
    "URN": "115850",
    "LA (code)": "850",
    "LA (name)": "Hampshire",
    "EstablishmentNumber": "2000",
    "EstablishmentName": "Alton Infant School",
    "TypeOfEstablishment (name)": "Community school",
    "EstablishmentStatus (name)": "Open",
    "OpenDate": "",
    "CloseDate": "",
    "PhaseOfEducation (name)": "Primary",
    "StatutoryLowAge": "4",
    "StatutoryHighAge": "7",
    "NumberOfPupils": "138",
    "PercentageFSM": "21.7",
    "Trusts (name)": "",
    "Trusts (code)": "",
    "Federations (name)": "",
    "Federations (code)": "",
    "OfstedLastInsp": "23-01-2019",
    "OfstedRating (name)": "Good",
    "Town": "Alton",
    "Postcode": "GU34 1DH",
    "Easting": "472080",
    "Northing": "139716",
}
WALES = {
    "school_number": "6762058",
    "school_name": "Pengam Primary",
    "la_code": "676",
    "la_gss": "W06000018",
    "la_name": "Caerphilly",
    "sector": "Primary",
    "governance": "Community",
    "medium_code": "EM",
    "school_type": "Nursery, Infants & Juniors",
    "postcode": "NP12 3ST",
    "pupils": "217",
    "support_category_2019": "Green",
    "easting": "315502",
    "northing": "197391",
    "fsm_pct_2016": "23.5",
}
_numbers = count(700_001)


def real(name: str) -> Path:
    """A file of the open data beside the project, or a skip."""
    path = SHARED / "data" / name
    if not path.exists():
        pytest.skip(f"the open data are not here: {name}")
    return path


def csv_text(rows: Sequence[Mapping[str, str]], columns: Iterable[str] | None = None) -> str:
    """Rows as CSV with a header; columns are those of the first row unless named."""
    out = io.StringIO()
    writer = csv.DictWriter(out, list(columns or rows[0]), extrasaction="ignore")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()


def gias_text(*changes: Mapping[str, str]) -> str:
    """A GIAS file: one row for each set of changes to the row of Alton Infant School."""
    return csv_text([{**GIAS, **change} for change in changes])


def wales_text(*changes: Mapping[str, str]) -> str:
    """A Welsh file: one row for each set of changes to the row of Pengam Primary."""
    return csv_text([{**WALES, **change} for change in changes])


def as_file(text: str | bytes, *, packed: bool = False) -> io.BytesIO:
    """The text as an open file, compressed if asked."""
    raw = text.encode() if isinstance(text, str) else text
    return io.BytesIO(gzip.compress(raw) if packed else raw)


def school(**facts: Any) -> School:
    """A school in an authority, with a URN of its own."""
    code = facts.pop("authority_code", "925")
    authority, _ = Authority.objects.get_or_create(
        code=code, defaults={"name": f"Authority {code}", "country": "E"}
    )
    told = {"urn": next(_numbers), "name": "Fulbeck Primary School", "phase": "primary", **facts}
    return School.objects.create(authority=authority, **told)
