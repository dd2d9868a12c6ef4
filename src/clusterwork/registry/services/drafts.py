"""Reads a register file against the register: what it would change, and what it can't take."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from itertools import islice
from pathlib import Path
from typing import BinaryIO

from clusterwork.kernel.messages import N_, Message
from clusterwork.registry.imports.reading import check_bearable
from clusterwork.registry.imports.records import Notice, Rejection, SchoolRecord, Value
from clusterwork.registry.imports.register import REGISTERS
from clusterwork.registry.imports.table import Table
from clusterwork.registry.models import ImportRun
from clusterwork.registry.rules import steps as rules
from clusterwork.registry.rules.steps import Held, Step
from clusterwork.registry.selectors.held import held_absent, held_for

BATCH = 2000
Progress = Callable[[int, int], None]
# The column that says when the figures were counted; the register of Wales has none.
CENSUS_YEAR = {"gias": "CensusDate", "csv": "census_year", "wales": ""}
DAY_IN_NAME = re.compile(r"(?<!\d)(20\d\d)-?([01]\d)-?([0-3]\d)(?!\d)")


@dataclass(slots=True)
class Draft:
    """One reading of a register file; nothing of it is written yet."""

    source: str
    file_name: str
    as_at: date
    complete: bool = False
    sha256: str = ""
    header: tuple[str, ...] = ()
    n_read: int = 0
    n_unchanged: int = 0
    steps: list[Step] = field(default_factory=list)
    rejections: list[Rejection] = field(default_factory=list)
    notices: list[Notice] = field(default_factory=list)

    @property
    def counts(self) -> dict[str, int]:
        """Rows read, and schools by what happens to them."""
        by_happening = Counter(step.happening for step in self.steps)
        return {
            "read": self.n_read,
            "new": by_happening[rules.NEW],
            "changed": by_happening[rules.CHANGED],
            "unchanged": self.n_unchanged,
            "closed": by_happening[rules.CLOSED],
            "reopened": by_happening[rules.REOPENED],
            "rejected": len(self.rejections),
        }


def draft_of(
    file: Path | BinaryIO,
    *,
    source: str,
    as_at: date | None,
    today: date,
    complete: bool = False,
    name: str = "",
    progress: Progress | None = None,
) -> Draft:
    """Reads the whole file, a batch at a time; raises `FileUnreadable`.

    Without `as_at` a file that was loaded before keeps its date of then, and any other file is
    as at `today`. `complete` says that it lists every open school of its authorities.
    """
    known = None if as_at else _as_at_of_same_file(file)
    register = REGISTERS[source]
    table = register.open_file(file, name)
    draft = Draft(source, table.raw.name, as_at or known or today, complete, header=table.header)
    codes, numbers = _compare(draft, table, register.read(table, draft.as_at), progress)
    draft.sha256 = table.raw.sha256
    draft.notices += table.notices
    _look_for_absent(draft, register.number, codes, numbers)
    if not as_at and not known:
        _note_day_in_name(draft)
        _note_year_of_figures(draft, table)
    return draft


def _compare(
    draft: Draft,
    table: Table,
    rows: Iterator[SchoolRecord | Rejection],
    progress: Progress | None,
) -> tuple[set[str], set[Value]]:
    codes: set[str] = set()
    numbers: set[Value] = set()
    claimed: dict[int, int] = {}
    number = REGISTERS[draft.source].number
    while batch := list(islice(rows, BATCH)):
        records = [row for row in batch if isinstance(row, SchoolRecord)]
        draft.n_read += len(batch)
        draft.rejections += [row for row in batch if isinstance(row, Rejection)]
        codes |= {record.authority.code for record in records}
        numbers |= {record.values.get(number) for record in records}
        for record, held in zip(records, held_for(records), strict=True):
            _decide(draft, record, held, claimed)
        check_bearable(draft.rejections, draft.file_name)
        if progress:
            progress(table.raw.position, table.raw.size)
    draft.rejections.sort(key=lambda rejection: rejection.line)
    return codes, numbers


def _decide(draft: Draft, record: SchoolRecord, held: Held | None, claimed: dict[int, int]) -> None:
    if refusal := _refusal(record, held, claimed):
        draft.rejections.append(refusal)
        return
    if held:
        claimed[held.id] = record.line
    step = rules.step_for(record, held, as_at=draft.as_at, source=draft.source)
    if step is None:
        draft.n_unchanged += 1
    else:
        draft.steps.append(step)


def _refusal(record: SchoolRecord, held: Held | None, claimed: dict[int, int]) -> Rejection | None:
    number = rules.number_of(record.values)
    if held and (line := claimed.get(held.id)):
        reason = Message(N_("The same school is already in line %(line)s."), {"line": line})
        step = Message(N_("Keep one of the two rows."))
        return Rejection(record.line, "", number, reason, step)
    if rules.closes_too_early(record.values.items(), held):
        reason = Message(N_("The school would close before the day on which it opened."))
        step = Message(N_("Correct the two dates, here or in the register."))
        return Rejection(record.line, "", str(record.values.get("closed_on")), reason, step)
    return None


def _look_for_absent(
    draft: Draft, number: str, codes: Iterable[str], numbers: Iterable[Value]
) -> None:
    """Schools that the file does not name are closed only where it is said to be complete."""
    absent = held_absent(list(codes), number=number, present=numbers)
    if not absent:
        return
    told = {"count": len(absent)}
    if not draft.complete:
        text = N_(
            "Open schools of the same authorities that this file does not name: %(count)s. "
            "They stay open, unless the file is said to be complete."
        )
        draft.notices.append(Notice(0, Message(text, told)))
    elif draft.rejections:
        text = N_(
            "Open schools of the same authorities that this file does not name: %(count)s. "
            "They stay open, because rows were rejected that may be theirs."
        )
        draft.notices.append(Notice(0, Message(text, told)))
    else:
        draft.steps += [rules.closing_step(held, draft.as_at) for held in absent]


def _as_at_of_same_file(file: Path | BinaryIO) -> date | None:
    """The date under which exactly this file was last loaded, or None."""
    sha256 = _hash(file)
    runs = ImportRun.objects.filter(sha256=sha256, state="confirmed")
    return runs.order_by("-id").values_list("as_at", flat=True).first() if sha256 else None


def _hash(file: Path | BinaryIO) -> str:
    if isinstance(file, Path):
        try:
            with file.open("rb") as opened:
                return _hash(opened)
        except OSError:
            return ""  # the reader says in words why it can't be opened
    file.seek(0)
    digest = hashlib.sha256()
    while chunk := file.read(1 << 20):
        digest.update(chunk)
    return digest.hexdigest()


def _note_day_in_name(draft: Draft) -> None:
    if not (found := DAY_IN_NAME.search(draft.file_name)):
        return
    day = "-".join(found.groups())
    if day != draft.as_at.isoformat():
        text = N_(
            "The name of the file holds this date: %(day)s. Its facts were dated: %(as_at)s. "
            "Say the date to be used (as at) where that is wrong."
        )
        told = {"day": day, "as_at": draft.as_at.isoformat()}
        draft.notices.append(Notice(0, Message(text, told)))


def _note_year_of_figures(draft: Draft, table: Table) -> None:
    """Figures without a year of their own are filed under the year of the file's day."""
    year = draft.as_at.year
    if table.has(CENSUS_YEAR[draft.source]) or not any(year in s.censuses for s in draft.steps):
        return
    text = N_(
        "Figures are filed under this year: %(year)s. If the file is older, give the date to be "
        "used (as at)."
    )
    draft.notices.append(Notice(0, Message(text, {"year": str(year)})))
