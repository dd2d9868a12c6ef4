"""Lists beside the register: links, groups, censuses, grades, flows. Each file one transaction."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any, BinaryIO

from django.db import transaction

from clusterwork.audit.services import Actor
from clusterwork.kernel.messages import N_, Message
from clusterwork.registry.imports import assessments, census, flows, groups, links, partnerships
from clusterwork.registry.imports.reading import check_bearable
from clusterwork.registry.imports.records import Notice, Rejection
from clusterwork.registry.imports.table import Table
from clusterwork.registry.models import ImportRun
from clusterwork.registry.services import writers
from clusterwork.registry.services.drafts import Progress
from clusterwork.registry.services.runs import importing, keep_run, record_run
from clusterwork.registry.services.writers import Counts
from clusterwork.registry.states import CONFIRMED, FAILED

EVERY = 2000  # rows between two reports of progress


@dataclass(slots=True)
class Outcome:
    """What one file held and what was done with it; counts are of rows."""

    source: str
    file_name: str
    as_at: date
    complete: bool = False
    sha256: str = ""
    header: tuple[str, ...] = ()
    n_read: int = 0
    written: Counts = field(default_factory=Counts)
    rejections: list[Rejection] = field(default_factory=list)
    notices: list[Notice] = field(default_factory=list)

    @property
    def counts(self) -> dict[str, int]:
        """Rows by what became of them; `unmatched` name schools that the register lacks."""
        return {
            "read": self.n_read,
            "new": self.written.new,
            "changed": self.written.changed,
            "unchanged": self.written.unchanged,
            "closed": 0,
            "reopened": 0,
            "unmatched": self.written.unmatched,
            "rejected": len(self.rejections),
        }


@dataclass(frozen=True, slots=True)
class Way:
    """How one kind of list is opened, read and written."""

    source: str
    open_file: Callable[[Path | BinaryIO, str], Table]
    read: Callable[[Table], Iterator[Any]]
    write: Callable[[Sequence[Any], ImportRun], Counts]


def load_links(file: Path | BinaryIO, **options: Any) -> tuple[Outcome, ImportRun | None]:
    """Links between schools; those of schools that the register lacks are kept too."""
    return _load(Way("links", links.open_file, links.read, writers.write_links), file, **options)


def load_groups(file: Path | BinaryIO, **options: Any) -> tuple[Outcome, ImportRun | None]:
    """Trusts and federations, or the list of their members."""
    way = Way("groups", groups.open_file, groups.read, writers.write_groups_or_members)
    return _load(way, file, **options)


def load_partnerships(file: Path | BinaryIO, **options: Any) -> tuple[Outcome, ImportRun | None]:
    """Groupings that no official file lists."""
    way = Way("partnerships", partnerships.open_file, partnerships.read, writers.write_partnerships)
    return _load(way, file, **options)


def load_census(
    file: Path | BinaryIO, *, year: int | None = None, **options: Any
) -> tuple[Outcome, ImportRun | None]:
    """Figures of one year; `year` where the file has no such column."""
    way = Way(
        "census", census.open_file, lambda table: census.read(table, year), writers.write_census
    )
    return _load(way, file, **options)


def load_assessments(
    file: Path | BinaryIO, *, scale: str | None = None, **options: Any
) -> tuple[Outcome, ImportRun | None]:
    """Inspections and support categories; `scale` is the code of the scale for all rows."""
    way = Way(
        "inspections",
        assessments.open_file,
        lambda table: assessments.read(table, scale),
        writers.write_assessments,
    )
    return _load(way, file, **options)


def load_flows(file: Path | BinaryIO, **options: Any) -> tuple[Outcome, ImportRun | None]:
    """Pupils moving on."""
    return _load(Way("flows", flows.open_file, flows.read, writers.write_flows), file, **options)


def _load(
    way: Way,
    file: Path | BinaryIO,
    *,
    by: Actor | None,
    today: date,
    name: str = "",
    accept_good_rows: bool = False,
    dry_run: bool = False,
    progress: Progress | None = None,
) -> tuple[Outcome, ImportRun | None]:
    """As `import_register`: all or, where so said, the good rows; a dry run is undone."""
    with importing(way.source):
        table = way.open_file(file, name)
        outcome = Outcome(way.source, table.raw.name, today, header=table.header)
        records = _read(way, table, outcome, progress)
        refused = bool(outcome.rejections) and not accept_good_rows
        run = keep_run(outcome, by, FAILED if refused else CONFIRMED)
        if not refused or dry_run:
            outcome.written = way.write(records, run)
            _note_unmatched(outcome)
        _count(run, outcome)
        record_run(run, by)
        if dry_run:
            transaction.set_rollback(True)
            return outcome, None
        return outcome, run


def _read(way: Way, table: Table, outcome: Outcome, progress: Progress | None) -> list[Any]:
    records = []
    for row in way.read(table):
        outcome.n_read += 1
        if isinstance(row, Rejection):
            outcome.rejections.append(row)
            check_bearable(outcome.rejections, outcome.file_name)
        else:
            records.append(row)
        if progress and outcome.n_read % EVERY == 0:
            progress(table.raw.position, table.raw.size)
    outcome.sha256, outcome.notices = table.raw.sha256, list(table.notices)
    return records


def _note_unmatched(outcome: Outcome) -> None:
    if outcome.written.unmatched:
        text = N_("Rows about schools that the register does not hold were left out: %(n)s.")
        told = {"n": outcome.written.unmatched}
        outcome.notices.append(Notice(0, Message(text, told)))


def _count(run: ImportRun, outcome: Outcome) -> None:
    for name, n in outcome.counts.items():
        setattr(run, f"n_{name}", n)
    run.save()
