"""What the census of `web.clusters.people` needs: a function of the world for each word."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

from clusterwork.clusters.models import Appointment, Cluster, Headship, RotaTurn
from clusterwork.clusters.services.appointing import AppointmentFacts
from clusterwork.clusters.services.appointments import appoint
from clusterwork.clusters.services.headships import HeadshipFacts, begin_headship
from clusterwork.clusters.services.rotas import start_rota


def rota_cluster(world: Any) -> Cluster:
    """The cluster, with people in its roles and a rota of six meetings from today on."""
    cluster: Cluster = world.made("cluster")
    who = {"person": world.officer, "day": world.today, "cluster_pk": cluster.pk}
    chair = AppointmentFacts("chair", "Ann Lee", world.today, school=world.schools[1])
    adviser = AppointmentFacts("link_adviser", "Ada Wynn", dt.date(2021, 9, 1))
    for facts in (chair, adviser):
        appoint(**who, facts=facts)
    rota = start_rota(**who, unit="meeting", start_on=world.today, schools=world.schools[:5])
    for n in range(6):  # as they stand, whether or not the day is in a holiday of this year
        day = world.today + dt.timedelta(days=30 * (n + 1))
        school = world.schools[n % 5]
        RotaTurn.objects.create(
            rota=rota, school=school, start_on=day, end_on=day + dt.timedelta(days=1)
        )
    return cluster


def held(world: Any, role: str) -> Appointment:
    found: Appointment = world.made("rota_cluster").appointments.get(role=role)
    return found


def turn(world: Any) -> RotaTurn:
    """The first turn, to come."""
    return RotaTurn.objects.filter(rota__cluster=world.made("rota_cluster"))[0]


def headship(world: Any) -> Headship:
    """Of the first school, whose head is among the people."""
    facts = HeadshipFacts("substantive", dt.date(2022, 9, 1), name="Hana Jones")
    who = {"person": world.officer, "day": world.today}
    return begin_headship(**who, schools=[world.school], facts=facts)[0]


MAKERS: dict[str, Callable[[Any], Any]] = {
    "rota_cluster": rota_cluster,
    "chair": lambda world: held(world, "chair"),
    "adviser": lambda world: held(world, "link_adviser"),
    "clerk_role": lambda world: "clerk",
    "turn": turn,
    "headship": headship,
}
