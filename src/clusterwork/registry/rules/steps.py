"""What a row of a register file changes about a school, decided on plain values."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from datetime import date, timedelta
from typing import Any, NamedTuple

from clusterwork.registry.imports.records import (
    AuthorityRecord,
    GradeRecord,
    GroupRecord,
    SchoolRecord,
    Value,
)
from clusterwork.registry.rules.names import fold

NEW, CHANGED, CLOSED, REOPENED = "new", "changed", "closed", "reopened"
DAYS = ("opened_on", "closed_on")
# Lists of their own are better sources of figures and grades than the register's summary.
BEST_CENSUS, BEST_GRADES = "census", "inspections"


@dataclass(frozen=True, slots=True)
class HeldGroup:
    """A grouping that the register has the school in today.

    `in_column` says that register files name groupings of its type, so that a file that no
    longer does so tells the end of it; they are silent on foundation trusts and sponsors.
    """

    affiliation_id: int
    kind: str
    name: str
    identifier: str
    in_column: bool = True


class HeldGrade(NamedTuple):
    """A grade that is held: the code by which files know it, the label that people gave it."""

    code: str = ""
    label: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True)
class Held:
    """What the register holds about one school.

    `values` has `authority` as its code; `grades` are by scale and day.
    """

    id: int
    values: Mapping[str, Value]
    censuses: Mapping[int, Mapping[str, Value]] = field(default_factory=dict)
    grades: Mapping[tuple[str, date], HeldGrade] = field(default_factory=dict)
    groups: tuple[HeldGroup, ...] = ()


@dataclass(slots=True)
class Step:
    """One school's part of an import; it can be kept as JSON and applied later.

    `values` are the fields to write, `old` what the register held in them when it was decided.
    """

    happening: str
    line: int | None
    school_id: int | None
    number: str
    name: str
    authority: AuthorityRecord | None
    values: dict[str, Value]
    old: dict[str, Value]
    censuses: dict[int, dict[str, tuple[Value, Value]]] = field(default_factory=dict)
    grades: list[tuple[GradeRecord, str]] = field(default_factory=list)
    joins: list[GroupRecord] = field(default_factory=list)
    leaves: list[HeldGroup] = field(default_factory=list)

    @property
    def differences(self) -> list[tuple[str, str, str]]:
        """Field, before and after, as text; nothing for a new school."""
        if self.happening == NEW:
            return []
        return [
            *((name, shown(self.old[name]), shown(new)) for name, new in self.values.items()),
            *(
                (f"census.{year}.{name}", shown(before), shown(after))
                for year, figures in self.censuses.items()
                for name, (before, after) in figures.items()
            ),
            *((f"grade.{g.scale}.{g.on}", before, g.grade) for g, before in self.grades),
            *((f"group.{group.kind}", group.name, "") for group in self.leaves),
            *((f"group.{group.kind}", "", group.name) for group in self.joins),
        ]


def shown(value: Value) -> str:
    """A value as it is kept in the list of changes."""
    return "" if value is None else str(value)


def step_for(record: SchoolRecord, held: Held | None, *, as_at: date, source: str) -> Step | None:
    """What the row changes, or None where it changes nothing."""
    if held is None:
        return _new(record)
    values = _closing(record, held, as_at)
    changed = {name: value for name, value in values.items() if held.values.get(name) != value}
    happening = _happening(held.values["status"], values.get("status"))
    joins, leaves = _groups(record, held, happening)
    step = Step(
        happening=happening,
        line=record.line,
        school_id=held.id,
        number=number_of(record.values),
        name=str(record.values["name"]),
        authority=record.authority,
        values=changed,
        old={name: held.values.get(name) for name in changed},
        censuses=_censuses(record, held, source),
        grades=_grades(record, held),
        joins=joins,
        leaves=leaves,
    )
    return step if step.differences else None


def closing_step(held: Held, as_at: date) -> Step:
    """The closing of a school that a complete list no longer names."""
    opened_on = held.values.get("opened_on")
    closed_on = max(as_at, opened_on) if isinstance(opened_on, date) else as_at
    values: dict[str, Value] = {"status": "closed", "closed_on": closed_on}
    return Step(
        happening=CLOSED,
        line=None,
        school_id=held.id,
        number=number_of(held.values),
        name=str(held.values["name"]),
        authority=None,
        values=values,
        old={name: held.values.get(name) for name in values},
        leaves=list(held.groups),
    )


def number_of(values: Mapping[str, Value]) -> str:
    """The official number that a school is shown by."""
    found = values.get("urn") or values.get("welsh_number") or values.get("la_estab") or ""
    return str(found)


def _new(record: SchoolRecord) -> Step:
    is_closed = record.values.get("status") == "closed"
    groups = [group for found in record.groups.values() for group in found]
    return Step(
        happening=NEW,
        line=record.line,
        school_id=None,
        number=number_of(record.values),
        name=str(record.values["name"]),
        authority=record.authority,
        values=dict(record.values),
        old={},
        censuses={
            year: {name: (None, figure) for name, figure in figures.items()}
            for year, figures in record.censuses.items()
        },
        grades=[(grade, "") for grade in record.grades],
        joins=[] if is_closed else groups,
    )


def _closing(record: SchoolRecord, held: Held, as_at: date) -> dict[str, Value]:
    """The row's values with the day of closing put right where the file is silent on it."""
    values = {**record.values, "authority": record.authority.code}
    if values.get("status") == "closed" and values.get("closed_on") is None:
        values["closed_on"] = held.values.get("closed_on") or _not_before_opening(held, as_at)
    elif values.get("status") == "open" and held.values["status"] == "closed":
        values.setdefault("closed_on", None)
    return values


def _not_before_opening(held: Held, as_at: date) -> date | None:
    if held.values["status"] == "closed":
        return None  # closed long ago on a day that nobody has told
    opened_on = held.values.get("opened_on")
    return max(as_at, opened_on) if isinstance(opened_on, date) else as_at


def _happening(before: Value, after: Value) -> str:
    if after == "closed" and before != "closed":
        return CLOSED
    return REOPENED if before == "closed" and after == "open" else CHANGED


def _censuses(
    record: SchoolRecord, held: Held, source: str
) -> dict[int, dict[str, tuple[Value, Value]]]:
    found = {
        year: _figures(figures, held.censuses.get(year, {}), source)
        for year, figures in record.censuses.items()
    }
    return {year: figures for year, figures in found.items() if figures}


def _figures(
    figures: Mapping[str, int | float], before: Mapping[str, Value], source: str
) -> dict[str, tuple[Value, Value]]:
    only_gaps = before.get("source") == BEST_CENSUS and source != BEST_CENSUS
    return {
        name: (before.get(name), figure)
        for name, figure in figures.items()
        if before.get(name) != figure and not (only_gaps and before.get(name) is not None)
    }


def _grades(record: SchoolRecord, held: Held) -> list[tuple[GradeRecord, str]]:
    found = []
    for grade in record.grades:
        before = held.grades.get((grade.scale, grade.on), HeldGrade())
        if before.code != fold(grade.grade) and before.source != BEST_GRADES:
            found.append((grade, before.label))
    return found


def _groups(
    record: SchoolRecord, held: Held, happening: str
) -> tuple[list[GroupRecord], list[HeldGroup]]:
    """Groups to join and to leave; a school that closes leaves all, a closed one joins none."""
    if record.values.get("status") == "closed":
        return [], list(held.groups) if happening == CLOSED else []
    joins: list[GroupRecord] = []
    leaves: list[HeldGroup] = []
    for kind, wanted in record.groups.items():
        today = [group for group in held.groups if group.kind == kind]
        joins += [group for group in wanted if not any(same_group(group, old) for old in today)]
        gone = [old for old in today if not any(same_group(group, old) for group in wanted)]
        leaves += [old for old in gone if old.in_column]
    return joins, leaves


def same_group(group: GroupRecord, held: HeldGroup) -> bool:
    """By the source's number where both have one, else by name."""
    if group.identifier and held.identifier:
        return group.identifier == held.identifier
    return fold(group.name) == fold(held.name)


def to_plan(step: Step) -> dict[str, Any]:
    """The step as JSON."""
    return {
        "authority": asdict(step.authority) if step.authority else None,
        "values": {name: _plain(value) for name, value in step.values.items()},
        "old": {name: _plain(value) for name, value in step.old.items()},
        "censuses": {str(year): figures for year, figures in step.censuses.items()},
        "grades": [[g.scale, g.grade, g.on.isoformat(), before] for g, before in step.grades],
        "joins": [asdict(group) for group in step.joins],
        "leaves": [asdict(group) for group in step.leaves],
    }


def from_plan(
    plan: Mapping[str, Any],
    *,
    happening: str,
    line: int | None,
    school_id: int | None,
    number: str,
    name: str,
) -> Step:
    """The step that `to_plan` kept."""
    return Step(
        happening=happening,
        line=line,
        school_id=school_id,
        number=number,
        name=name,
        authority=AuthorityRecord(**plan["authority"]) if plan["authority"] else None,
        values=_with_days(plan["values"]),
        old=_with_days(plan["old"]),
        censuses={
            int(year): {name: (before, after) for name, (before, after) in figures.items()}
            for year, figures in plan["censuses"].items()
        },
        grades=[
            (GradeRecord(scale, grade, date.fromisoformat(on)), before)
            for scale, grade, on, before in plan["grades"]
        ],
        joins=[GroupRecord(**group) for group in plan["joins"]],
        leaves=[HeldGroup(**group) for group in plan["leaves"]],
    )


def _plain(value: Value) -> Value:
    return value.isoformat() if isinstance(value, date) else value


def _with_days(values: Mapping[str, Any]) -> dict[str, Value]:
    return {
        name: date.fromisoformat(value) if name in DAYS and value else value
        for name, value in values.items()
    }


def day_after(day: date) -> date:
    """The first day on which something that held on `day` no longer holds."""
    return day + timedelta(days=1)


def closes_too_early(values: Iterable[tuple[str, Value]], held: Held | None) -> bool:
    """Whether the school would close before the day on which the register has it opening."""
    merged = {**(held.values if held else {}), **dict(values)}
    opened_on, closed_on = merged.get("opened_on"), merged.get("closed_on")
    if not isinstance(opened_on, date) or not isinstance(closed_on, date):
        return False
    return closed_on < opened_on
