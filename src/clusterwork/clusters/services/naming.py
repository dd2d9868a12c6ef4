"""Whether a name is free: no two clusters of one organisation carry it at the same time."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection

from clusterwork.clusters.models import Cluster
from clusterwork.clusters.services.ending import after
from clusterwork.kernel.errors import Problem
from clusterwork.kernel.messages import N_, Message
from clusterwork.registry.models import Organisation
from clusterwork.registry.rules.names import fold


class NameTaken(Problem):
    """A name that another cluster of the organisation carries."""


def check_name_free(
    organisation: Organisation, names: Collection[str], on: dt.date, but: Collection[int] = ()
) -> None:
    """Raises `NameTaken` where another cluster that lives on `on` or later has one of the names,
    or where two of them are the same; `but` are clusters that may have it. One query."""
    taken = _taken(organisation, on, but)
    for name in names:
        key = fold(name)
        if key and key in taken:
            raise _name_taken(name)
        taken.add(key)


def _taken(organisation: Organisation, on: dt.date, but: Collection[int]) -> set[str]:
    living = Cluster.objects.filter(after(on), organisation=organisation).exclude(pk__in=but)
    rows = living.order_by().values_list("working_name", "name", "name_cy")
    return {fold(name) for row in rows for name in row if name}


def _name_taken(name: str) -> Problem:
    return NameTaken(
        Message(N_("Another cluster has this name: %(name)s."), {"name": name}),
        why=Message(N_("Two clusters of one organisation under one name are mixed up.")),
        next_step=Message(N_("Add what tells it apart, such as a village, a valley or a river.")),
    )
