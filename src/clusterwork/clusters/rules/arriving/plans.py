"""What is to become of each cluster, member and office-holder; decides nothing by itself."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from clusterwork.clusters.imports.records import Record
from clusterwork.clusters.rules.arriving.held import (
    HeldAppointment,
    HeldCluster,
    HeldMembership,
    KnownProgramme,
    KnownSchool,
    Span,
    Who,
)
from clusterwork.kernel.messages import Message
from clusterwork.registry.imports.cells import RowRefused
from clusterwork.registry.imports.records import Notice, Rejection

Difference = tuple[str, str, str]


def refused(
    column: str, value: object, reason: str, next_step: str, **params: object
) -> RowRefused:
    """The error to raise for this column of the row; `params` fill both sentences."""
    told = {name: _told(each) for name, each in params.items()}
    return RowRefused(column, _told(value), Message(reason, told), Message(next_step, told))


def _told(value: object) -> str:
    return value.isoformat() if isinstance(value, date) else "" if value is None else str(value)


@dataclass(slots=True, eq=False)
class ClusterPlan:
    """A cluster that the file names, held or new, with what its rows say of it."""

    organisation_id: int
    name: str
    held: HeldCluster | None
    line: int
    name_cy: str = ""
    code: str = ""
    status: str = ""
    start_on: date | None = None
    end_on: date | None = None
    programmes: dict[int, tuple[KnownProgramme, int]] = field(default_factory=dict)
    said: dict[str, tuple[object, int]] = field(default_factory=dict)
    id: int = 0

    @property
    def span(self) -> Span:
        """Its life: as the file says, else as held."""
        start = self.start_on or (self.held.span.start if self.held else None)
        if start is None:
            raise ValueError(self.name)
        return Span(start, self.end_on or (self.held.span.end if self.held else None))


@dataclass(slots=True, eq=False)
class Stay:
    """A membership as the file has it; where it is silent, as held."""

    plan: ClusterPlan
    record: Record
    who: Who
    label: str
    school: KnownSchool | None
    partner: tuple[str, str] | None
    span: Span
    part: str
    held: HeldMembership | None = None

    def values(self) -> dict[str, Any]:
        """The membership's fields."""
        record, held = self.record, self.held
        return {
            "part": self.part,
            "contributes": record.contributes or (held.contributes if held else ""),
            "contributes_because": record.because or (held.contributes_because if held else ""),
            "start_on": self.span.start,
            "end_on": self.span.end,
            "reason": record.reason or (held.reason if held else ""),
            "memorandum_signed_on": record.signed_on
            or (held.memorandum_signed_on if held else None),
        }


@dataclass(slots=True, eq=False)
class Office:
    """Somebody in a role as the file has it; `columns` name the cell that says so."""

    plan: ClusterPlan
    records: list[Record]
    role: str
    name: str
    email: str
    school: KnownSchool | None
    strand: str
    span: Span
    column: str
    start_said: bool = False
    end_said: bool = False
    reason: str = ""
    held: HeldAppointment | None = None
    within: Span | None = None


@dataclass(slots=True, eq=False)
class Step:
    """One thing that loading the file would do, with the plan of which it is a part."""

    happening: str
    line: int
    cluster: str
    subject: str
    differences: list[Difference]
    is_past: bool
    of: ClusterPlan | Stay | Office | tuple[ClusterPlan, KnownProgramme, Span]

    def shown(self) -> dict[str, Any]:
        """As it is kept for the page and compared before it is done."""
        return {
            "happening": self.happening,
            "line": self.line,
            "cluster": self.cluster,
            "subject": self.subject,
            "differences": [list(each) for each in self.differences],
            "is_past": self.is_past,
        }


@dataclass(slots=True)
class Draft:
    """One reading of one file against what is held; nothing of it is written yet."""

    file_name: str
    as_at: date
    sha256: str = ""
    header: tuple[str, ...] = ()
    n_read: int = 0
    n_unchanged: int = 0
    steps: list[Step] = field(default_factory=list)
    rejections: list[Rejection] = field(default_factory=list)
    notices: list[Notice] = field(default_factory=list)
    heading: Callable[[str], str] = str
    source: str = "clusters"
    complete: bool = False

    def refuse(self, record: Record, refusal: RowRefused) -> None:
        """Takes the row's refusal down under the file's own heading."""
        refusal.column = self.heading(refusal.column)
        self.rejections.append(
            Rejection(
                record.line,
                refusal.column,
                refusal.value,
                refusal.reason,
                refusal.next_step,
                record.fields,
            )
        )

    @property
    def n_past(self) -> int:
        """Steps by which days that are past would read otherwise."""
        return sum(step.is_past for step in self.steps)

    def n(self, *happenings: str) -> int:
        """Steps of these kinds."""
        return sum(step.happening in happenings for step in self.steps)

    @property
    def told(self) -> dict[str, int]:
        """The counts by what happens to what."""
        return {
            "clusters_new": self.n(CLUSTER_NEW),
            "clusters_changed": self.n(CLUSTER_CHANGED),
            "memberships_new": self.n(MEMBER_NEW),
            "memberships_changed": self.n(MEMBER_CHANGED),
            "memberships_ended": self.n(MEMBER_ENDED),
            "memberships_unchanged": self.n_unchanged,
            "appointments_new": self.n(OFFICE_NEW),
            "appointments_changed": self.n(OFFICE_CHANGED),
            "participations_new": self.n(PROGRAMME_NEW),
            "past_changes": self.n_past,
        }

    @property
    def counts(self) -> dict[str, int]:
        """The counts that every import keeps."""
        return {
            "read": self.n_read,
            "new": self.n(CLUSTER_NEW, MEMBER_NEW, OFFICE_NEW, PROGRAMME_NEW),
            "changed": self.n(CLUSTER_CHANGED, MEMBER_CHANGED, OFFICE_CHANGED),
            "unchanged": self.n_unchanged,
            "closed": self.n(MEMBER_ENDED),
            "reopened": 0,
            "rejected": len(self.rejections),
        }


CLUSTER_NEW, CLUSTER_CHANGED = "cluster_new", "cluster_changed"
MEMBER_NEW, MEMBER_CHANGED, MEMBER_ENDED = "member_new", "member_changed", "member_ended"
OFFICE_NEW, OFFICE_CHANGED = "office_new", "office_changed"
PROGRAMME_NEW = "programme_new"
