"""The local clusters as the spreadsheet that `clusterwork clusters import` reads."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import groupby, product
from pathlib import Path

from clusterwork.lookalike.model import County, Partner
from clusterwork.lookalike.write.tables import write_table

COLUMNS = (
    "cluster", "cluster_from", "school_number", "school", "part", "from", "memorandum_signed",
    "chair", "coordinator", "link_adviser",
)  # fmt: skip
FIRST = ("Alys", "Bryn", "Cerys", "Daniel", "Esther", "Farah", "Gethin", "Hannah", "Imran", "Joan")
LAST = ("Aldreby", "Brinkwell", "Calderham", "Dunnelton", "Fenwick", "Hasselmere", "Kestleby")
NAMES = tuple(f"{first} {last}" for last, first in product(LAST, FIRST))
PER_ADVISER = 6  # clusters
LATE_EVERY = 9  # schools of which one joined later


def write_clusters(county: County, folder: Path) -> list[str]:
    """clusters.csv: one row a school, since four to twelve years ago, with who chairs and advises.

    People are invented; the lead school has the chair.
    """
    write_table(folder / "clusters.csv", COLUMNS, list(_rows(county)))
    return ["clusters.csv"]


def _rows(county: County) -> Iterator[Sequence[object]]:
    names = {school.urn: school.name for school in county.schools}
    local = [partner for partner in county.partners if partner.kind == "local cluster"]
    groups = groupby(local, key=lambda partner: partner.partnership)
    for n, (cluster, members) in enumerate(groups):
        began = date(county.last_year - 4 - n % 9, 9, 1)
        for place, member in enumerate(members):
            yield _row(cluster, n, began, place, member, names[member.urn])


def _row(
    cluster: str, n: int, began: date, place: int, member: Partner, name: str
) -> Sequence[object]:
    leads = member.part == "lead"
    late = not leads and place % LATE_EVERY == LATE_EVERY - 1
    joined = date(began.year + 2, 9, 1) if late else began
    return (
        cluster,
        began,
        member.urn,
        name,
        "lead" if leads else "core",
        joined,
        date(joined.year, 10, 15),
        NAMES[n % len(NAMES)] if leads else "",
        NAMES[-1 - n % len(NAMES)],
        NAMES[len(NAMES) // 2 + n // PER_ADVISER],
    )
