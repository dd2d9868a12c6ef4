"""How a cluster stands, from a day on; what it was before stays."""

from __future__ import annotations

import datetime as dt
from dataclasses import asdict, dataclass

from django.db import transaction

from clusterwork.accounts.models import Person
from clusterwork.audit.services import record
from clusterwork.clusters.models import Cluster, Standing
from clusterwork.clusters.selectors.clusters import standing_on
from clusterwork.clusters.services.locking import check_lives, cluster_to_change
from clusterwork.kernel.messages import N_, Message


@dataclass(frozen=True)
class StandingFacts:
    """What the form asks for: values of the choices in `models.standing`, or empty."""

    origin: str = ""
    initiation: str = ""
    footing: str = ""
    phases: str = ""
    sectors: str = ""
    basis: str = ""
    formality: int | None = None
    working_model: str = ""
    purposes: tuple[str, ...] = ()
    purpose_in_words: str = ""
    authority_parts: tuple[str, ...] = ()
    contact_name: str = ""
    contact_phone: str = ""
    contact_email: str = ""

    def as_fields(self) -> dict[str, object]:
        """As the row holds them."""
        lists = {"purposes": list(self.purposes), "authority_parts": list(self.authority_parts)}
        return {**asdict(self), **lists}


@transaction.atomic
def change_standing(
    *, person: Person, day: dt.date, pk: int, facts: StandingFacts, on: dt.date
) -> Standing:
    """How the cluster stands from `on` until what is known of a later day.

    Raises `NotThere`, `NotAllowed`, `BeforeTheCluster`, `ClusterHasClosed`.
    """
    cluster = cluster_to_change(person, pk, day)
    check_lives(cluster, on)
    before = standing_on(cluster, on)
    told = facts.as_fields()
    if before and all(getattr(before, name) == value for name, value in told.items()):
        return before
    standing = put_standing(cluster, on, told)
    record(
        actor=person,
        verb="cluster.standing",
        subject=cluster,
        summary=Message(N_("Changed how the cluster stands. From: %(on)s."), {"on": on}),
        details={"on": str(on), "before": fields_of(before) if before else {}, "after": told},
    )
    return standing


def put_standing(cluster: Cluster, on: dt.date, told: dict[str, object]) -> Standing:
    """Ends what holds on `on` and writes the new one; one that begins then is replaced."""
    holding = standing_on(cluster, on)
    following = cluster.standings.filter(start_on__gt=on).first()
    end = following.start_on if following else cluster.end_on
    if holding and holding.start_on == on:
        for name, value in told.items():
            setattr(holding, name, value)
        holding.save()
        return holding
    if holding:
        holding.end_on = on
        holding.save(update_fields=["end_on"])
    return Standing.objects.create(cluster=cluster, start_on=on, end_on=end, **told)


def fields_of(standing: Standing) -> dict[str, object]:
    """What it says, without whose and when."""
    return {name: getattr(standing, name) for name in StandingFacts.__dataclass_fields__}
