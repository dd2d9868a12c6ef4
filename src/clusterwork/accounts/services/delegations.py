"""A head names who prepares or sends for her school, and ends it."""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from clusterwork.accounts.letters import NAMED
from clusterwork.accounts.models import Delegation, Person
from clusterwork.accounts.permissions.delegations import may_name_for
from clusterwork.accounts.selectors.roles import is_on, staff_on
from clusterwork.audit.services import record
from clusterwork.kernel.errors import NotAllowed, Problem
from clusterwork.kernel.messages import N_, Message
from clusterwork.notify.services import queue
from clusterwork.registry.models import School


class NotAtThisSchool(Problem):
    """Somebody without a role in the school."""


class NamedAlready(Problem):
    """The person is named for this school already."""


class NothingAllowed(Problem):
    """Neither preparing nor sending was chosen."""


class DelegationIsOver(Problem):
    """It ended before."""


class EndsBeforeItStarts(Problem):
    """The last day lies before the first."""


@transaction.atomic
def name_person(
    *,
    school: School,
    person: Person,
    may_prepare: bool,
    may_send: bool,
    start_on: dt.date,
    end_on: dt.date | None,
    by: Person,
    today: dt.date,
    link: str,
) -> Delegation:
    """Lets `person` prepare or send over [start_on, end_on). Raises `NotAllowed`,
    `NotAtThisSchool`, `NamedAlready`, `NothingAllowed`, `EndsBeforeItStarts`."""
    _check_head(by, school, today)
    _check_choice(may_prepare, may_send, start_on, end_on)
    if person == by or not staff_on(school, today).filter(pk=person.pk).exists():
        raise NotAtThisSchool(
            Message(N_("Only people with a role in the school can be named, and not yourself.")),
            next_step=Message(N_("Invite the person to the school first.")),
        )
    Person.objects.select_for_update().get(pk=person.pk)
    if Delegation.objects.filter(is_on(start_on), school=school, person=person).exists():
        raise NamedAlready(
            Message(N_("This person is named already.")),
            next_step=Message(N_("End that first, if something else shall hold.")),
        )
    delegation = Delegation.objects.create(
        school=school,
        named_by=by,
        person=person,
        may_prepare=may_prepare or may_send,
        may_send=may_send,
        start_on=start_on,
        end_on=end_on,
    )
    _tell(delegation, link)
    _record(delegation, by, "accounts.name_person", N_("Named: %(person)s, %(school)s"))
    return delegation


@transaction.atomic
def end_delegation(*, delegation: Delegation, by: Person, today: dt.date) -> Delegation:
    """From today it no longer holds. Raises `NotAllowed`, `DelegationIsOver`."""
    locked = Delegation.objects.select_for_update().get(pk=delegation.pk)
    _check_head(by, locked.school, today)
    if locked.end_on and locked.end_on <= today:
        raise DelegationIsOver(Message(N_("This ended before.")))
    locked.end_on = max(today, locked.start_on)
    locked.save(update_fields=("end_on",))
    _record(locked, by, "accounts.end_delegation", N_("No longer named: %(person)s, %(school)s"))
    return locked


def _check_head(by: Person, school: School, today: dt.date) -> None:
    if not may_name_for(by, school, today):
        raise NotAllowed(
            Message(N_("Only the headteacher names who prepares or sends for a school.")),
            next_step=Message(N_("Ask the headteacher.")),
        )


def _check_choice(
    may_prepare: bool, may_send: bool, start_on: dt.date, end_on: dt.date | None
) -> None:
    if not (may_prepare or may_send):
        raise NothingAllowed(Message(N_("Choose what the person may do.")))
    if end_on and end_on <= start_on:
        raise EndsBeforeItStarts(Message(N_("The last day must not lie before the first.")))


def _tell(delegation: Delegation, link: str) -> None:
    what = N_("prepare and send") if delegation.may_send else N_("prepare")
    words = {
        "school": str(delegation.school),
        "by": str(delegation.named_by),
        "what": {"say": what},
        "start": {"day": delegation.start_on.isoformat()},
        "link": link,
    }
    queue(NAMED, delegation.person, words)


def _record(delegation: Delegation, by: Person, verb: str, summary: str) -> None:
    words = {"person": str(delegation.person), "school": str(delegation.school)}
    record(
        actor=by,
        verb=verb,
        subject=delegation.school,
        summary=Message(summary, words),
        details={
            "delegation": delegation.pk,
            "may_prepare": delegation.may_prepare,
            "may_send": delegation.may_send,
            "start_on": delegation.start_on.isoformat(),
            "end_on": delegation.end_on.isoformat() if delegation.end_on else None,
        },
    )
