"""How proposals, chairs and hosting spread over a cluster's schools: facts, by name, unranked."""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from dataclasses import dataclass

from django.db.models import Q

from clusterwork.clusters.models import Appointment, Cluster, Membership, RotaTurn
from clusterwork.registry.models import School


@dataclass(frozen=True)
class Voice:
    """A school in a period: its proposals, who of it was in the chair, its turns had and hosted.

    `stood_in` are the turns that it took for another school, which `turns` counts as well.
    """

    school: School
    is_member: bool
    proposals: int
    chairs: tuple[Appointment, ...]
    turns: int
    stood_in: int


@dataclass(frozen=True)
class Voices:
    """The schools by name, and the proposals that came from no school."""

    rows: list[Voice]
    of_nobody: int


def voices_of(cluster: Cluster, since: dt.date, until: dt.date) -> Voices:
    """Everybody who was in the cluster in [since, until): four queries."""
    stays = Membership.objects.filter(_in(since, until), cluster=cluster, school__isnull=False)
    last = {row.school_id: row for row in stays.select_related("school").order_by("start_on")}
    proposals = _proposals(cluster, since, until)
    chairs = _chairs(cluster, since, until)
    taken, stood_in = _turns(cluster, since, until)
    rows = [
        Voice(
            row.school,
            row.end_on is None or row.end_on >= until,
            proposals[pk],
            tuple(chairs[pk]),
            taken[pk],
            stood_in[pk],
        )
        for pk, row in last.items()
        if pk and row.school
    ]
    rows.sort(key=lambda each: (each.school.sort_key, each.school.pk))
    return Voices(rows, proposals[None])


def _proposals(cluster: Cluster, since: dt.date, until: dt.date) -> Counter[int | None]:
    found = cluster.decisions.filter(proposed_on__gte=since, proposed_on__lt=until)
    return Counter(found.order_by().values_list("proposed_school_id", flat=True))


def _chairs(
    cluster: Cluster, since: dt.date, until: dt.date
) -> dict[int | None, list[Appointment]]:
    held = cluster.appointments.filter(_in(since, until), role=Appointment.Role.CHAIR)
    found: dict[int | None, list[Appointment]] = defaultdict(list)
    for each in held.order_by("start_on", "pk"):
        found[each.school_id].append(each)
    return found


def _turns(cluster: Cluster, since: dt.date, until: dt.date) -> tuple[Counter[int], Counter[int]]:
    rows = RotaTurn.objects.filter(
        rota__cluster=cluster, taken=True, start_on__gte=since, start_on__lt=until
    )
    taken: Counter[int] = Counter()
    stood_in: Counter[int] = Counter()
    for school, other in rows.order_by().values_list("school_id", "stood_in_id"):
        taken[other or school] += 1
        if other:
            stood_in[other] += 1
    return taken, stood_in


def _in(since: dt.date, until: dt.date) -> Q:
    return Q(start_on__lt=until) & (Q(end_on__isnull=True) | Q(end_on__gt=since))
