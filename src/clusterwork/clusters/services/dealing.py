"""Deals the turns ahead of a rota out anew and keeps them; asks for no permission."""

from __future__ import annotations

import datetime as dt

from clusterwork.clusters.models import Cluster, Rota, RotaSeat, RotaTurn
from clusterwork.clusters.rules.rota import Plan, planned
from clusterwork.clusters.selectors.rotas import as_seat, as_turn, chairs_in, seats_of, turns_of


def locked_rota(rota: Rota) -> Rota:
    """The rota with nobody else changing it or its cluster's appointments."""
    Cluster.objects.select_for_update().get(pk=rota.cluster_id)
    locked = Rota.objects.select_for_update(of=("self",)).select_related("cluster__organisation")
    return locked.get(pk=rota.pk)


def deal(rota: Rota, since: dt.date) -> None:
    """The turns from `since` on, each to the school whose turn it is.

    What is marked, changed by hand, or has its chair appointed stays. A turn on whose day nobody
    sits in the rota is taken out.
    """
    seats, turns, chairs = seats_of(rota), turns_of(rota), chairs_in(rota)
    plan = planned(
        [as_seat(seat) for seat in seats],
        [as_turn(turn, is_agreed=turn.pk in chairs) for turn in turns],
        since,
    )
    _keep_seats(seats, plan)
    _keep_turns(turns, plan)


def _keep_seats(seats: list[RotaSeat], plan: Plan) -> None:
    changed = []
    for seat, dealt in zip(seats, plan.seats, strict=True):
        if seat.credit != dealt.credit:
            seat.credit = dealt.credit
            changed.append(seat)
    RotaSeat.objects.bulk_update(changed, ["credit"])


def _keep_turns(turns: list[RotaTurn], plan: Plan) -> None:
    dealt = {turn.start_on: turn for turn in plan.turns}
    changed, nobody = [], []
    for turn in turns:
        school, stands_in = dealt[turn.start_on].school, dealt[turn.start_on].stood_in
        if school is None:
            nobody.append(turn.pk)
        elif (school, stands_in) != (turn.school_id, turn.stood_in_id):
            turn.school_id, turn.stood_in_id, turn.because = school, stands_in, ""
            changed.append(turn)
    RotaTurn.objects.filter(pk__in=nobody).delete()
    RotaTurn.objects.bulk_update(changed, ["school", "stood_in", "because"])
