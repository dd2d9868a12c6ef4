"""One plain CSV file: UTF-8, a header, no ragged rows; the same rows give the same bytes."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path


def write_table(path: Path, header: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """Writes header and rows; a row of another length than the header is refused (ValueError)."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(header)
        for row in rows:
            if len(row) != len(header):
                raise ValueError(f"{path.name}: {len(row)} fields under {len(header)} headings")
            writer.writerow(["" if value is None else value for value in row])


def write_records(path: Path, records: Sequence[Mapping[str, object]]) -> None:
    """Writes dictionaries that all have the same keys in the same order."""
    header = tuple(records[0]) if records else ()
    write_table(path, header, (tuple(record.values()) for record in records))


def british(day: date | None) -> str:
    """A day as the English school register writes it, 31-08-2024; empty when unknown."""
    return f"{day:%d-%m-%Y}" if day else ""


def percent(part: float, whole: float) -> str:
    """A share as the official tables write it, one decimal; empty where there is nobody."""
    return f"{100 * part / whole:.1f}" if whole else ""
