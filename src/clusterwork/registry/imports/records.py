"""The plain records that the readers hand up, and the rows that they refuse."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from clusterwork.kernel.messages import Message

Value = str | int | float | bool | date | None


@dataclass(frozen=True, slots=True)
class Rejection:
    """A row that can't be taken: physical line of the file (the first is 1), where, why, what next.

    `fields` is the row as it stands in the file.
    """

    line: int
    column: str
    value: str
    reason: Message
    next_step: Message
    fields: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Notice:
    """Something odd in the file that was put up with; line 0 means the file as a whole."""

    line: int
    text: Message


@dataclass(frozen=True, slots=True)
class GradeRecord:
    """A grade on a scale on a day, by the words of the source."""

    scale: str
    grade: str
    on: date


@dataclass(frozen=True, slots=True)
class GroupRecord:
    """A grouping as a source names it; `identifier` is empty where the source gives none."""

    kind: str
    name: str
    identifier: str = ""


@dataclass(frozen=True, slots=True)
class AuthorityRecord:
    """The authority that a row stands in."""

    code: str
    name: str
    gss_code: str
    country: str
    name_cy: str = ""


@dataclass(frozen=True, slots=True)
class SchoolRecord:
    """One school of a register file.

    `values` holds only the fields of `School` whose columns the file has, so that a file with
    few columns leaves the others alone. `censuses` is by year; `groups` is by kind, and a kind
    that is present with no group says that the school is in none.
    """

    line: int
    authority: AuthorityRecord
    values: Mapping[str, Value]
    censuses: Mapping[int, Mapping[str, int | float]] = field(default_factory=dict)
    grades: tuple[GradeRecord, ...] = ()
    groups: Mapping[str, tuple[GroupRecord, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class LinkRecord:
    """What the school `other_number` is to the school `number`."""

    line: int
    number: str
    other_number: str
    other_name: str
    kind: str
    link_type: str
    on: date | None


@dataclass(frozen=True, slots=True)
class PartnershipRecord:
    """A trust, federation or sponsor of the list of groups."""

    line: int
    kind: str
    kind_name: str
    name: str
    identifier: str
    opened_on: date | None
    closed_on: date | None


@dataclass(frozen=True, slots=True)
class MemberRecord:
    """One school in one group from a day that may be unknown until a day that may be open."""

    line: int
    number: str
    partnership: PartnershipRecord
    start_on: date | None
    end_on: date | None


@dataclass(frozen=True, slots=True)
class CensusRecord:
    """A school's figures of one year; `year` is the end of the academic year."""

    line: int
    number: str
    year: int
    figures: Mapping[str, int | float]


@dataclass(frozen=True, slots=True)
class AssessmentRecord:
    """A grade that a school was given."""

    line: int
    number: str
    grade: GradeRecord


@dataclass(frozen=True, slots=True)
class FlowRecord:
    """Pupils who moved on from one school to another in a year."""

    line: int
    from_number: str
    to_number: str
    year: int
    pupils: int
