"""School holidays of an organisation: entered, changed, removed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from django.db import transaction

from clusterwork.audit.services import Actor, record
from clusterwork.kernel.errors import NotThere, Problem
from clusterwork.kernel.messages import N_, Message
from clusterwork.registry.models import Holiday, Organisation

LONGEST = dt.timedelta(days=70)
Row = tuple[str, str, dt.date, dt.date]  # name, name in Welsh, first day, first day back


class HolidayOverlaps(Problem):
    """The organisation has a holiday on some of these days already."""

    def __init__(self, other: Holiday) -> None:
        super().__init__(
            Message(N_("Some of these days are in another holiday already.")),
            why=Message(
                N_("%(name)s: from %(start)s, back on %(end)s."),
                {"name": other.name, "start": _said(other.start_on), "end": _said(other.end_on)},
            ),
            next_step=Message(N_("Change that one, or choose days that do not overlap.")),
        )


class HolidayTooLong(Problem):
    """The holiday ends before it starts, or goes on for months."""

    def __init__(self, name: str) -> None:
        super().__init__(
            Message(N_("These days cannot be a school holiday: %(name)s."), {"name": name}),
            why=Message(N_("The first day back must come after the first day, within ten weeks.")),
            next_step=Message(N_("Put the two days right.")),
        )


@transaction.atomic
def enter_holiday(
    *,
    organisation: Organisation,
    name: str,
    name_cy: str,
    start_on: dt.date,
    end_on: dt.date,
    by: Actor | None,
) -> Holiday:
    """A holiday over [start_on, end_on). Raises `HolidayTooLong`, `HolidayOverlaps`."""
    _locked(organisation.pk)
    made = Holiday(
        organisation=organisation, name=name, name_cy=name_cy, start_on=start_on, end_on=end_on
    )
    _check(made)
    made.save()
    _record(made, by, "holiday.enter", N_("Entered a school holiday: %(name)s."))
    return made


@transaction.atomic
def enter_holidays(*, organisation: Organisation, rows: Sequence[Row], by: Actor | None) -> int:
    """All of them or none; those entered already are passed over. How many were new.

    Raises `HolidayTooLong`, `HolidayOverlaps`.
    """
    held = set(organisation.holidays.values_list("start_on", "end_on"))
    new = [row for row in rows if row[2:] not in held]
    for name, name_cy, start_on, end_on in new:
        enter_holiday(
            organisation=organisation,
            name=name,
            name_cy=name_cy,
            start_on=start_on,
            end_on=end_on,
            by=by,
        )
    return len(new)


@transaction.atomic
def change_holiday(
    *,
    holiday_id: int,
    name: str,
    name_cy: str,
    start_on: dt.date,
    end_on: dt.date,
    by: Actor | None,
) -> Holiday:
    """The holiday with other days. Raises `NotThere`, `HolidayTooLong`, `HolidayOverlaps`."""
    held = _held(holiday_id)
    before = _details(held)
    held.name, held.name_cy, held.start_on, held.end_on = name, name_cy, start_on, end_on
    _check(held)
    held.save()
    text = N_("Changed a school holiday: %(name)s.")
    _record(held, by, "holiday.change", text, before=before)
    return held


@transaction.atomic
def remove_holiday(*, holiday_id: int, by: Actor | None) -> None:
    """Takes it out of the list. Raises `NotThere`."""
    held = _held(holiday_id)
    _record(held, by, "holiday.remove", N_("Removed a school holiday: %(name)s."))
    held.delete()


def _held(pk: int) -> Holiday:
    found = Holiday.objects.filter(pk=pk).first()
    if found is None:
        raise NotThere(Message(N_("This holiday has been removed already.")))
    _locked(found.organisation_id)
    return found


def _locked(organisation_id: int) -> Organisation:
    """One at a time, so that two cannot enter the same days."""
    return Organisation.objects.select_for_update().get(pk=organisation_id)


def _check(holiday: Holiday) -> None:
    if not dt.timedelta(0) < holiday.end_on - holiday.start_on <= LONGEST:
        raise HolidayTooLong(holiday.name)
    others = Holiday.objects.filter(organisation=holiday.organisation_id)
    clash = others.exclude(pk=holiday.pk or 0).filter(
        start_on__lt=holiday.end_on, end_on__gt=holiday.start_on
    )
    if other := clash.first():
        raise HolidayOverlaps(other)


def _record(holiday: Holiday, by: Actor | None, verb: str, text: str, **more: object) -> None:
    record(
        actor=by,
        verb=verb,
        subject=holiday.organisation,
        summary=Message(text, {"name": holiday.name}),
        details={**_details(holiday), **more},
    )


def _details(holiday: Holiday) -> dict[str, object]:
    days = {"start_on": holiday.start_on.isoformat(), "end_on": holiday.end_on.isoformat()}
    return {"name": holiday.name, **days}


def _said(day: dt.date) -> str:
    return f"{day.day}/{day.month}/{day.year}"
