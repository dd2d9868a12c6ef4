"""Writing the parts of a plan: several people at once, and nobody's words are lost."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID, uuid4

from django.db import IntegrityError, transaction

from clusterwork.accounts.models import Person
from clusterwork.audit.services import record
from clusterwork.clusters.services.refusals import constraint_of
from clusterwork.kernel.errors import NotThere, Problem
from clusterwork.kernel.messages import N_, Message
from clusterwork.plans.models import PartVersion, Plan
from clusterwork.plans.permissions.plans import plan_to_write
from clusterwork.plans.rules import refusals
from clusterwork.plans.rules.checking import check_part
from clusterwork.plans.rules.merging import Clash, changed_fields, lists_of, merged
from clusterwork.plans.rules.parts import ALL_SECTIONS, Part, PlanFields, unplain
from clusterwork.plans.selectors.around import around_plan
from clusterwork.plans.selectors.filling import next_place
from clusterwork.plans.selectors.parts import MODELS, part_now, parts_in
from clusterwork.plans.services.filling import note_reuse
from clusterwork.plans.services.keeping import keep_part
from clusterwork.plans.services.keeping import remove_part as remove_row
from clusterwork.plans.services.plans import under_way
from clusterwork.plans.states import plan as states

SAID: dict[str, Callable[[], Problem]] = {
    "payer_programme_once_a_plan": lambda: refusals.written_twice("programme"),
    "definition_term_once": lambda: refusals.written_twice("term"),
    "target_after_its_baseline": lambda: refusals.nothing_written("wanted_on"),
    "plan_one_under_way_at_a_time": under_way,
    "plan_part_while_writable": lambda: not_being_written(states.SUBMITTED),
}


class NotBeingWritten(Problem):
    """A plan that is sent in, in review, approved or past."""


class PartIsGone(Problem):
    """Somebody removed the part while another was writing in it."""


class StillNeeded(Problem):
    """A part that others point to."""


class PartsOutsideTheNewTime(Problem):
    """A time of the plan that leaves actions or milestones outside."""


class BothChanged(Problem):
    """Two people changed the same field differently.

    `now` is the part as it stands, `values` everything put together with what was to be saved in
    the fields of `clashes`.
    """

    def __init__(self, now: Part, values: Mapping[str, Any], clashes: tuple[Clash, ...]) -> None:
        super().__init__(
            Message(N_("Somebody changed the same while you were writing.")),
            why=Message(N_("Nothing is lost: both versions are shown below.")),
            next_step=Message(N_("Choose one or write both together, then save again.")),
        )
        self.now, self.values, self.clashes = now, dict(values), clashes


@dataclass(frozen=True, slots=True)
class Saved:
    """The part as it was saved; `changed` fields, and those `taken` from somebody else's save."""

    part: Any
    changed: tuple[str, ...]
    taken: tuple[str, ...] = ()


@transaction.atomic
def save_part(
    *,
    person: Person,
    day: dt.date,
    now: dt.datetime,
    plan_pk: int,
    section: str,
    uid: UUID | None,
    values: Mapping[str, Any],
    seen: int | None = None,
    again: bool = False,
    filled: Mapping[str, str] | None = None,
) -> Saved:
    """Adds a part, or changes the one of this `uid`; the section `plan` has none.

    `seen` is the version that the writer saw: what others saved since is put together with it by
    field. A field that `values` does not have stays as it is. With `again` a part that was removed
    meanwhile is written anew under its `uid`. `filled` names the fields of a new part that were
    filled rather than asked, with the source of each.
    Raises `NotThere`, `NotAllowed`, `NotBeingWritten`, `BothChanged`, `PartIsGone`, `PlanUnderWay`,
    `PartsOutsideTheNewTime` and the `PartRefused` of `rules.refusals`.
    """
    plan = locked_plan(person, day, plan_pk)
    held = part_now(plan, section, uid) if uid or section == PlanFields.SECTION else None
    if held is None:
        saved = _add(plan, section, uid, values, person, day, now, again)
        for name, source in (filled or {}).items():
            note_reuse(plan, (saved.part,), source, name)
        return saved
    together = merged(
        _seen_values(plan, held, seen), held.values, values, lists=lists_of(type(held))
    )
    if together.clashes:
        raise BothChanged(held, together.values, together.clashes)
    part = replace(held, **together.values)
    changed = changed_fields(held.values, part.values)
    if changed:
        part = replace(part, version=held.version + 1)
        _keep(plan, part, person, day, now)
        _record(person, plan, "plan.write", N_("Changed in the plan: %(part)s."), part)
    return Saved(part, changed, together.taken)


@transaction.atomic
def remove_part(
    *,
    person: Person,
    day: dt.date,
    now: dt.datetime,
    plan_pk: int,
    section: str,
    uid: UUID,
) -> Part:
    """Takes a part out; its history and comments are kept.

    Raises `NotThere`, `NotAllowed`, `NotBeingWritten`, `StillNeeded`.
    """
    plan = locked_plan(person, day, plan_pk)
    held: Part | None = part_now(plan, section, uid)
    if held is None:
        raise no_such_part()
    try:
        with transaction.atomic():
            remove_row(plan=plan, part=held, person=person, now=now)
    except IntegrityError as refused:
        raise _still_needed() from refused
    _record(person, plan, "plan.remove", N_("Removed from the plan: %(part)s."), held)
    return held


@transaction.atomic
def move_part(
    *, person: Person, day: dt.date, plan_pk: int, section: str, uid: UUID, up: bool
) -> None:
    """Changes places with the part before or after it; the first or last stays.

    Raises `NotThere`, `NotAllowed`, `NotBeingWritten`.
    """
    plan = locked_plan(person, day, plan_pk)
    uids = [each.uid for each in parts_in(plan, section)]
    if uid not in uids:
        raise no_such_part()
    here = uids.index(uid)
    there = here - 1 if up else here + 1
    if 0 <= there < len(uids):
        uids[here], uids[there] = uids[there], uids[here]
    places = {each: place for place, each in enumerate(uids)}
    rows = list(MODELS[section]._default_manager.filter(plan=plan))
    for row in rows:
        row.place = places[row.uid]
    MODELS[section]._default_manager.bulk_update(rows, ("place",), batch_size=500)


def locked_plan(person: Person, day: dt.date, pk: int) -> Plan:
    """The plan under lock for somebody who writes in it.

    Raises `NotThere`, `NotAllowed`, `NotBeingWritten`.
    """
    plan_to_write(person, pk, day)
    rows = Plan.objects.select_for_update(of=("self",)).select_related("cluster__organisation")
    plan = rows.get(pk=pk)
    if plan.state not in states.WRITABLE:
        raise not_being_written(plan.state)
    return plan


def not_being_written(state: str) -> Problem:
    """Says how the plan stands."""
    return NotBeingWritten(
        Message(N_("Nothing can be written in this plan now.")),
        why=Message(N_("It stands at: %(state)s."), {"state": Message(states.NAMES[state])}),
        next_step=Message(
            N_("Take it back or wait until it is returned; start a change of an approved plan.")
        ),
    )


def no_such_part() -> Problem:
    """For an address that names no part of the plan."""
    return NotThere(
        Message(N_("This is not in the plan.")),
        why=Message(N_("Somebody may have removed it. The history of the plan keeps it.")),
    )


def _add(
    plan: Plan,
    section: str,
    uid: UUID | None,
    values: Mapping[str, Any],
    person: Person,
    day: dt.date,
    now: dt.datetime,
    again: bool,
) -> Saved:
    version = _last_version(plan, section, uid) if uid else 0
    if version and not again:
        raise PartIsGone(
            Message(N_("Somebody removed this from the plan while you were writing.")),
            why=Message(N_("Nothing is lost: what you wrote still stands below.")),
            next_step=Message(N_("Save once more to put it back, or leave it.")),
        )
    if uid and not version:
        raise no_such_part()
    kind = ALL_SECTIONS[section]
    place = next_place(plan, section)
    part = kind(uid=uid or uuid4(), place=place, version=version + 1, **values)
    _keep(plan, part, person, day, now)
    _record(person, plan, "plan.add", N_("Added to the plan: %(part)s."), part)
    return Saved(part, tuple(part.values))


def _keep(plan: Plan, part: Part, person: Person, day: dt.date, now: dt.datetime) -> None:
    check_part(part, around_plan(plan, part, day))
    if isinstance(part, PlanFields):
        _check_new_time(plan, part)
    try:
        with transaction.atomic():
            keep_part(plan=plan, part=part, person=person, now=now)
    except IntegrityError as refused:
        said = SAID.get(constraint_of(refused))
        if said is None:
            raise
        raise said() from refused


def _check_new_time(plan: Plan, part: PlanFields) -> None:
    actions, milestones = plan.actions.all(), plan.milestones.all()
    n = actions.exclude(start_on__gte=part.start_on, end_on__lte=part.end_on).count()
    n += milestones.exclude(on__gte=part.start_on, on__lt=part.end_on).count()
    if n:
        raise PartsOutsideTheNewTime(
            Message(N_("The new time leaves parts of the plan outside.")),
            why=Message(N_("Actions and milestones outside: %(n)s."), {"n": n}),
            next_step=Message(N_("Move or remove them first, or choose a longer time.")),
        )


def _seen_values(plan: Plan, held: Part, seen: int | None) -> dict[str, Any]:
    """What the writer started from; without a version that is kept, the part as it stands."""
    if seen is None or seen == held.version:
        return held.values
    uid = None if isinstance(held, PlanFields) else held.uid
    kept = PartVersion.objects.filter(plan=plan, uid=uid, version=seen).first()
    return unplain(type(held), kept.content) if kept else held.values


def _last_version(plan: Plan, section: str, uid: UUID) -> int:
    kept = PartVersion.objects.filter(plan=plan, section=section, uid=uid)
    last = kept.order_by("-version").first()
    return last.version if last else 0


def _still_needed() -> Problem:
    return StillNeeded(
        Message(N_("Other parts of the plan still point to this one.")),
        next_step=Message(N_("Move or remove those first; they are listed beside it.")),
    )


def _record(person: Person, plan: Plan, verb: str, text: str, part: Part) -> None:
    name = next((value for value in part.values.values() if isinstance(value, str) and value), "")
    told = getattr(part, "title", "") or name
    record(
        actor=person,
        verb=verb,
        subject=plan,
        summary=Message(text, {"part": told[:200]}),
        details={"section": part.SECTION, "uid": str(part.uid)},
    )
