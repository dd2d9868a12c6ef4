"""What somebody holds on a day, across clusters, and what is open in each: for a successor."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import groupby

from clusterwork.clusters.models import Appointment, Cluster, RegisterEffect, RotaTurn
from clusterwork.clusters.selectors.vacancies import Vacancy, vacancies
from clusterwork.registry.models import School


@dataclass
class InCluster:
    """What somebody holds in one cluster, and what is open there.

    `turns` are turns in the chair: those past that nobody has marked, and those to come of the
    schools that this person stands for. `effects` are changes of the register to decide about.
    """

    cluster: Cluster
    held: list[Appointment]
    vacancies: list[Vacancy] = field(default_factory=list)
    turns: list[RotaTurn] = field(default_factory=list)
    effects: list[RegisterEffect] = field(default_factory=list)
    coming: list[Appointment] = field(default_factory=list)

    @property
    def schools(self) -> set[int | None]:
        """The schools for which something is held here."""
        return {each.school_id for each in self.held if each.school_id}


def hand_over_list(held: Iterable[Appointment], day: dt.date) -> list[InCluster]:
    """What is held (in the order of the clusters), with what is open in each: five queries more."""
    groups = [
        InCluster(cluster, list(rows))
        for cluster, rows in groupby(held, key=lambda each: each.cluster)
    ]
    by_pk = {group.cluster.pk: group for group in groups}
    for vacancy in vacancies([group.cluster for group in groups], day):
        by_pk[vacancy.cluster.pk].vacancies.append(vacancy)
    _add_turns(by_pk, day)
    for effect in RegisterEffect.objects.filter(cluster__in=by_pk, settled_at=None):
        by_pk[effect.cluster_id].effects.append(effect)
    coming = Appointment.objects.filter(cluster__in=by_pk, start_on__gt=day)
    for appointment in coming.select_related("school").order_by("start_on"):
        by_pk[appointment.cluster_id].coming.append(appointment)
    return groups


def _add_turns(by_pk: dict[int, InCluster], day: dt.date) -> None:
    turns = RotaTurn.objects.filter(rota__cluster__in=by_pk, taken=None)
    for turn in turns.select_related("rota", "school", "stood_in").order_by("start_on"):
        group = by_pk[turn.rota.cluster_id]
        theirs = {turn.school_id, turn.stood_in_id} & group.schools
        if turn.end_on <= day or theirs:
            group.turns.append(turn)


def turns_to_come(schools: Iterable[School], day: dt.date, until: dt.date) -> list[RotaTurn]:
    """The turns of these schools that begin between the two days, the earliest first."""
    pks = [school.pk for school in schools]
    found = RotaTurn.objects.filter(taken=None, start_on__gt=day, start_on__lte=until)
    found = found.filter(school__in=pks, stood_in=None) | found.filter(stood_in__in=pks)
    return list(found.select_related("rota__cluster", "school").order_by("start_on", "pk"))
