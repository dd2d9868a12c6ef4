"""The spreadsheet that an officer of South East Wales would have: thirty-five clusters of 2026."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from openpyxl import Workbook

from clusterwork.registry.models import Phase, School

HUBS = (Phase.SECONDARY, Phase.ALL_THROUGH, Phase.MIDDLE)
COLUMNS = (
    "Cluster", "Cluster since", "Programme", "URN", "School", "Part", "From", "Until",
    "Why left", "MoU signed", "Chair", "Coordinator", "Adviser",
)  # fmt: skip
ADVISERS = ("Ada Morgan", "Bethan Rees", "Carys Pugh", "Dewi Price", "Elin Vaughan")
MOVED_ON = dt.date(2019, 9, 1)
Row = dict[str, Any]


def pyramids() -> dict[School, list[School]]:
    """Each hub with its primaries: the nearest of its own authority, evenly shared."""
    hubs = list(School.objects.filter(phase__in=HUBS).order_by("authority_id", "sort_key"))
    found: dict[School, list[School]] = {hub: [] for hub in hubs}
    primaries = School.objects.filter(phase=Phase.PRIMARY, status="open")
    for primary in primaries.order_by("authority_id", "pk"):
        mine = [hub for hub in hubs if hub.authority_id == primary.authority_id]
        room = min(len(found[hub]) for hub in mine) + 4
        nearest = min((h for h in mine if len(found[h]) < room), key=lambda h: apart(h, primary))
        found[nearest].append(primary)
    return found


def apart(one: School, other: School) -> float:
    """The square of the metres between two schools; one without a place is at the corner."""
    east = (one.easting or 0) - (other.easting or 0)
    north = (one.northing or 0) - (other.northing or 0)
    return float(east * east + north * north)


def spreadsheet() -> list[Row]:
    """One row a school; the cluster's own facts on its first row only, as such sheets have it."""
    rows: list[Row] = []
    groups = list(pyramids().items())
    for n, (hub, primaries) in enumerate(groups):
        rows += cluster_rows(n, hub, primaries, groups[n - 1][0])
    return rows


def cluster_rows(n: int, hub: School, primaries: list[School], before: School) -> Iterator[Row]:
    began = dt.date(2011 + n % 8, 9, 1)
    yield {
        "Cluster": name_of(hub), "Cluster since": began, "Programme": "Pyramids",
        "URN": int(hub.welsh_number or 0), "School": hub.name, "Part": "lead",
        "MoU signed": began + dt.timedelta(days=30), "Chair": f"Chair {n}",
        "Coordinator": f"Coordinator {n}", "Adviser": ADVISERS[n % 5],
    }  # fmt: skip
    for place, school in enumerate(primaries):
        by_name = place % 2 == 0
        yield {
            "URN": "" if by_name else int(school.welsh_number or 0),
            "School": school.name,
            "Adviser": ADVISERS[n % 5],
            **({"From": MOVED_ON} if place == 3 else {}),
            **({"Until": MOVED_ON, "Why left": "Went to another cluster"} if place == 5 else {}),
        }


def name_of(hub: School) -> str:
    """A place rather than a school, as far as the name tells it."""
    dropped = {"School", "Comprehensive", "High", "Community", "Foundation", "Ysgol", "Gyfun"}
    return " ".join(word for word in hub.name.split() if word not in dropped)


def with_nine_mistakes(rows: Sequence[Row]) -> tuple[list[Row], dict[str, int]]:
    """A copy with a mistake of each kind, and the line of each (the headings are line 1)."""
    sheet = [dict(row) for row in rows]
    heads = [place for place, row in enumerate(sheet) if row.get("Cluster")]
    line: dict[str, int] = {}

    def spoil(what: str, place: int, **changes: Any) -> None:
        sheet[place].update({name.replace("_", " "): value for name, value in changes.items()})
        line[what] = place + 2

    by_name = sheet[heads[0] + 1]
    spoil("near name", heads[0] + 1, School=by_name["School"].replace("a", "e", 1) + " Schol")
    spoil("closed", heads[2] + 2, URN=6762001, School="")
    spoil("no date", heads[4] + 1, From="last September")
    spoil("backwards", heads[6] + 1, From=dt.date(2020, 9, 1), Until=dt.date(2018, 9, 1))
    spoil("second chair", heads[8] + 1, Chair="Somebody Else")
    spoil("word", heads[10] + 2, Part="bystander")
    spoil("other beginning", heads[12] + 1, Cluster_since=dt.date(2001, 9, 1))
    twice = sheet[heads[14] + 2]
    sheet.append({**twice, "Cluster": sheet[heads[14]]["Cluster"], "From": dt.date(2024, 9, 1)})
    line["twice"] = len(sheet) + 1
    sheet.append({**sheet[heads[16] + 2], "Cluster": sheet[heads[17]]["Cluster"]})
    line["two clusters"] = len(sheet) + 1
    return sheet, line


def as_workbook(rows: Sequence[Mapping[str, Any]], path: Path) -> Path:
    """The rows as an Excel file."""
    book = Workbook()
    book.active.title = "Clusters 2026"
    book.active.append(COLUMNS)
    for row in rows:
        book.active.append([row.get(column) for column in COLUMNS])
    out = io.BytesIO()
    book.save(out)
    path.write_bytes(out.getvalue())
    return path
