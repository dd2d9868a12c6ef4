"""The demonstration's clusters: the invented county's own, brought in as a user would do it."""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from clusterwork.accounts.models import Person, Role
from clusterwork.cli.demo.register import SEED
from clusterwork.clusters.models import Cluster
from clusterwork.clusters.services.arriving.loading import import_clusters
from clusterwork.lookalike import build_county, write_county
from clusterwork.registry.models import Organisation, School

NAME = "clusters.csv"
Rows = list[dict[str, str]]


def ensure_clusters(organisation: Organisation, people: Sequence[Person], day: dt.date) -> int:
    """Brings them in once, with the demonstration's adviser and head among their people.

    How many there are.
    """
    mine = Cluster.objects.filter(organisation=organisation)
    if not mine.exists():
        rows = with_people(rows_of_county(), people)
        import_clusters(as_file(rows), organisation=organisation, today=day, name=NAME)
    return mine.count()


def rows_of_county() -> Rows:
    """The rows of the county's spreadsheet."""
    with TemporaryDirectory() as folder:
        write_county(build_county(seed=SEED), Path(folder))
        with (Path(folder) / NAME).open(encoding="utf-8", newline="") as file:
            return list(csv.DictReader(file))


def with_people(rows: Rows, people: Sequence[Person]) -> Rows:
    """The adviser takes the place of the first one; the head chairs her school's cluster."""
    adviser = holder(people, Role.Kind.LINK_ADVISER)
    head = holder(people, Role.Kind.HEADTEACHER)
    first = rows[0]["link_adviser"]
    for row in rows:
        row |= {"chair_email": "", "link_adviser_email": ""}
        if adviser and row["link_adviser"] == first:
            row |= {"link_adviser": adviser.name, "link_adviser_email": adviser.email}
    roles = head.roles.filter(kind=Role.Kind.HEADTEACHER) if head else Role.objects.none()
    school = School.objects.filter(pk__in=roles.values("school_id")).first()
    theirs = next((r for r in rows if school and r["school_number"] == school.number), None)
    if head and theirs:
        for row in rows:
            if row["cluster"] == theirs["cluster"]:
                row["chair"] = ""
        theirs |= {"chair": head.name, "chair_email": head.email}
    return rows


def holder(people: Sequence[Person], kind: str) -> Person | None:
    """The demonstration's person with this role."""
    return next((each for each in people if each.roles.filter(kind=kind).exists()), None)


def as_file(rows: Rows) -> io.BytesIO:
    """The rows as a CSV file."""
    out = io.StringIO()
    writer = csv.DictWriter(out, list(rows[0]))
    writer.writeheader()
    writer.writerows(rows)
    return io.BytesIO(out.getvalue().encode())
