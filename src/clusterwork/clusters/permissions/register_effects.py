"""Loads what a change of the register means for a cluster, for those who run the cluster."""

from __future__ import annotations

import datetime as dt

from clusterwork.accounts.models import Person
from clusterwork.clusters.models import RegisterEffect
from clusterwork.clusters.permissions.clusters import cluster_to_run
from clusterwork.kernel.errors import NotThere
from clusterwork.kernel.messages import N_, Message


def effect_to_run(person: Person, pk: int, day: dt.date) -> RegisterEffect:
    """The change with its cluster, or `NotThere`, or `NotAllowed`."""
    found = RegisterEffect.objects.select_related("school").filter(pk=pk).first()
    if found is None:
        raise NotThere(Message(N_("There is no such change.")))
    found.cluster = cluster_to_run(person, found.cluster_id, day)
    return found
