"""How a cluster says that it works: its own people's words, in its dated description."""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from clusterwork.accounts.models import Person
from clusterwork.audit.services import record
from clusterwork.clusters.models import Standing
from clusterwork.clusters.permissions import cluster_to_work_in
from clusterwork.clusters.selectors.clusters import standing_on
from clusterwork.clusters.services.locking import check_lives, locked
from clusterwork.clusters.services.standings import StandingFacts, fields_of, put_standing
from clusterwork.kernel.messages import N_, Message


@transaction.atomic
def change_working_model(
    *, person: Person, day: dt.date, pk: int, working_model: str, on: dt.date
) -> Standing:
    """The description from `on` with another working model; all else in it stays as it was.

    Raises `NotThere`, `NotAllowed`, `BeforeTheCluster`, `ClusterHasClosed`.
    """
    cluster_to_work_in(person, pk, day)
    cluster = locked([pk])[pk]
    check_lives(cluster, on)
    before = standing_on(cluster, on)
    told = fields_of(before) if before else StandingFacts().as_fields()
    if before and before.working_model == working_model.strip():
        return before
    standing = put_standing(cluster, on, {**told, "working_model": working_model.strip()})
    record(
        actor=person,
        verb="cluster.working_model",
        subject=cluster,
        summary=Message(N_("Changed the working model. From: %(on)s."), {"on": on}),
        details={"on": str(on), "before": told["working_model"], "after": working_model.strip()},
    )
    return standing
