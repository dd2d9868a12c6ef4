"""Writes the steps of a spreadsheet of clusters; decides nothing, opens no transaction."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Sequence
from typing import Any

from clusterwork.accounts.models import Person
from clusterwork.audit.services import Actor, record
from clusterwork.clusters.models import (
    Appointment,
    Cluster,
    FormerName,
    Membership,
    Participation,
    Partner,
    StatusChange,
)
from clusterwork.clusters.rules.arriving import plans
from clusterwork.clusters.rules.arriving.plans import ClusterPlan, Draft, Office, Stay, Step
from clusterwork.clusters.rules.arriving.steps import cluster_values, office_values
from clusterwork.clusters.services.ending import end_life, end_what_rests_on
from clusterwork.kernel.messages import N_, Message
from clusterwork.registry.models import ImportRun
from clusterwork.registry.rules.names import fold
from clusterwork.registry.services.rows import update_rows

Ended = Membership.Ended
NAMES = ("working_name", "name", "name_cy")
CLUSTER = (*NAMES, "code", "status", "start_on", "end_on")
MEMBERSHIP = (
    "part", "contributes", "contributes_because", "start_on", "end_on", "ended_by", "reason",
    "memorandum_signed_on",
)  # fmt: skip
OFFICE = ("name", "email", "start_on", "end_on")


def apply_steps(run: ImportRun, draft: Draft, by: Actor | None) -> None:
    """Clusters first, their programmes, members and people after them, as each needs the other."""
    person = by if isinstance(by, Person) else None
    _make_clusters(_of(draft, plans.CLUSTER_NEW), draft.as_at, person)
    changed = _of(draft, plans.CLUSTER_CHANGED)
    _widen(changed)
    stays = _of(draft, plans.MEMBER_NEW), _of(draft, plans.MEMBER_CHANGED, plans.MEMBER_ENDED)
    _write_stays(*stays)
    _change_clusters(changed, draft.as_at, person)
    _write_offices(_of(draft, plans.OFFICE_NEW), _of(draft, plans.OFFICE_CHANGED))
    _take_part(_of(draft, plans.PROGRAMME_NEW))
    _record(run, draft, by)


def _of(draft: Draft, *happenings: str) -> list[Any]:
    return [step.of for step in draft.steps if step.happening in happenings]


def _plan_of(step: Step) -> ClusterPlan:
    of = step.of
    if isinstance(of, ClusterPlan):
        return of
    return of[0] if isinstance(of, tuple) else of.plan


def _id_of(plan: ClusterPlan) -> int:
    return plan.held.id if plan.held else plan.id


def _make_clusters(new: Sequence[ClusterPlan], as_at: dt.date, person: Person | None) -> None:
    rows = [
        Cluster(
            organisation_id=plan.organisation_id, started_by=person, **cluster_values(plan, as_at)
        )
        for plan in new
    ]
    for plan, row in zip(new, Cluster.objects.bulk_create(rows), strict=True):
        plan.id = row.pk
    StatusChange.objects.bulk_create(
        StatusChange(cluster=row, status=status, on=on, by=person)
        for row in rows
        for status, on in _statuses(row)
    )


def _statuses(cluster: Cluster) -> list[tuple[str, dt.date]]:
    """A cluster that has ended was active before it was closed."""
    if cluster.status == Cluster.Status.CLOSED and cluster.end_on:
        return [
            (Cluster.Status.ACTIVE, cluster.start_on),
            (Cluster.Status.CLOSED, cluster.end_on),
        ]
    return [(cluster.status, cluster.start_on)]


def _widen(changed: Sequence[ClusterPlan]) -> None:
    """For a moment the clusters last as long as before and after, so that both fit into them."""
    rows = []
    for plan in changed:
        before, after = plan.held.span if plan.held else plan.span, plan.span
        ends = (before.end, after.end)
        end = None if None in ends else max(end for end in ends if end)
        if before != after:
            rows.append((_id_of(plan), min(before.start, after.start), end))
    update_rows(Cluster, ["start_on", "end_on"], rows)


def _change_clusters(changed: Sequence[ClusterPlan], as_at: dt.date, person: Person | None) -> None:
    values = {_id_of(plan): cluster_values(plan, as_at) for plan in changed}
    former, moves = [], []
    for plan in changed:
        held, after = plan.held, values[_id_of(plan)]
        if held and any(getattr(held, name) != after[name] for name in NAMES):
            names = {name: getattr(held, name) for name in NAMES}
            former.append(FormerName(cluster_id=held.id, until=as_at, **names))
        if held and held.status != after["status"]:
            on = after["end_on"] if after["status"] == Cluster.Status.CLOSED else as_at
            moves.append((held.id, after["status"], on or as_at))
    FormerName.objects.bulk_create(former)
    StatusChange.objects.bulk_create(
        StatusChange(cluster_id=pk, status=status, on=on, by=person) for pk, status, on in moves
    )
    update_rows(
        Cluster, CLUSTER, [(pk, *(each[name] for name in CLUSTER)) for pk, each in values.items()]
    )
    _end_what_they_hold(changed)


def _end_what_they_hold(changed: Sequence[ClusterPlan]) -> None:
    """A cluster that the file ends takes its rotas, programmes and people with it."""
    ended = {plan.held.id: plan.span.end for plan in changed if plan.held}
    for cluster in Cluster.objects.filter(pk__in=ended):
        if (end := ended[cluster.pk]) is not None:
            end_life(cluster, end, Ended.CLUSTER_CLOSED)


def _write_stays(new: Sequence[Stay], changed: Sequence[Stay]) -> None:
    partners = _partners([stay for stay in new if stay.partner])
    following = _following([*new, *changed])
    rows = {id(stay): _fields(stay, following) for stay in (*new, *changed)}
    _update_stays(changed, rows)
    Membership.objects.bulk_create(
        Membership(
            cluster_id=_id_of(stay.plan),
            school_id=stay.school.id if stay.school else None,
            partner_id=partners[_partner_key(*stay.partner)] if stay.partner else None,
            **rows[id(stay)],
        )
        for stay in new
    )


def _update_stays(changed: Sequence[Stay], rows: dict[int, dict[str, Any]]) -> None:
    """Those that only become shorter first, so that no two meet on the way."""
    shorter = [stay for stay in changed if stay.held and stay.span.within(stay.held.span)]
    others = [stay for stay in changed if stay not in shorter]
    for these in (shorter, others):
        values = [
            (stay.held.id, *(rows[id(stay)][name] for name in MEMBERSHIP))
            for stay in these
            if stay.held
        ]
        update_rows(Membership, MEMBERSHIP, values)
    for stay in shorter:
        goes_on = rows[id(stay)]["ended_by"] == Ended.NEW_PART
        if stay.school and stay.span.end and not goes_on:
            end_what_rests_on([stay.school.id], [_id_of(stay.plan)], stay.span.end)


def _following(stays: Sequence[Stay]) -> dict[tuple[int, object, object], str]:
    """The part in which a member begins on a day, by cluster, member and day."""
    return {(id(stay.plan), stay.who, stay.span.start): stay.part for stay in stays}


def _fields(stay: Stay, following: dict[tuple[int, object, object], str]) -> dict[str, Any]:
    return {**stay.values(), "ended_by": _ended_by(stay, following)}


def _ended_by(stay: Stay, following: dict[tuple[int, object, object], str]) -> str:
    end = stay.span.end
    if end is None:
        return ""
    if following.get((id(stay.plan), stay.who, end), stay.part) != stay.part:
        return Ended.NEW_PART
    if end == stay.plan.span.end:
        return Ended.CLUSTER_CLOSED
    if stay.school and stay.school.closed_on == end:
        return Ended.SCHOOL_CLOSED
    return Ended.LEFT


def _partner_key(kind: str, name: str) -> tuple[str, str]:
    return kind, fold(name)


def _partners(stays: Sequence[Stay]) -> dict[tuple[str, str], int]:
    """The partners by kind and name; those not yet held are added."""
    if not stays:
        return {}
    found = {_partner_key(p.kind, p.name): p.pk for p in Partner.objects.order_by("-pk")}
    wanted = {_partner_key(*stay.partner): stay.partner for stay in stays if stay.partner}
    missing = [(kind, name) for key, (kind, name) in wanted.items() if key not in found]
    made = Partner.objects.bulk_create(Partner(kind=kind, name=name) for kind, name in missing)
    return found | {_partner_key(partner.kind, partner.name): partner.pk for partner in made}


def _write_offices(new: Sequence[Office], changed: Sequence[Office]) -> None:
    people = _people([*new, *changed])
    rows = [
        (office.held.id, *(office_values(office)[name] for name in OFFICE))
        for office in changed
        if office.held
    ]
    update_rows(Appointment, OFFICE, rows)
    Appointment.objects.bulk_create(
        Appointment(
            cluster_id=_id_of(office.plan),
            role=office.role,
            school_id=office.school.id if office.school else None,
            person_id=people.get(office.email.casefold()),
            **office_values(office),
        )
        for office in new
    )


def _people(offices: Sequence[Office]) -> dict[str, int]:
    """The people who have a sign-in with the e-mail address that the file gives."""
    emails = {office.email.casefold() for office in offices if office.email}
    rows = Person.objects.filter(email__in=emails) if emails else Person.objects.none()
    return {email.casefold(): pk for email, pk in rows.values_list("email", "pk")}


def _take_part(joined: Sequence[tuple[ClusterPlan, Any, Any]]) -> None:
    Participation.objects.bulk_create(
        Participation(
            cluster_id=_id_of(plan), programme_id=programme.id, start_on=span.start, end_on=span.end
        )
        for plan, programme, span in joined
    )


def _record(run: ImportRun, draft: Draft, by: Actor | None) -> None:
    """One line in the record of each cluster, with the steps that it was taken through."""
    steps: dict[int, list[Step]] = {}
    for step in draft.steps:
        steps.setdefault(_id_of(_plan_of(step)), []).append(step)
    for cluster in Cluster.objects.filter(pk__in=steps):
        taken = steps[cluster.pk]
        counted = Counter(step.happening.partition("_")[0] for step in taken)
        record(
            actor=by,
            verb="cluster.arrive",
            subject=cluster,
            summary=Message(
                N_("From a file: %(file)s. Memberships: %(members)s. Appointments: %(people)s."),
                {
                    "file": draft.file_name,
                    "members": counted["member"],
                    "people": counted["office"],
                },
            ),
            details={"import": run.pk, "steps": [step.shown() for step in taken]},
        )
