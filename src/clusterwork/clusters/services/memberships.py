"""Schools and partners join a cluster, take another part, leave, or are dropped."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import override

from clusterwork.accounts.models import Person
from clusterwork.audit.services import record
from clusterwork.clusters.models import Cluster, Membership, Part, Partner
from clusterwork.clusters.services.ending import end_stays
from clusterwork.clusters.services.locking import cluster_to_change
from clusterwork.clusters.services.membership_checks import check_membership, span_in
from clusterwork.clusters.services.refusals import ends_before_it_starts, in_words
from clusterwork.kernel.errors import NotThere, Problem
from clusterwork.kernel.messages import N_, Message
from clusterwork.registry.models import School

Ended = Membership.Ended


class NoReason(Problem):
    """Something that needs a reason, and has none."""


class EndedAlready(Problem):
    """A membership that had ended by that day."""


class NothingChanges(Problem):
    """A change to what the member is already."""


class NotOnItsFirstDay(Problem):
    """A membership that would end before it had lasted a day."""


@dataclass(frozen=True)
class PartFacts:
    """What a member is in its cluster; a contributing one says what it contributes, and why."""

    part: str = Part.CORE
    contributes: str = ""
    because: str = ""

    def as_fields(self) -> dict[str, str]:
        """As the row holds them; other parts contribute nothing that is written down."""
        gives = self.part == Part.CONTRIBUTING
        return {
            "part": self.part,
            "contributes": self.contributes.strip() if gives else "",
            "contributes_because": self.because.strip() if gives else "",
        }


@transaction.atomic
def join(
    *,
    person: Person,
    day: dt.date,
    pk: int,
    start_on: dt.date,
    school: School | None = None,
    partner: Partner | None = None,
    facts: PartFacts | None = None,
    end_on: dt.date | None = None,
    signed_on: dt.date | None = None,
) -> Membership:
    """A school or a partner in the cluster from `start_on`; `signed_on` dates its memorandum.

    Without an end it stays as long as the cluster. Raises `NotThere`, `NotAllowed`,
    `AlreadyAMember`, `SchoolHasClosed`, `EndsBeforeItStarts`, `OutsideTheClustersLife`,
    `NotInTheParent`, `InAnotherCluster`, `SaysNotWhatItContributes`.
    """
    cluster = cluster_to_change(person, pk, day)
    told = facts or PartFacts(Part.PARTNER if partner else Part.CORE)
    row = put_member(cluster, start_on, school, partner, told, end_on, signed_on)
    _record(
        person,
        row,
        "membership.join",
        Message(
            N_("Joined the cluster: %(member)s. From: %(on)s."),
            {"member": str(school or partner), "on": start_on},
        ),
    )
    return row


def put_member(
    cluster: Cluster,
    start_on: dt.date,
    school: School | None,
    partner: Partner | None,
    facts: PartFacts,
    end_on: dt.date | None = None,
    signed_on: dt.date | None = None,
) -> Membership:
    """A checked membership of a locked cluster; records nothing."""
    span = span_in(cluster, start_on, end_on)
    row = Membership(
        cluster=cluster,
        school=school,
        partner=partner,
        start_on=span.start,
        end_on=span.end,
        ended_by=_how(cluster, span.end, end_on),
        memorandum_signed_on=signed_on,
        **facts.as_fields(),
    )
    check_membership(row)
    with in_words():
        row.save(force_insert=True)
    return row


def _how(cluster: Cluster, end: dt.date | None, asked: dt.date | None) -> str:
    """How a membership that is entered with its end came to it."""
    if end is None:
        return ""
    return Ended.LEFT if asked and asked != cluster.end_on else Ended.CLUSTER_CLOSED


@transaction.atomic
def take_part(
    *, person: Person, day: dt.date, membership_pk: int, facts: PartFacts, on: dt.date
) -> Membership:
    """The member in another part from `on`; until then what it was.

    Raises `NotThere`, `NotAllowed`, `EndedAlready`, `EndsBeforeItStarts`,
    `SaysNotWhatItContributes`, `NothingChanges`.
    """
    row = membership_to_change(person, membership_pk, day)
    _check_holds(row, on)
    _check_changes(row, facts)
    before = row.part
    row = other_part(row, facts, on)
    _record(
        person,
        row,
        "membership.part",
        Message(
            N_("Takes another part: %(member)s. From: %(on)s. Part: %(part)s."),
            {"member": str(row.school or row.partner), "on": on, "part": english_part(facts.part)},
        ),
        {"before": before, "after": facts.part},
    )
    return row


def english_part(part: str) -> str:
    """The label of a part as the catalogue knows it; whoever shows it looks it up."""
    with override("en-gb"):
        return str(Part(part).label)


def _check_changes(row: Membership, facts: PartFacts) -> None:
    if all(getattr(row, name) == value for name, value in facts.as_fields().items()):
        raise NothingChanges(
            Message(N_("Nothing would change.")),
            why=Message(N_("It has this part already, since: %(on)s."), {"on": row.start_on}),
            next_step=Message(N_("Choose another part, or go back.")),
        )


def other_part(row: Membership, facts: PartFacts, on: dt.date) -> Membership:
    """The checked row of a locked cluster in another part from `on`; records nothing."""
    if on == row.start_on:
        return _saved(row, facts)
    rest = Membership(
        cluster=row.cluster,
        school=row.school,
        partner=row.partner,
        start_on=on,
        end_on=row.end_on,
        ended_by=row.ended_by,
        reason=row.reason,
        memorandum_signed_on=row.memorandum_signed_on,
    )
    row.end_on, row.ended_by, row.reason = on, Ended.NEW_PART, ""
    with in_words():
        row.save(update_fields=["end_on", "ended_by", "reason"])
    return _saved(rest, facts)


def _saved(row: Membership, facts: PartFacts) -> Membership:
    for name, value in facts.as_fields().items():
        setattr(row, name, value)
    check_membership(row)
    with in_words():
        row.save()
    return row


@transaction.atomic
def leave(
    *, person: Person, day: dt.date, membership_pk: int, on: dt.date, reason: str
) -> Membership:
    """The school or partner leaves on `on`, with its mini-clusters and appointments.

    Raises `NotThere`, `NotAllowed`, `NoReason`, `EndedAlready`, `NotOnItsFirstDay`.
    """
    row = membership_to_change(person, membership_pk, day)
    n_ended = _end(row, on, Ended.LEFT, _a_reason(reason), day)
    _record_end(person, row, "membership.leave", N_("Left the cluster: %(member)s."), n_ended)
    return row


@transaction.atomic
def drop(
    *,
    person: Person,
    day: dt.date,
    membership_pk: int,
    on: dt.date,
    reason: str,
    decided_by: str,
) -> Membership:
    """The school or partner is out from `on` by a decision; who took it is in the record.

    Raises as `leave` does.
    """
    row = membership_to_change(person, membership_pk, day)
    told = _a_reason(reason)
    if not decided_by.strip():
        raise NoReason(
            Message(N_("It is not said who decided this.")),
            next_step=Message(N_("Write which person or meeting took the decision.")),
        )
    n_ended = _end(row, on, Ended.DROPPED, told, day)
    _record_end(
        person,
        row,
        "membership.drop",
        N_("Dropped from the cluster by decision: %(member)s."),
        n_ended,
        decided_by=decided_by.strip(),
    )
    return row


def membership_to_change(person: Person, pk: int, day: dt.date) -> Membership:
    """The membership with its cluster under lock. Raises `NotThere`, `NotAllowed`."""
    found = Membership.objects.filter(pk=pk).first()
    if found is None:
        raise NotThere(Message(N_("There is no such membership.")))
    cluster = cluster_to_change(person, found.cluster_id, day)
    row = Membership.objects.select_related("school", "partner").filter(pk=pk).first()
    if row is None:
        raise NotThere(Message(N_("This membership has been taken back meanwhile.")))
    row.cluster = cluster
    return row


def stay_of(row: Membership) -> list[Membership]:
    """The row and those of the same member that it follows on, or that follow it, without a gap."""
    rows = row.cluster.memberships.filter(school=row.school_id, partner=row.partner_id)
    stay: list[Membership] = []
    for each in rows.order_by("start_on"):
        if stay and stay[-1].end_on != each.start_on:
            if row in stay:
                break
            stay = []
        stay.append(each)
    return stay


def later_periods(row: Membership) -> list[Membership]:
    """The periods of its stay that follow on the row; a leaving before one takes it out."""
    return [each for each in stay_of(row) if each.start_on > row.start_on]


def _end(row: Membership, on: dt.date, ended_by: str, reason: str, day: dt.date) -> int:
    stay = stay_of(row)
    last = stay[-1].end_on
    if last and last <= max(day, on):
        raise ended_already(last)
    if on <= stay[0].start_on:
        raise NotOnItsFirstDay(
            Message(N_("It would have left before it had been in the cluster for a day.")),
            why=Message(N_("It joined on: %(on)s."), {"on": stay[0].start_on}),
            next_step=Message(
                N_("Choose a later day. If it never was a member, take the entry back instead.")
            ),
        )
    rows = Membership.objects.filter(pk__in=[each.pk for each in stay])
    n_ended = end_stays(row.cluster, rows, on, ended_by, reason)
    _never_move(stay[-1], on)
    row.end_on, row.ended_by, row.reason = on, ended_by, reason
    return n_ended


def _never_move(last: Membership, on: dt.date) -> None:
    """Whoever was to move with a split or a merger ahead does not come there any more."""
    if last.end_on and last.ended_by in (Ended.SPLIT, Ended.MERGER):
        there = Cluster.objects.filter(came_from__before=last.cluster, came_from__on=last.end_on)
        for cluster in there:
            coming = cluster.memberships.filter(school=last.school_id, partner=last.partner_id)
            end_stays(cluster, coming, on, last.ended_by)


def _check_holds(row: Membership, on: dt.date) -> None:
    if on < row.start_on:
        raise ends_before_it_starts()
    if row.end_on and on >= row.end_on:
        raise ended_already(row.end_on)


def ended_already(on: dt.date | None) -> EndedAlready:
    """For a change of a membership after its end."""
    return EndedAlready(
        Message(N_("The membership ended already.")),
        why=Message(N_("It ended on: %(on)s."), {"on": str(on)}),
        next_step=Message(N_("Choose an earlier day; if the end is wrong, correct it instead.")),
    )


def _a_reason(reason: str) -> str:
    if not reason.strip():
        raise NoReason(
            Message(N_("There is no reason given.")),
            why=Message(N_("It is kept, so that everybody can see later why this was done.")),
            next_step=Message(N_("Write the reason in a few words.")),
        )
    return reason.strip()


def _record_end(
    person: Person, row: Membership, verb: str, said: str, n_ended: int, **more: str
) -> None:
    details = {"on": str(row.end_on), "reason": row.reason, "appointments": n_ended, **more}
    _record(person, row, verb, Message(said, {"member": str(row.school or row.partner)}), details)


def _record(
    person: Person,
    row: Membership,
    verb: str,
    summary: Message,
    details: dict[str, object] | None = None,
) -> None:
    record(
        actor=person,
        verb=verb,
        subject=row.cluster,
        summary=summary,
        details={
            "membership": row.pk,
            "school": row.school_id,
            "partner": row.partner_id,
            "part": row.part,
            "from": str(row.start_on),
            **(details or {}),
        },
    )
