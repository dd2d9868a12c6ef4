"""Putting right what was entered wrongly: earlier days change, and what was known then stays."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from django.db import transaction

from clusterwork.accounts.models import Person
from clusterwork.audit.services import record
from clusterwork.clusters.models import Appointment, Cluster, Membership, RotaSeat, RotaTurn
from clusterwork.clusters.rules.spans import Span, covered
from clusterwork.clusters.services.membership_checks import check_membership, span_in, span_of
from clusterwork.clusters.services.memberships import (
    Ended,
    NoReason,
    PartFacts,
    membership_to_change,
)
from clusterwork.clusters.services.refusals import in_words
from clusterwork.kernel.errors import Problem
from clusterwork.kernel.messages import N_, Message


class SomethingRestsOnIt(Problem):
    """An appointment, a seat or a mini-cluster for days on which there would be no membership."""


@dataclass(frozen=True)
class MembershipFacts:
    """What a membership should have said."""

    start_on: dt.date
    end_on: dt.date | None
    facts: PartFacts
    ended_by: str = ""
    reason_of_end: str = ""
    signed_on: dt.date | None = None


@transaction.atomic
def amend_membership(
    *, person: Person, day: dt.date, membership_pk: int, told: MembershipFacts, because: str
) -> Membership:
    """The membership as it should have been entered, with the reason in the record.

    Raises what `join` raises, `NoReason`, `SomethingRestsOnIt`.
    """
    row = membership_to_change(person, membership_pk, day)
    _check_said(because)
    before, in_the_air = _said(row), _unrested(row.cluster, row.school_id)
    span = span_in(row.cluster, told.start_on, told.end_on)
    row.start_on, row.end_on = span
    row.ended_by = (told.ended_by or row.ended_by or Ended.LEFT) if span.end else ""
    row.reason = (told.reason_of_end.strip() or row.reason) if span.end else ""
    row.memorandum_signed_on = told.signed_on
    for name, value in told.facts.as_fields().items():
        setattr(row, name, value)
    check_membership(row)
    with in_words():
        row.save()
    _check_rests(row.cluster, row.school_id, in_the_air)
    _record(person, row, "membership.amend", N_("Corrected a membership: %(member)s."), {
        "before": before, "after": _said(row), "because": because.strip(),
    })  # fmt: skip
    return row


@transaction.atomic
def take_back_membership(
    *, person: Person, day: dt.date, membership_pk: int, because: str
) -> Cluster:
    """Removes a membership that never was; its history keeps that it was entered.

    Raises `NotThere`, `NotAllowed`, `NoReason`, `SomethingRestsOnIt`.
    """
    row = membership_to_change(person, membership_pk, day)
    _check_said(because)
    before, cluster = _said(row), row.cluster
    in_the_air = _unrested(cluster, row.school_id)
    details = {"before": before, "because": because.strip()}
    _record(person, row, "membership.take_back", N_("Took a membership back: %(member)s."), details)
    row.delete()
    _check_rests(cluster, row.school_id, in_the_air)
    return cluster


def _check_said(because: str) -> None:
    if not because.strip():
        raise NoReason(
            Message(N_("It is not said why this is corrected.")),
            why=Message(N_("A correction changes what earlier days say.")),
            next_step=Message(N_("Write what was wrong, and how you know.")),
        )


def _said(row: Membership) -> dict[str, object]:
    names = ("part", "contributes", "contributes_because", "ended_by", "reason")
    days = {
        "start_on": str(row.start_on),
        "end_on": str(row.end_on or ""),
        "memorandum_signed_on": str(row.memorandum_signed_on or ""),
    }
    return {**days, **{name: getattr(row, name) for name in names}}


def _record(
    person: Person, row: Membership, verb: str, said: str, details: Mapping[str, object]
) -> None:
    record(
        actor=person,
        verb=verb,
        subject=row.cluster,
        summary=Message(said, {"member": str(row.school or row.partner)}),
        details={"membership": row.pk, "school": row.school_id, **details},
    )


def _check_rests(cluster: Cluster, school_id: int | None, in_the_air: set[Span]) -> None:
    """Whatever the school holds in the cluster must rest on a membership as well as before."""
    if _unrested(cluster, school_id) - in_the_air:
        raise SomethingRestsOnIt(
            Message(N_("Something rests on the days that would fall away.")),
            why=Message(
                N_("The school has an appointment, a turn in the chair or a mini-cluster then.")
            ),
            next_step=Message(N_("Correct or end that first.")),
        )


def _unrested(cluster: Cluster, school_id: int | None) -> set[Span]:
    """The days of what the school holds in the cluster that no membership covers."""
    if school_id is None:
        return set()
    spans = [span_of(row) for row in cluster.memberships.filter(school=school_id)]
    return {each for each in _resting(cluster, school_id) if not covered(each, spans)}


def _resting(cluster: Cluster, school_id: int) -> list[Span]:
    minis = Membership.objects.filter(cluster__parent=cluster, school=school_id)
    held = Appointment.objects.filter(cluster=cluster, school=school_id)
    seats = RotaSeat.objects.filter(rota__cluster=cluster, school=school_id)
    turns = RotaTurn.objects.filter(rota__cluster=cluster, school=school_id)
    spans: list[Span] = []
    for rows in (minis, held, seats, turns):
        spans += [Span(*days) for days in rows.values_list("start_on", "end_on")]
    return spans
