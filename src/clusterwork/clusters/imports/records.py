"""What a row of the spreadsheet of clusters says; an empty cell says nothing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class ClusterFacts:
    """What a row says of its cluster."""

    name: str
    name_cy: str = ""
    code: str = ""
    organisation: str = ""
    start_on: date | None = None
    end_on: date | None = None
    status: str = ""
    programmes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Named:
    """Somebody named in a column; an empty name is a tick."""

    name: str
    email: str = ""
    start_on: date | None = None
    end_on: date | None = None


@dataclass(frozen=True, slots=True)
class Record:
    """One row: a membership, somebody in a role (`role`), or only facts of a cluster."""

    line: int
    fields: tuple[str, ...]
    cluster: ClusterFacts
    number: str = ""
    school: str = ""
    partner_kind: str = ""
    part: str = ""
    contributes: str = ""
    because: str = ""
    start_on: date | None = None
    end_on: date | None = None
    reason: str = ""
    signed_on: date | None = None
    chair: Named | None = None
    coordinator: Named | None = None
    adviser: Named | None = None
    role: str = ""
    person: str = ""
    email: str = ""
    strand: str = ""

    @property
    def is_membership(self) -> bool:
        """Whether the row says that a school or partner is in the cluster."""
        return not self.role and bool(self.number or self.school)
