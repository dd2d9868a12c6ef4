"""Spreadsheets of clusters, and an organisation with schools to bring clusters to, for a test."""

from __future__ import annotations

import csv
import datetime as dt
import io
from typing import Any

from clusterwork.clusters.models import Arrival
from clusterwork.clusters.rules.arriving.plans import Draft
from clusterwork.clusters.services.arriving.loading import (
    confirm_clusters,
    import_clusters,
    stage_clusters,
)
from clusterwork.clusters.tests import made
from clusterwork.registry.models import ImportRun, Organisation, School

TODAY = dt.date(2026, 11, 21)
NAMES = (
    "Blackwood Comprehensive School",
    "Pengam Primary School",
    "Fleur-de-Lys Primary School",
    "Libanus Primary School",
    "Ysgol Gymraeg Trelyn",
    "Oakdale Comprehensive School",
    "Rhiw Syr Dafydd Primary School",
)


class Valley:
    """An organisation, its officer and seven open schools; number them from 0."""

    def __init__(self) -> None:
        self.authority = made.authority("676", "Caerphilly")
        self.organisation: Organisation = made.organisation("Caerphilly")
        self.organisation.authorities.add(self.authority)
        self.officer = made.officer(self.organisation)
        self.schools: list[School] = [
            made.school(self.authority, 800_000 + n, name) for n, name in enumerate(NAMES)
        ]

    def number(self, n: int) -> str:
        return str(self.schools[n].urn)

    def load(self, *rows: dict[str, Any], **options: Any) -> tuple[Draft, ImportRun | None]:
        options = {"organisation": self.organisation, "today": TODAY, **options}
        return import_clusters(file_of(*rows), name="clusters.csv", **options)

    def stage(self, *rows: dict[str, Any]) -> Arrival:
        return stage_clusters(
            file_of(*rows),
            person=self.officer,
            day=TODAY,
            organisation=self.organisation,
            name="clusters.csv",
        )

    def confirm(self, arrival: Arrival, **options: Any) -> Arrival:
        return confirm_clusters(person=self.officer, day=TODAY, pk=arrival.pk, **options)

    def row(self, n: int, cluster: str = "Blackwood", **more: Any) -> dict[str, Any]:
        """The row of school `n`, in a cluster since 2015 unless told otherwise."""
        told = {"cluster": cluster, "cluster_from": "2015-09-01", "school_number": self.number(n)}
        return {**told, **{"from" if key == "since" else key: value for key, value in more.items()}}


def file_of(*rows: dict[str, Any]) -> io.BytesIO:
    """The rows as a CSV file with every column that one of them has."""
    columns = list(dict.fromkeys(column for row in rows for column in row))
    out = io.StringIO()
    writer = csv.DictWriter(out, columns)
    writer.writeheader()
    writer.writerows(rows)
    return io.BytesIO(out.getvalue().encode())


def said(draft: Draft) -> list[tuple[int, str]]:
    """Line and column of each refused row."""
    return [(each.line, each.column) for each in draft.rejections]


def why(draft: Draft) -> str:
    """The reason and the remedy of the one refused row."""
    (only,) = draft.rejections
    return f"{only.reason} {only.next_step}"
