"""Loads one membership for those who run its cluster."""

from __future__ import annotations

import datetime as dt

from clusterwork.accounts.models import Person
from clusterwork.clusters.models import Membership
from clusterwork.clusters.permissions.clusters import cluster_to_run
from clusterwork.kernel.errors import NotThere
from clusterwork.kernel.messages import N_, Message


def membership_to_run(person: Person, pk: int, day: dt.date) -> Membership:
    """The membership with its cluster, or `NotThere`, or `NotAllowed`."""
    found = Membership.objects.select_related("school", "partner").filter(pk=pk).first()
    if found is None:
        raise NotThere(Message(N_("There is no such membership.")))
    found.cluster = cluster_to_run(person, found.cluster_id, day)
    return found
