"""What is held already, as plain values, against which a spreadsheet of clusters is read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from clusterwork.clusters.rules import spans

Who = tuple[str, int | str, str]
"""A member: ("school", id, "") or ("partner", kind, folded name)."""


class Span(spans.Span):
    """A period [start, end); an open end is None."""

    __slots__ = ()

    def holds(self, day: date) -> bool:
        """Whether the day lies in it."""
        return self.start <= day < self.last

    def overlaps(self, other: spans.Span) -> bool:
        """Whether both hold on some day."""
        return spans.overlap(self, other)

    def within(self, other: spans.Span) -> bool:
        """Whether no day of it lies outside the other."""
        return spans.within(self, other)

    def both(self, other: spans.Span) -> Span | None:
        """The days on which both hold, or None."""
        if not self.overlaps(other):
            return None
        ends = [end for end in (self.end, other.end) if end]
        return Span(max(self.start, other.start), min(ends, default=None))


@dataclass(frozen=True, slots=True)
class HeldCluster:
    """A cluster as held."""

    id: int
    organisation_id: int
    code: str
    working_name: str
    name: str
    name_cy: str
    status: str
    span: Span


@dataclass(frozen=True, slots=True)
class HeldMembership:
    """A membership as held."""

    id: int
    who: Who
    label: str
    part: str
    contributes: str
    contributes_because: str
    reason: str
    memorandum_signed_on: date | None
    span: Span


@dataclass(frozen=True, slots=True)
class HeldAppointment:
    """An appointment as held."""

    id: int
    role: str
    name: str
    email: str
    school_id: int | None
    strand: str
    span: Span


@dataclass(frozen=True, slots=True)
class KnownProgramme:
    """A programme of one of the organisations."""

    id: int
    organisation_id: int
    names: tuple[str, ...]
    span: Span
    one_cluster_a_school: bool


@dataclass(frozen=True, slots=True)
class KnownSchool:
    """A school of the register; `successor` is what came after a closed one, if that is known."""

    id: int
    numbers: tuple[str, ...]
    names: tuple[str, ...]
    is_closed: bool
    closed_on: date | None
    successor: str = ""

    @property
    def label(self) -> str:
        """Its name with its number."""
        return f"{self.names[0]} ({self.numbers[0]})" if self.numbers else self.names[0]

    def is_open_on(self, day: date | None) -> bool:
        """Whether it was still open; an open school is open on any day."""
        if not self.is_closed:
            return True
        return bool(day and self.closed_on and day < self.closed_on)


@dataclass(slots=True)
class Held:
    """All that is held of the organisations' clusters, by cluster id where it is a cluster's."""

    clusters: Sequence[HeldCluster] = ()
    memberships: Mapping[int, Sequence[HeldMembership]] = field(default_factory=dict)
    appointments: Mapping[int, Sequence[HeldAppointment]] = field(default_factory=dict)
    participations: Mapping[int, Sequence[tuple[int, Span]]] = field(default_factory=dict)
    places: Mapping[tuple[int, int], Sequence[tuple[int, Span, str]]] = field(default_factory=dict)
    programmes: Sequence[KnownProgramme] = ()
    heads: Mapping[int, Sequence[tuple[str, Span]]] = field(default_factory=dict)
