"""Reading the CSV files of a formation; every wrong value is told by line, column and value."""

from __future__ import annotations

import csv
import gzip
import io
import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from clusterwork.formation.instance import Flow, Link, Locks, School
from clusterwork.kernel.errors import Problem
from clusterwork.kernel.messages import N_, Message

T = TypeVar("T")
Row = Mapping[str, str]


class BadTable(Problem):
    """A file that cannot be used. `line` counts from 1 with the header; None: the whole file."""

    def __init__(
        self,
        file: str,
        why: Message,
        next_step: Message,
        *,
        line: int | None = None,
        column: str | None = None,
        value: str | None = None,
    ) -> None:
        self.file, self.line, self.column, self.value = file, line, column, value
        what = Message(N_("The file cannot be used. File: %(file)s."), {"file": file})
        if line is not None:
            what = Message(
                N_(
                    "The file cannot be used. File: %(file)s. Line: %(line)s. "
                    "Column: %(column)s. Value: %(value)s."
                ),
                {
                    "file": file,
                    "line": line,
                    "column": column or "-",
                    "value": f'"{value}"' if value is not None else "-",
                },
            )
        super().__init__(what, why=why, next_step=next_step)


@dataclass(frozen=True)
class Table:
    """The rows of one CSV file with their line numbers; column names in small letters."""

    file: str
    columns: tuple[str, ...]
    rows: tuple[tuple[int, Row], ...]

    def bad(self, line: int, column: str, value: str, why: Message, next_step: Message) -> BadTable:
        """The error for one value."""
        return BadTable(self.file, why, next_step, line=line, column=column, value=value)


def _text(file: str, data: bytes) -> str:
    if data[:2] == b"\x1f\x8b":
        try:
            data = gzip.decompress(data)
        except (OSError, EOFError) as error:
            raise BadTable(
                file,
                Message(N_("It is a gzip file that is cut short or damaged.")),
                Message(N_("Download it again.")),
            ) from error
    for encoding in ("utf-8-sig", "cp1252"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise BadTable(
        file,
        Message(N_("Its text is neither UTF-8 nor Windows-1252.")),
        Message(N_("Save it as CSV in UTF-8.")),
    )


def parse_table(file: str, data: bytes, needed: Sequence[str]) -> Table:
    """The table in `data` (CSV, plain or gzip, UTF-8 or Windows-1252), which has to have the
    columns `needed`, in any order and with any others. Blank lines are passed over."""
    reader = csv.reader(io.StringIO(_text(file, data), newline=""))
    try:
        header = tuple(name.strip().casefold() for name in next(reader, []))
        check_header(file, header, needed)
        rows = []
        for cells in reader:
            if not any(cell.strip() for cell in cells):
                continue
            if len(cells) != len(header):
                raise _ragged(file, reader.line_num, header, cells)
            rows.append(
                (
                    reader.line_num,
                    {n: c.strip() for n, c in zip(header, cells, strict=True)},
                )
            )
    except csv.Error as error:
        raise BadTable(
            file,
            Message(N_("It is not a CSV file that can be read.")),
            Message(N_("Save it as CSV with commas.")),
            line=reader.line_num,
            column="-",
            value=str(error),
        ) from error
    return Table(file, header, tuple(rows))


def _ragged(file: str, line: int, header: tuple[str, ...], cells: list[str]) -> BadTable:
    return BadTable(
        file,
        Message(
            N_("The line has %(n)s values, but the header has %(wanted)s columns."),
            {"n": len(cells), "wanted": len(header)},
        ),
        Message(N_("Put values with commas in quotation marks, or fill in what is missing.")),
        line=line,
        column=header[min(len(cells), len(header)) - 1],
        value=cells[-1],
    )


def check_header(file: str, header: tuple[str, ...], needed: Sequence[str]) -> None:
    """Raises `BadTable` where a column that is needed is absent or stands there twice."""
    missing = [name for name in needed if name not in header]
    if missing:
        raise BadTable(
            file,
            Message(
                N_("Columns are missing: %(missing)s. The first line has: %(found)s."),
                {"missing": ", ".join(missing), "found": ", ".join(header) or "-"},
            ),
            Message(
                N_("Name the columns in the first line: %(needed)s."), {"needed": ",".join(needed)}
            ),
            line=1,
            column=missing[0],
            value="",
        )
    doubled = [name for name in needed if header.count(name) > 1]
    if doubled:
        raise BadTable(
            file,
            Message(N_("A column stands there twice.")),
            Message(N_("Keep one of them.")),
            line=1,
            column=doubled[0],
            value=doubled[0],
        )


def bytes_of(path: Path) -> bytes:
    """What is in a file; raises `BadTable` where it cannot be opened."""
    try:
        return path.read_bytes()
    except OSError as error:
        raise BadTable(
            str(path),
            Message(N_("It cannot be opened: %(reason)s."), {"reason": error.strerror or "-"}),
            Message(N_("Check the name and the folder.")),
        ) from error


def read_table(path: Path, needed: Sequence[str]) -> Table:
    """`parse_table` of a file."""
    return parse_table(str(path), bytes_of(path), needed)


def _float(
    table: Table, line: int, row: Row, column: str, *, low: float, high: float = math.inf
) -> float:
    try:
        number = float(row[column])
    except ValueError:
        number = math.nan
    if math.isfinite(number) and low <= number <= high:
        return number
    if math.isinf(high):
        why = Message(N_("It has to be a number of %(low)s or more."), {"low": _figure(low)})
    else:
        why = Message(
            N_("It has to be a number from %(low)s to %(high)s."),
            {"low": _figure(low), "high": _figure(high)},
        )
    raise table.bad(line, column, row[column], why, Message(N_("Correct the value.")))


def _figure(number: float) -> str:
    """A limit in full: 5,000,000 and 0.5."""
    return f"{number:,.0f}" if number == int(number) else f"{number:g}"


def _maybe(
    read: Callable[..., T], table: Table, line: int, row: Row, column: str, **how: float
) -> T | None:
    return read(table, line, row, column, **how) if row.get(column, "") else None


GRID_LIMIT = 5_000_000.0
TRUE, FALSE = ("1", "true", "yes", "y"), ("0", "false", "no", "n", "")


def _flag(table: Table, line: int, row: Row, column: str) -> bool:
    value = row[column].casefold()
    if value in TRUE or value in FALSE:
        return value in TRUE
    raise table.bad(
        line,
        column,
        row[column],
        Message(N_("It has to be 1 or 0.")),
        Message(N_("Write 1 for a school that can contribute to others, else 0.")),
    )


def _id(table: Table, line: int, row: Row, column: str = "id") -> str:
    if row[column]:
        return row[column]
    raise table.bad(
        line,
        column,
        "",
        Message(N_("The identifier is empty.")),
        Message(N_("Give each school its number.")),
    )


SCHOOL_COLUMNS = ("id", "name", "easting", "northing", "phase", "pupils", "fsm_share", "strong")


def read_schools(table: Table) -> tuple[School, ...]:
    """Schools of a SCHOOLS.csv; `pupils` and `fsm_share` may be empty; `authority`, `medium`,
    `faith` and `support` are read where there are such columns."""
    schools: list[School] = []
    seen: dict[str, int] = {}
    for line, row in table.rows:
        number = _id(table, line, row)
        if number in seen:
            raise table.bad(
                line,
                "id",
                number,
                Message(N_("The same school stands on line %(line)s."), {"line": seen[number]}),
                Message(N_("Take one of the two lines out.")),
            )
        seen[number] = line
        schools.append(
            School(
                id=number,
                name=row["name"] or number,
                easting=_float(table, line, row, "easting", low=-GRID_LIMIT, high=GRID_LIMIT),
                northing=_float(table, line, row, "northing", low=-GRID_LIMIT, high=GRID_LIMIT),
                phase=row["phase"],
                pupils=_maybe(_float, table, line, row, "pupils", low=0),
                fsm_share=_maybe(_float, table, line, row, "fsm_share", low=0, high=1),
                strong=_flag(table, line, row, "strong"),
                authority=row.get("authority", ""),
                medium=row.get("medium", ""),
                faith=row.get("faith", ""),
                support=_maybe(_float, table, line, row, "support", low=0),
            )
        )
    return tuple(schools)


def _known(table: Table, line: int, row: Row, column: str, known: frozenset[str]) -> str:
    number = _id(table, line, row, column)
    if number in known:
        return number
    raise table.bad(
        line,
        column,
        number,
        Message(N_("No school with this identifier stands in the file of schools.")),
        Message(N_("Correct the identifier, add the school, or take the line out.")),
    )


def _pairs(
    table: Table, known: frozenset[str], column: str
) -> Iterator[tuple[int, str, str, float]]:
    for line, row in table.rows:
        origin = _known(table, line, row, "from", known)
        target = _known(table, line, row, "to", known)
        yield line, origin, target, _float(table, line, row, column, low=0)


def read_minutes(table: Table, known: frozenset[str]) -> dict[tuple[str, str], float]:
    """A travel matrix `from,to,minutes`; a pair twice is an error unless the minutes agree."""
    minutes: dict[tuple[str, str], float] = {}
    for line, origin, target, value in _pairs(table, known, "minutes"):
        if minutes.get((origin, target), value) != value:
            raise table.bad(
                line,
                "minutes",
                f"{value:g}",
                Message(
                    N_("The same journey stands there before with other minutes: %(minutes)s."),
                    {"minutes": f"{minutes[origin, target]:g}"},
                ),
                Message(N_("Keep one of the two lines.")),
            )
        minutes[origin, target] = value
    return minutes


def read_flows(table: Table, known: frozenset[str]) -> tuple[Flow, ...]:
    """Flows `from,to,pupils`."""
    return tuple(Flow(a, b, value) for _, a, b, value in _pairs(table, known, "pupils"))


def read_links(table: Table, known: frozenset[str]) -> tuple[Link, ...]:
    """Partnerships `from,to,weight`."""
    return tuple(Link(a, b, value) for _, a, b, value in _pairs(table, known, "weight"))


def read_current(table: Table, known: frozenset[str]) -> dict[str, str]:
    """Present clusters `cluster,id`: school id to label; a school in two is an error."""
    current: dict[str, str] = {}
    for line, row in table.rows:
        school = _known(table, line, row, "id", known)
        label = row["cluster"]
        if not label or current.get(school, label) != label:
            why = (
                Message(N_("The school stands in another cluster above."))
                if label
                else Message(N_("The cluster has no name."))
            )
            raise table.bad(
                line, "cluster", label, why, Message(N_("Name one cluster for each school."))
            )
        current[school] = label
    return current


LOCK_KINDS = ("together", "apart", "fixed")


def read_locks(table: Table, known: frozenset[str], current: Mapping[str, str]) -> Locks:
    """Locks `kind,id,other`: together and apart name two schools; fixed a school and the label
    of a present cluster, or the id of the school that is its hub."""
    pairs: dict[str, list[tuple[str, str]]] = {"together": [], "apart": []}
    fixed: dict[str, str] = {}
    for line, row in table.rows:
        kind = row["kind"].casefold()
        if kind not in LOCK_KINDS:
            raise table.bad(
                line,
                "kind",
                row["kind"],
                Message(N_("It is not a kind of lock.")),
                Message(N_("Write one of: %(kinds)s."), {"kinds": ", ".join(LOCK_KINDS)}),
            )
        school = _known(table, line, row, "id", known)
        if kind == "fixed":
            fixed[school] = _fixed_place(table, line, row, school, known, current, fixed)
            continue
        other = _known(table, line, row, "other", known)
        if other == school:
            raise table.bad(
                line,
                "other",
                other,
                Message(N_("A lock needs two different schools.")),
                Message(N_("Name the other school, or take the line out.")),
            )
        pairs[kind].append((school, other))
    return Locks(tuple(pairs["together"]), tuple(pairs["apart"]), fixed)


def _fixed_place(
    table: Table,
    line: int,
    row: Row,
    school: str,
    known: frozenset[str],
    current: Mapping[str, str],
    fixed: Mapping[str, str],
) -> str:
    place = row["other"]
    if place not in set(current.values()) and place not in known:
        raise table.bad(
            line,
            "other",
            place,
            Message(N_("It is neither the name of a present cluster nor a school's identifier.")),
            Message(N_("Give the file of present clusters too, or name the hub's school.")),
        )
    if fixed.get(school, place) != place:
        raise table.bad(
            line,
            "other",
            place,
            Message(N_("The same school is fixed to another place above.")),
            Message(N_("Keep one of the two lines.")),
        )
    return place
