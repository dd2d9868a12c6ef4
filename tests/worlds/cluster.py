"""What the census of `web.clusters.cluster` needs: a function of the world for each word."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

from clusterwork.clusters.models import Cluster, Membership, Part, RegisterEffect

STARTED = dt.date(2020, 9, 1)


def cluster(world: Any) -> Cluster:
    """An active cluster of the first six schools; the first leads, so its people belong to it."""
    made = Cluster.objects.create(
        organisation=world.organisation,
        working_name="Wolder North",
        name="North Wolds Together",
        name_cy="Gogledd y Wolds",
        status=Cluster.Status.ACTIVE,
        start_on=STARTED,
        started_by=world.officer,
    )
    Membership.objects.bulk_create(
        Membership(
            cluster=made, school=school, start_on=STARTED, part=Part.LEAD if n == 0 else Part.CORE
        )
        for n, school in enumerate(world.schools[:6])
    )
    return made


def membership(world: Any) -> Membership:
    """The second school's membership of the cluster."""
    found: Membership = world.made("cluster").memberships.get(school=world.schools[1])
    return found


def register_effect(world: Any) -> RegisterEffect:
    """The register says that the third school closed; nobody has said what follows."""
    return RegisterEffect.objects.create(
        change_id=1,
        school=world.schools[2],
        cluster=world.made("cluster"),
        kind=RegisterEffect.Kind.CLOSED,
        on=world.today,
    )


MAKERS: dict[str, Callable[[Any], Any]] = {
    "cluster": cluster,
    "membership": membership,
    "register_effect": register_effect,
    "status_move": lambda world: "close",
}
