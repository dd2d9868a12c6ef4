"""The parts of a plan as plain values, and what each of their fields holds; knows no database.

Other parts are named by their `uid`, schools, people, measures and programmes by their number.
"""

# ruff: noqa: RUF009 - `words`, `choice`, `one` and `many` are `dataclasses.field` with its facts

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields
from decimal import Decimal
from enum import StrEnum
from typing import Any, ClassVar, NamedTuple
from uuid import UUID

SHORT, LONG = 200, 20_000  # characters of a line and of a text


class Holds(StrEnum):
    """What kind of value a field holds."""

    WORDS = "words"
    CHOICE = "choice"
    DAY = "day"
    NUMBER = "number"
    PENCE = "pence"
    SCHOOL = "school"
    SCHOOLS = "schools"
    PERSON = "person"
    MEASURE = "measure"
    PROGRAMME = "programme"
    PROGRAMME_PRIORITY = "programme_priority"
    CANDIDATE = "candidate"
    PART = "part"
    PARTS = "parts"
    SHARES = "shares"
    LINKS = "links"


class Share(NamedTuple):
    """What share (0 to 1) of a budget line one payer pays."""

    payer: UUID
    share: Decimal


class Link(NamedTuple):
    """An earlier step that leads to this one, if the assumption holds."""

    before: UUID
    assumption: str


def words(most: int = SHORT) -> Any:
    """Text of at most so many characters."""
    return field(default="", metadata={"holds": Holds.WORDS, "most": most})


def choice(default: str = "") -> Any:
    """One of the model's choices."""
    return field(default=default, metadata={"holds": Holds.CHOICE})


def one(holds: Holds) -> Any:
    """A value or none."""
    return field(default=None, metadata={"holds": holds})


def many(holds: Holds) -> Any:
    """Several, in order."""
    return field(default=(), metadata={"holds": holds})


@dataclass(frozen=True, kw_only=True)
class Part:
    """What every part has besides its own fields; `place` orders the parts of a section."""

    SECTION: ClassVar[str] = ""
    uid: UUID
    place: int = 0
    version: int = 1
    changed_by: int | None = None
    changed_at: dt.datetime | None = None

    @property
    def values(self) -> dict[str, Any]:
        """The part's own fields, in their order."""
        return {each.name: getattr(self, each.name) for each in own_fields(type(self))}


@dataclass(frozen=True, kw_only=True)
class PriorityPart(Part):
    """What the cluster wants to improve; `serves` are the schools that it is for."""

    SECTION: ClassVar[str] = "priorities"
    title: str = words()
    text: str = words(LONG)
    area: str = choice("other")
    tie: str = choice("local")
    programme_priority: int | None = one(Holds.PROGRAMME_PRIORITY)
    authority_priority: str = words(300)
    local_reason: str = words(LONG)
    candidate: int | None = one(Holds.CANDIDATE)
    serves: tuple[int, ...] = many(Holds.SCHOOLS)


@dataclass(frozen=True, kw_only=True)
class StrandPart(Part):
    """A line of work; `phase` is its focus, or empty."""

    SECTION: ClassVar[str] = "strands"
    title: str = words()
    text: str = words(LONG)
    phase: str = choice()
    coordinator: int | None = one(Holds.PERSON)
    coordinator_name: str = words(150)
    schools: tuple[int, ...] = many(Holds.SCHOOLS)
    priorities: tuple[UUID, ...] = many(Holds.PARTS)


@dataclass(frozen=True, kw_only=True)
class ActionPart(Part):
    """A piece of work over [start_on, end_on)."""

    SECTION: ClassVar[str] = "actions"
    strand: UUID | None = one(Holds.PART)
    priority: UUID | None = one(Holds.PART)
    title: str = words()
    text: str = words(LONG)
    owner: int | None = one(Holds.PERSON)
    owner_name: str = words(150)
    owner_school: int | None = one(Holds.SCHOOL)
    schools: tuple[int, ...] = many(Holds.SCHOOLS)
    start_on: dt.date = one(Holds.DAY)
    end_on: dt.date = one(Holds.DAY)


@dataclass(frozen=True, kw_only=True)
class MilestonePart(Part):
    """A dated check point of an action, or of the plan where it names none."""

    SECTION: ClassVar[str] = "milestones"
    action: UUID | None = one(Holds.PART)
    title: str = words()
    on: dt.date = one(Holds.DAY)


@dataclass(frozen=True, kw_only=True)
class PostPart(Part):
    """A post and how far its recruitment is; `fte` is full-time equivalents."""

    SECTION: ClassVar[str] = "posts"
    strand: UUID | None = one(Holds.PART)
    title: str = words()
    employer: int | None = one(Holds.SCHOOL)
    fte: Decimal = one(Holds.NUMBER)
    state: str = choice("planned")
    holder: str = words(150)
    start_on: dt.date = one(Holds.DAY)
    end_on: dt.date | None = one(Holds.DAY)


@dataclass(frozen=True, kw_only=True)
class PayerPart(Part):
    """Who pays: a programme, or another funder by name."""

    SECTION: ClassVar[str] = "payers"
    programme: int | None = one(Holds.PROGRAMME)
    name: str = words()


@dataclass(frozen=True, kw_only=True)
class BudgetLinePart(Part):
    """What one thing of an action costs; what no share covers is carried as `unfunded` says."""

    SECTION: ClassVar[str] = "budget_lines"
    action: UUID = one(Holds.PART)
    title: str = words()
    kind: str = choice("other")
    amount_pence: int = one(Holds.PENCE)
    school: int | None = one(Holds.SCHOOL)
    unfunded: str = words()
    shares: tuple[Share, ...] = many(Holds.SHARES)


@dataclass(frozen=True, kw_only=True)
class OutcomePart(Part):
    """A step of how it should work; `comes_from` are the earlier steps that lead to it."""

    SECTION: ClassVar[str] = "outcomes"
    level: str = choice("activity")
    text: str = words(300)
    action: UUID | None = one(Holds.PART)
    comes_from: tuple[Link, ...] = many(Holds.LINKS)


@dataclass(frozen=True, kw_only=True)
class TargetPart(Part):
    """A value wanted by a day against a baseline, or a success statement instead."""

    SECTION: ClassVar[str] = "targets"
    priority: UUID | None = one(Holds.PART)
    outcome: UUID | None = one(Holds.PART)
    measure: int | None = one(Holds.MEASURE)
    statement: str = words(LONG)
    school: int | None = one(Holds.SCHOOL)
    group: str = choice()
    baseline_value: float | None = one(Holds.NUMBER)
    baseline_on: dt.date | None = one(Holds.DAY)
    baseline_source: str = words()
    no_baseline_because: str = words(300)
    wanted_value: float | None = one(Holds.NUMBER)
    wanted_on: dt.date = one(Holds.DAY)
    horizon: str = choice("medium")
    cohort: str = words(300)
    whose: str = choice("shared")
    known_how: str = words(300)
    known_by: str = words(150)
    known_on: dt.date | None = one(Holds.DAY)


@dataclass(frozen=True, kw_only=True)
class DefinitionPart(Part):
    """What a word means in this plan."""

    SECTION: ClassVar[str] = "definitions"
    term: str = words(120)
    meaning: str = words(LONG)


@dataclass(frozen=True, kw_only=True)
class PlanFields(Part):
    """The fields of the plan itself, written and merged like those of a part; `uid` is nil."""

    SECTION: ClassVar[str] = "plan"
    uid: UUID = UUID(int=0)
    title: str = words()
    summary: str = words(LONG)
    after_funding: str = words(LONG)
    language: str = choice("en-gb")
    start_on: dt.date = one(Holds.DAY)
    end_on: dt.date = one(Holds.DAY)


# In the order in which a plan is read, and each after those that it names.
PARTS: tuple[type[Part], ...] = (
    PriorityPart,
    StrandPart,
    ActionPart,
    MilestonePart,
    PostPart,
    PayerPart,
    BudgetLinePart,
    OutcomePart,
    TargetPart,
    DefinitionPart,
)
SECTIONS: dict[str, type[Part]] = {each.SECTION: each for each in PARTS}
ALL_SECTIONS: dict[str, type[Part]] = {**SECTIONS, PlanFields.SECTION: PlanFields}
# To which section the field of a part points.
POINTS_TO: dict[tuple[str, str], str] = {
    ("strands", "priorities"): "priorities",
    ("actions", "strand"): "strands",
    ("actions", "priority"): "priorities",
    ("milestones", "action"): "actions",
    ("posts", "strand"): "strands",
    ("budget_lines", "action"): "actions",
    ("outcomes", "action"): "actions",
    ("targets", "priority"): "priorities",
    ("targets", "outcome"): "outcomes",
}
SHARED_FIELDS = frozenset(each.name for each in fields(Part))


@dataclass(frozen=True, slots=True)
class Field:
    """The name of a field, what it holds, and how many characters at most if it is words."""

    name: str
    holds: Holds
    most: int | None = None


def own_fields(part: type[Part]) -> Iterator[Field]:
    """The fields of a kind of part, without what all parts have."""
    for each in fields(part):
        if each.name not in SHARED_FIELDS:
            yield Field(each.name, each.metadata["holds"], each.metadata.get("most"))


def names_of(part: type[Part], *holds: Holds) -> list[str]:
    """The fields of a kind of part that hold one of these."""
    return [each.name for each in own_fields(part) if each.holds in holds]


def usual_choices(part: type[Part]) -> dict[str, str]:
    """What the choices of a kind of part are where nobody has chosen."""
    return {
        each.name: str(each.default)
        for each in fields(part)
        if each.metadata.get("holds") == Holds.CHOICE and each.default
    }


def plain(values: Mapping[str, Any]) -> dict[str, Any]:
    """The values as JSON has them: days as ISO texts, numbers and uids as texts."""
    return {name: _plain(value) for name, value in values.items()}


def _plain(value: Any) -> Any:
    if isinstance(value, Share):
        return {"payer": str(value.payer), "share": shown(value.share)}
    if isinstance(value, Link):
        return {"before": str(value.before), "assumption": value.assumption}
    if isinstance(value, tuple | list):
        return [_plain(each) for each in value]
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return shown(value)
    return str(value) if isinstance(value, UUID) else value


def shown(number: Decimal) -> str:
    """A number without noughts at its end, so that equal ones read the same."""
    return f"{number.normalize():f}"


def unplain(part: type[Part], kept: Mapping[str, Any]) -> dict[str, Any]:
    """The values of a part back from what `plain` made; a field that is not there has none."""
    return {
        each.name: _unplain(each, part, kept[each.name])
        for each in own_fields(part)
        if each.name in kept
    }


def _unplain(held: Field, part: type[Part], value: Any) -> Any:
    if value is None:
        return None
    if held.holds == Holds.DAY:
        return dt.date.fromisoformat(value)
    if held.holds == Holds.PART:
        return UUID(value)
    if held.holds == Holds.PARTS:
        return tuple(UUID(each) for each in value)
    if held.holds == Holds.SHARES:
        return tuple(Share(UUID(each["payer"]), Decimal(each["share"])) for each in value)
    if held.holds == Holds.LINKS:
        return tuple(Link(UUID(each["before"]), each["assumption"]) for each in value)
    if held.holds == Holds.SCHOOLS:
        return tuple(value)
    return Decimal(value) if held.name == "fte" else value
