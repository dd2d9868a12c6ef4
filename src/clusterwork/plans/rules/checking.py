"""Whether a part of a plan can stand as it is written; knows no database."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any
from uuid import UUID

from clusterwork.plans.rules import refusals
from clusterwork.plans.rules.parts import (
    POINTS_TO,
    ActionPart,
    BudgetLinePart,
    DefinitionPart,
    Holds,
    MilestonePart,
    OutcomePart,
    Part,
    PayerPart,
    PlanFields,
    PostPart,
    PriorityPart,
    StrandPart,
    TargetPart,
    names_of,
    own_fields,
)
from clusterwork.plans.rules.refusals import PartRefused
from clusterwork.plans.rules.whole import NamedSchool

LEVELS = ("activity", "output", "short", "medium", "long")
MOST_FTE = 20
DAY = dt.timedelta(days=1)
NEEDED: Mapping[type[Part], tuple[str, ...]] = {
    PriorityPart: ("title",),
    StrandPart: ("title",),
    ActionPart: ("title", "start_on", "end_on"),
    MilestonePart: ("title", "on"),
    PostPart: ("title", "fte", "start_on"),
    BudgetLinePart: ("title", "amount_pence"),
    OutcomePart: ("text",),
    TargetPart: ("wanted_on",),
    DefinitionPart: ("term", "meaning"),
    PlanFields: ("title", "start_on", "end_on"),
}


@dataclass(frozen=True, slots=True)
class Around:
    """What a part is held against.

    The plan's time, `day` (today), the schools of the cluster in that time, the uids of each
    section, the level of each step, and the limits of each measure (None: open).
    """

    start_on: dt.date
    end_on: dt.date
    day: dt.date
    schools: Mapping[int, NamedSchool] = field(default_factory=dict)
    uids: Mapping[str, frozenset[UUID]] = field(default_factory=dict)
    levels: Mapping[UUID, str] = field(default_factory=dict)
    limits: Mapping[int, tuple[Decimal | None, Decimal | None]] = field(default_factory=dict)


def check_part(part: Part, around: Around) -> None:
    """Raises the first `PartRefused` of the part."""
    for refused in refusals_of(part, around):
        raise refused


def refusals_of(part: Part, around: Around) -> Iterator[PartRefused]:
    """Everything that is wrong with the part, its lengths first."""
    yield from _lengths(part)
    for name in NEEDED.get(type(part), ()):
        if getattr(part, name) in ("", None):
            yield refusals.nothing_written(name)
            return
    yield from _pointers(part, around)
    yield from _schools(part, around)
    own = CHECKS.get(type(part))
    if own:
        yield from own(part, around)


def _lengths(part: Part) -> Iterator[PartRefused]:
    for each in own_fields(type(part)):
        value = getattr(part, each.name)
        if each.most and len(value) > each.most:
            yield refusals.too_long(each.name, len(value), each.most)


def _pointers(part: Part, around: Around) -> Iterator[PartRefused]:
    for name in names_of(type(part), Holds.PART, Holds.PARTS):
        there = around.uids.get(POINTS_TO[part.SECTION, name], frozenset())
        value = getattr(part, name)
        wanted = value if isinstance(value, tuple) else (value,) if value else ()
        if not there.issuperset(wanted):
            yield refusals.points_to_nothing(name)


def _schools(part: Part, around: Around) -> Iterator[PartRefused]:
    for name in names_of(type(part), Holds.SCHOOL, Holds.SCHOOLS):
        value = getattr(part, name)
        for pk in value if isinstance(value, tuple) else (value,) if value else ():
            school = around.schools.get(pk)
            if school is None or not school.is_in(around.start_on, around.end_on):
                yield refusals.not_of_the_cluster(name, school.name if school else str(pk))


def _priority(part: Any, around: Around) -> Iterator[PartRefused]:
    says = {
        "programme": part.programme_priority,
        "authority": part.authority_priority,
        "local": part.local_reason,
    }
    if not says.get(part.tie):
        yield refusals.tie_without_its_priority(part.tie)


def _action(part: Any, around: Around) -> Iterator[PartRefused]:
    if part.end_on <= part.start_on:
        yield refusals.ends_before_it_starts()
    elif part.start_on < around.start_on or part.end_on > around.end_on:
        name = "start_on" if part.start_on < around.start_on else "end_on"
        yield refusals.action_outside_the_plan(name, around.start_on, around.end_on)
    else:
        yield from _owner(part, around)


def _owner(part: ActionPart, around: Around) -> Iterator[PartRefused]:
    """The owner is a member on a day still to come; of a past action, on any of its days."""
    school = around.schools.get(part.owner_school or 0)
    since = max(part.start_on, min(around.day, part.end_on - DAY))
    if school and not school.is_in(since, part.end_on):
        yield refusals.owner_has_left(school.name)


def _milestone(part: Any, around: Around) -> Iterator[PartRefused]:
    if not around.start_on <= part.on < around.end_on:
        yield refusals.day_outside_the_plan("on", around.start_on, around.end_on)


def _post(part: Any, around: Around) -> Iterator[PartRefused]:
    if not 0 < part.fte <= MOST_FTE:
        yield refusals.fte_out_of_range()
    if part.end_on and part.end_on <= part.start_on:
        yield refusals.ends_before_it_starts()


def _payer(part: Any, around: Around) -> Iterator[PartRefused]:
    if bool(part.programme) == bool(part.name):
        yield refusals.payer_unclear()


def _line(part: Any, around: Around) -> Iterator[PartRefused]:
    if part.action is None:
        yield refusals.line_without_action()
    if any(not 0 < each.share <= 1 for each in part.shares):
        yield refusals.share_out_of_range()
    total = sum((each.share for each in part.shares), Decimal())
    if total > 1:
        yield refusals.shares_over_whole(total)
    if not around.uids.get("payers", frozenset()).issuperset(each.payer for each in part.shares):
        yield refusals.points_to_nothing("shares")


def _outcome(part: Any, around: Around) -> Iterator[PartRefused]:
    own = LEVELS.index(part.level)
    for each in part.comes_from:
        level = around.levels.get(each.before)
        if level is None:
            yield refusals.points_to_nothing("comes_from")
        elif LEVELS.index(level) >= own:
            yield refusals.step_goes_backwards()


def _target(part: Any, around: Around) -> Iterator[PartRefused]:
    if part.baseline_on and part.wanted_on <= part.baseline_on:
        yield refusals.target_before_baseline(part.baseline_on)
    if part.measure is None:
        if not part.statement or part.wanted_value is not None:
            yield refusals.neither_number_nor_statement("statement")
        return
    if part.wanted_value is None:
        yield refusals.neither_number_nor_statement("wanted_value")
    has_baseline = part.baseline_value is not None and part.baseline_on is not None
    if not has_baseline and not part.no_baseline_because:
        yield refusals.no_baseline_and_no_reason()
    yield from _limits(part, around)


def _limits(part: TargetPart, around: Around) -> Iterator[PartRefused]:
    least, most = around.limits.get(part.measure or 0, (None, None))
    for name in ("baseline_value", "wanted_value"):
        value = getattr(part, name)
        low = least is not None and value is not None and value < least
        high = most is not None and value is not None and value > most
        if low or high:
            yield refusals.value_out_of_range(name, _shown(least), _shown(most))


def _shown(limit: Decimal | None) -> str:
    return "" if limit is None else f"{limit.normalize():f}"


def _plan(part: Any, around: Around) -> Iterator[PartRefused]:
    if part.end_on <= part.start_on:
        yield refusals.ends_before_it_starts()


CHECKS: Mapping[type[Part], Callable[[Any, Around], Iterator[PartRefused]]] = {
    PriorityPart: _priority,
    ActionPart: _action,
    MilestonePart: _milestone,
    PostPart: _post,
    PayerPart: _payer,
    BudgetLinePart: _line,
    OutcomePart: _outcome,
    TargetPart: _target,
    PlanFields: _plan,
}
