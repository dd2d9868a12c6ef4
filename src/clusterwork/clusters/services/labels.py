"""A cluster's working name and its code, as the organisation's officers keep them."""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from clusterwork.accounts.models import Person
from clusterwork.clusters.models import Cluster
from clusterwork.clusters.services.clusters import change_code, change_working_name
from clusterwork.clusters.services.locking import cluster_to_change


@transaction.atomic
def relabel(
    *, person: Person, day: dt.date, pk: int, working_name: str, code: str, on: dt.date
) -> Cluster:
    """The cluster with this working name from `on`, and with this code; both or neither.

    Raises what `change_working_name` and `change_code` raise.
    """
    cluster = cluster_to_change(person, pk, day)
    if code.strip() != cluster.code:
        change_code(person=person, day=day, pk=pk, code=code)
    return change_working_name(person=person, day=day, pk=pk, working_name=working_name, on=on)
