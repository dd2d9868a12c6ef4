"""Reads the spreadsheet of clusters, CSV or workbook, into records and rejections."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

from clusterwork.clusters.imports import words
from clusterwork.clusters.imports.columns import not_read, places_of
from clusterwork.clusters.imports.records import ClusterFacts, Named, Record
from clusterwork.kernel.messages import N_, Message
from clusterwork.registry.imports import kinds, workbook
from clusterwork.registry.imports.cells import Cells, RowRefused
from clusterwork.registry.imports.raw import FileUnreadable
from clusterwork.registry.imports.records import Notice, Rejection
from clusterwork.registry.imports.rejected import ADDED
from clusterwork.registry.imports.table import Row, Table, WrongHeader

MOST_ROWS = 20_000
OF_A_SCHOOL = ("part", "lead", "contributes", "why", "from", "until", "left_because", "chair")


class TooManyRows(FileUnreadable):
    """More rows than one spreadsheet of clusters has."""

    def __init__(self) -> None:
        super().__init__(
            Message(N_("The file has more rows than can be taken at once.")),
            why=Message(N_("Rows at most: %(most)s."), {"most": MOST_ROWS}),
            next_step=Message(N_("Divide it into several files, each cluster in one of them.")),
        )


@dataclass(slots=True)
class Sheet:
    """The file as read once: its rows with their lines, and what was put up with."""

    name: str
    sha256: str
    header: tuple[str, ...]
    rows: list[Row] = field(default_factory=list)
    rejections: list[Rejection] = field(default_factory=list)
    notices: list[Notice] = field(default_factory=list)

    @property
    def n_read(self) -> int:
        """Rows with anything in them."""
        return len(self.rows) + len(self.rejections)

    def heading(self, column: str) -> str:
        """What the file itself calls one of our columns."""
        places = places_of(self.header).get(column)
        return self.header[places[0]] if places else column


def open_sheet(source: Path | BinaryIO, name: str = "", sheet: str = "") -> Sheet:
    """The whole file; raises `FileUnreadable`. A row without a cluster takes that of the one above.

    `sheet` names a sheet of a workbook; a CSV file has none.
    """
    file = workbook.opened(source)
    try:
        name = name or (source.name if isinstance(source, Path) else "")
        sha256 = hashlib.file_digest(file, "sha256").hexdigest()  # type: ignore[arg-type,unused-ignore]
        is_book = workbook.is_workbook(file)
        table = Table(workbook.as_csv(file, name, sheet) if is_book else file, name)
        return _filled_down(_collected(table, sha256))
    finally:
        if isinstance(source, Path):
            file.close()


def _collected(table: Table, sha256: str) -> Sheet:
    header = table.header[: -len(ADDED)] if table.header[-len(ADDED) :] == ADDED else table.header
    places = places_of(header)
    if "cluster" not in places or not {"school", "school_number"} & set(places):
        missing = [name for name in ("cluster", "school_number") if name not in places]
        raise WrongHeader(missing, kinds.looks_like(table, but_not="clusters"))
    sheet = Sheet(table.raw.name, sha256, header)
    for row in table:
        if sheet.n_read >= MOST_ROWS:
            raise TooManyRows
        if isinstance(row, Rejection):
            sheet.rejections.append(row)
        else:
            sheet.rows.append(Row(row.line, row.fields[: len(header)]))
    sheet.notices += table.notices
    if unknown := not_read(header):
        text = N_("Columns that are not known were not read: %(columns)s.")
        sheet.notices.append(Notice(0, Message(text, {"columns": ", ".join(unknown)})))
    return sheet


def _filled_down(sheet: Sheet) -> Sheet:
    """Spreadsheets often name the cluster on the first of its rows only."""
    place, last, filled = places_of(sheet.header)["cluster"][0], "", []
    for at, row in enumerate(sheet.rows):
        if row.fields[place].strip():
            last = row.fields[place]
        elif last:
            fields = (*row.fields[:place], last, *row.fields[place + 1 :])
            sheet.rows[at] = Row(row.line, fields)
            filled.append(row.line)
    if filled:
        text = N_("Rows without a cluster were taken to belong to the one above them: %(n)s.")
        sheet.notices.append(Notice(filled[0], Message(text, {"n": len(filled)})))
    return sheet


def read(sheet: Sheet) -> Iterator[Record | Rejection]:
    """One record a row; what can't be read is refused under the file's own heading."""
    places = places_of(sheet.header)
    for row in sheet.rows:
        try:
            yield _record(Line(places, row))
        except RowRefused as refusal:
            refusal.column = sheet.heading(refusal.column)
            yield refusal.rejection(row)


class Line(Cells):
    """A row by our names of its columns; of several for one the first that says something."""

    __slots__ = ("_several",)

    def __init__(self, places: Mapping[str, Sequence[int]], row: Row) -> None:
        self.row, self._several = row, places

    def raw(self, column: str) -> str:
        """The field as it stands, without spaces around it."""
        found = (self.row.fields[place].strip() for place in self._several.get(column, ()))
        return next(filter(None, found), "")


def _record(cells: Line) -> Record:
    record = Record(
        line=cells.row.line,
        fields=cells.row.fields,
        cluster=_cluster(cells),
        number=cells.text("school_number", 20),
        school=cells.text("school", 200),
        partner_kind=_word(cells, "partner_kind", words.PARTNER_KINDS),
        part=_part(cells),
        contributes=cells.text("contributes", 500),
        because=cells.text("why", 500),
        start_on=cells.day("from"),
        end_on=cells.day("until"),
        reason=cells.text("left_because", 500),
        signed_on=cells.day("memorandum_signed"),
        chair=_named(cells, "chair", dated=True),
        coordinator=_named(cells, "coordinator"),
        adviser=_named(cells, "link_adviser"),
        role=_word(cells, "role", words.ROLES),
        person=cells.text("person", 150),
        email=_email(cells, "email"),
        strand=cells.text("strand", 150),
    )
    _check(cells, record)
    return record


def _cluster(cells: Line) -> ClusterFacts:
    return ClusterFacts(
        name=cells.needed("cluster"),
        name_cy=cells.text("cluster_cy", 200),
        code=cells.text("code", 40),
        organisation=cells.text("organisation", 200),
        start_on=cells.day("cluster_from"),
        end_on=cells.day("cluster_until"),
        status=_word(cells, "status", words.STATUSES),
        programmes=tuple(
            part.strip() for part in cells.text("programme", 900).split(";") if part.strip()
        ),
    )


def _word(cells: Line, column: str, known: Mapping[str, tuple[str, ...]]) -> str:
    text = cells.text(column, 80)
    if not text:
        return ""
    if value := words.meaning(text, known):
        return value
    raise cells.refuse(
        column,
        N_("This word is not known here. Known are: %(known)s."),
        N_("Write one of the known words."),
        known=", ".join(known),
    )


def _part(cells: Line) -> str:
    part, lead = _word(cells, "part", words.PARTS), cells.raw("lead")
    if words.is_no(lead):
        return part
    if not words.is_yes(lead):
        raise cells.refuse(
            "lead",
            N_("This is neither a tick nor empty."),
            N_("Write yes where the school leads the cluster; leave the cell empty otherwise."),
        )
    if part in ("", "core", "lead"):
        return "lead"
    raise cells.refuse(
        "lead",
        N_("The school is ticked as the lead, and its part is another."),
        N_("Take away the tick, or write lead as its part."),
    )


def _named(cells: Line, column: str, *, dated: bool = False) -> Named | None:
    text = cells.raw(column)
    if words.is_no(text):
        return None
    ticked = words.is_yes(text)
    if ticked and not dated:
        raise cells.refuse(
            column, N_("This is a tick, where a name is needed."), N_("Write the person's name.")
        )
    return Named(
        name="" if ticked else cells.text(column, 150),
        email=_email(cells, f"{column}_email"),
        start_on=cells.day(f"{column}_from") if dated else None,
        end_on=cells.day(f"{column}_until") if dated else None,
    )


def _email(cells: Line, column: str) -> str:
    text = cells.text(column, 254)
    before, at, after = text.partition("@")
    if text and (not before or not at or "." not in after or " " in text):
        raise cells.refuse(column, N_("This is not an e-mail address."), N_("Correct it."))
    return text


def _check(cells: Line, record: Record) -> None:
    _check_period(cells, "from", "until")
    _check_period(cells, "cluster_from", "cluster_until")
    _check_period(cells, "chair_from", "chair_until")
    if record.role:
        if not record.person:
            raise cells.refuse(
                "person", N_("The row has a role and nobody in it."), N_("Write the person's name.")
            )
        return
    if record.person:
        raise cells.refuse(
            "role",
            N_("The row names a person and does not say in which role."),
            N_("Write the role, for example: coordinator."),
        )
    if not record.is_membership and any(cells.raw(column) for column in OF_A_SCHOOL):
        raise cells.refuse(
            "school_number",
            N_("The row names no school."),
            N_("Write the school's number, or its name as the register has it."),
        )
    if record.part == "contributing" and not record.contributes:
        raise cells.refuse(
            "contributes",
            N_("A contributing school needs to say what it contributes."),
            N_("Write what it contributes, or choose another part."),
        )
    _check_partner(cells, record)


def _check_partner(cells: Line, record: Record) -> None:
    if record.part == "partner" and not record.partner_kind:
        raise cells.refuse(
            "partner_kind",
            N_("A partner needs its kind. Known are: %(known)s."),
            N_("Write the kind of partner, or choose another part for a school."),
            known=", ".join(words.PARTNER_KINDS),
        )
    if record.partner_kind and record.part not in ("", "partner"):
        raise cells.refuse(
            "part",
            N_("A partner is not a school, and has no other part than: partner."),
            N_("Leave the part empty, or take away the kind of partner."),
        )
    if record.partner_kind and not record.school:
        raise cells.refuse(
            "school", N_("The partner has no name."), N_("Write its name in this column.")
        )


def _check_period(cells: Line, start: str, end: str) -> None:
    start_on, end_on = cells.day(start), cells.day(end)
    if start_on and end_on and end_on <= start_on:
        raise cells.refuse(
            end,
            N_("The end must come after the start, which is %(start)s."),
            N_("Correct one of the dates. The end is the first day after."),
            start=start_on.isoformat(),
        )
