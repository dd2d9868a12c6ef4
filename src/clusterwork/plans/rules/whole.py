"""A whole plan as plain values, with the names of all that it points to; knows no database."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from clusterwork.plans.rules.parts import (
    ActionPart,
    BudgetLinePart,
    DefinitionPart,
    MilestonePart,
    OutcomePart,
    Part,
    PayerPart,
    PlanFields,
    PostPart,
    PriorityPart,
    StrandPart,
    TargetPart,
)


@dataclass(frozen=True, slots=True)
class NamedSchool:
    """A school that the plan names, or that is in the cluster at any time of the plan.

    `spans` are its times in the cluster, [start, end).
    """

    pk: int
    name: str
    number: str
    phase: str
    spans: tuple[tuple[dt.date, dt.date | None], ...] = ()

    def is_in(self, start_on: dt.date, end_on: dt.date) -> bool:
        """Whether it is in the cluster on any day of [start_on, end_on)."""
        return any(start < end_on and (end is None or end > start_on) for start, end in self.spans)


@dataclass(frozen=True, slots=True)
class NamedMeasure:
    """A measure that a target names."""

    pk: int
    code: str
    name: str
    name_cy: str
    unit: str
    decimals: int
    direction: str


@dataclass(frozen=True, slots=True)
class NamedPriority:
    """A priority of a programme that one of the plan is tied to."""

    pk: int
    text: str
    text_cy: str
    programme: int


@dataclass(frozen=True, slots=True)
class Named:
    """Names by number: schools by name, and the rest that the parts point to."""

    schools: Mapping[int, NamedSchool] = field(default_factory=dict)
    people: Mapping[int, str] = field(default_factory=dict)
    measures: Mapping[int, NamedMeasure] = field(default_factory=dict)
    programmes: Mapping[int, tuple[str, str]] = field(default_factory=dict)  # name, Welsh name
    programme_priorities: Mapping[int, NamedPriority] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Comments:
    """How many comments stand at a part, and how many wait for an answer."""

    n: int
    n_open: int


@dataclass(frozen=True)
class WholePlan:
    """Everything of a plan; the parts of each section in their order.

    `fields` are those of the plan itself. `comments` are counted by `uid`; those on the plan as a
    whole stand under None.
    """

    pk: int
    cluster_pk: int
    cluster_name: str
    state: str
    replaces: int | None
    approved_on: dt.date | None
    fields: PlanFields
    priorities: tuple[PriorityPart, ...] = ()
    strands: tuple[StrandPart, ...] = ()
    actions: tuple[ActionPart, ...] = ()
    milestones: tuple[MilestonePart, ...] = ()
    posts: tuple[PostPart, ...] = ()
    payers: tuple[PayerPart, ...] = ()
    budget_lines: tuple[BudgetLinePart, ...] = ()
    outcomes: tuple[OutcomePart, ...] = ()
    targets: tuple[TargetPart, ...] = ()
    definitions: tuple[DefinitionPart, ...] = ()
    named: Named = field(default_factory=Named)
    comments: Mapping[UUID | None, Comments] = field(default_factory=dict)

    def section(self, name: str) -> tuple[Any, ...]:
        """The parts of a section, by its name."""
        found: tuple[Any, ...] = getattr(self, name)
        return found

    def part(self, section: str, uid: UUID) -> Any:
        """One part, or None."""
        return next((each for each in self.section(section) if each.uid == uid), None)

    def schools(self, pks: Iterable[int]) -> list[NamedSchool]:
        """Those schools, in the order of the plan's list of schools."""
        wanted = set(pks)
        return [each for pk, each in self.named.schools.items() if pk in wanted]

    def members(self) -> list[NamedSchool]:
        """The schools that are in the cluster at any time of the plan."""
        return [
            each
            for each in self.named.schools.values()
            if each.is_in(self.fields.start_on, self.fields.end_on)
        ]

    def person(self, pk: int | None, name: str = "") -> str:
        """The name of a person who signs in, else the name that was written."""
        return self.named.people.get(pk or 0, "") or name

    def payer_name(self, payer: PayerPart) -> str:
        """What a payer is called; a programme by its English name."""
        named = self.named.programmes.get(payer.programme or 0)
        return named[0] if named else payer.name


def by(parts: Iterable[Part], name: str) -> dict[UUID | None, list[Any]]:
    """Parts by the part that their field `name` points to, None where it points to none."""
    found: dict[UUID | None, list[Any]] = {}
    for each in parts:
        found.setdefault(getattr(each, name), []).append(each)
    return found
