"""Reads a file of figures against the register: what it holds, and what it can't take."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

from django.db.models import F

from clusterwork.kernel.messages import N_, Message
from clusterwork.measures.imports.layouts import LAYOUTS, LONG, Layout
from clusterwork.measures.imports.long import LongReader
from clusterwork.measures.imports.reading import Measures, Sheet, open_sheet, rows_of
from clusterwork.measures.imports.records import FigureRow
from clusterwork.measures.imports.wide import WideReader
from clusterwork.measures.models import Breakdown, Measure
from clusterwork.measures.rules.values import Allowed
from clusterwork.measures.selectors.measures import allowed_by, of_organisations
from clusterwork.measures.services.uploading import staging
from clusterwork.measures.services.uploading.matching import Matching, Placed
from clusterwork.measures.services.uploading.staging import Counts
from clusterwork.registry.imports.reading import check_bearable
from clusterwork.registry.imports.records import Notice, Rejection
from clusterwork.registry.models import Organisation
from clusterwork.registry.rules.names import fold

Progress = Callable[[int, int], None]
EVERY = 2_000  # rows between two reports of progress


@dataclass(slots=True)
class Draft:
    """One reading of one file; its figures wait in the table `arriving`."""

    layout: Layout
    file_name: str
    as_at: dt.date
    matching: Matching
    sha256: str = ""
    header: tuple[str, ...] = ()
    n_read: int = 0
    n_arrived: int = 0
    figures: Counts = field(default_factory=Counts)
    rejections: list[Rejection] = field(default_factory=list)
    notices: list[Notice] = field(default_factory=list)
    source: str = "figures"
    complete: bool = False

    @property
    def counts(self) -> dict[str, int]:
        """Rows read, rejected and unmatched; figures by what happens to them."""
        return {
            "read": self.n_read,
            "new": self.figures.new,
            "changed": self.figures.changed,
            "unchanged": self.figures.unchanged,
            "unmatched": self.matching.unmatched.total(),
            "rejected": len(self.rejections),
        }


def draft_of(
    file: Path | BinaryIO,
    *,
    layout: str,
    organisation: Organisation | None,
    authorities: frozenset[int] | None,
    today: dt.date,
    year: int | None = None,
    sheet: str = "",
    name: str = "",
    progress: Progress | None = None,
) -> Draft:
    """Reads the whole file; what it holds stands in the table `arriving`. Needs a transaction.

    Raises `FileUnreadable`.
    """
    laid_out = LAYOUTS[layout]
    with open_sheet(file, name, sheet) as opened:
        matching = Matching(laid_out.is_public, authorities)
        draft = Draft(laid_out, opened.table.raw.name, today, matching)
        draft.sha256, draft.header = opened.sha256, opened.header
        convert = _reader(opened, laid_out, organisation, today, year)
        rows = _placed(draft, rows_of(opened, convert), opened, progress)
        draft.n_arrived = staging.arrive(rows)
        draft.n_read, draft.notices = opened.n_read, opened.notices
    draft.rejections += matching.rejections
    _refuse_computed(draft)
    draft.rejections.sort(key=lambda rejection: rejection.line)
    check_bearable(draft.rejections, draft.file_name)
    _note_schools(draft)
    return draft


def _reader(
    sheet: Sheet,
    layout: Layout,
    organisation: Organisation | None,
    today: dt.date,
    year: int | None,
) -> LongReader | WideReader:
    organisations = [organisation] if organisation else []
    measures = _measures([] if layout.is_public else organisations)
    groups = _groups(organisations)
    if layout.code == LONG:
        return LongReader(sheet, measures, groups, today, year)
    return WideReader(sheet, layout, measures, groups, today, year)


def _measures(organisations: list[Organisation]) -> Measures:
    """By code; an organisation's own goes before one that ships with the same code."""
    rows = Measure.objects.filter(of_organisations(organisations))
    found: dict[str, tuple[int, Allowed]] = {}
    for row in rows.order_by(F("organisation").asc(nulls_last=True)):
        found.setdefault(row.code.casefold(), (row.pk, allowed_by(row)))
    return found


def _groups(organisations: list[Organisation]) -> dict[str, str]:
    held = of_organisations(organisations)
    return {
        fold(word): row.code
        for row in Breakdown.objects.filter(held)
        for word in (row.code, row.name, row.name_cy)
        if word
    }


def _placed(
    draft: Draft,
    rows: Iterator[FigureRow | Rejection],
    sheet: Sheet,
    progress: Progress | None,
) -> Iterator[Placed]:
    matching = draft.matching
    for row in rows:
        if isinstance(row, Rejection):
            draft.rejections.append(row)
            check_bearable(draft.rejections, draft.file_name)
        elif (placed := matching.place(row)) is not None:
            yield placed
        if progress and sheet.n_read % EVERY == 0:
            progress(sheet.table.raw.position, sheet.table.raw.size)
    yield from matching.place_waiting()


def _refuse_computed(draft: Draft) -> None:
    lines = staging.lines_of_computed()
    if not lines:
        return
    draft.n_arrived -= staging.forget_lines(lines)
    reason = Message(N_("A figure of this row is worked out here from other facts."))
    step = Message(N_("Leave the row out, and correct the facts that the figure comes from."))
    draft.rejections += [Rejection(line, "", "", reason, step) for line in lines]


def _note_schools(draft: Draft) -> None:
    matching = draft.matching
    told = (
        (
            N_("Rows about schools that the register does not hold were left out: %(n)s."),
            matching.unmatched.total() if draft.layout.is_public else 0,
        ),
        (
            N_("Schools whose figures are kept on the school that came after: %(n)s."),
            len(matching.chained),
        ),
        (
            N_("Rows about schools of other authorities were left out: %(n)s."),
            matching.n_elsewhere,
        ),
    )
    draft.notices += [Notice(0, Message(text, {"n": n})) for text, n in told if n]
