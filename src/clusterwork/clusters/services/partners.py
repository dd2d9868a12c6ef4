"""A partner joins a cluster: one that is known already, or a new one."""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from clusterwork.accounts.models import Person
from clusterwork.clusters.models import Membership, Part, Partner
from clusterwork.clusters.services.locking import cluster_to_change
from clusterwork.clusters.services.memberships import PartFacts, join


@transaction.atomic
def join_as_partner(
    *,
    person: Person,
    day: dt.date,
    pk: int,
    kind: str,
    name: str,
    start_on: dt.date,
    name_cy: str = "",
) -> Membership:
    """The partner of this kind and name, in the cluster from `start_on`. Raises as `join` does."""
    cluster_to_change(person, pk, day)
    partner = known_partner(kind, name, name_cy)
    return join(
        person=person,
        day=day,
        pk=pk,
        start_on=start_on,
        partner=partner,
        facts=PartFacts(Part.PARTNER),
    )


def known_partner(kind: str, name: str, name_cy: str = "") -> Partner:
    """The partner, written down if it is new; one without a Welsh name is given this one."""
    partner, is_new = Partner.objects.get_or_create(
        kind=kind, name=name.strip(), defaults={"name_cy": name_cy.strip()}
    )
    if name_cy.strip() and not partner.name_cy and not is_new:
        partner.name_cy = name_cy.strip()
        partner.save(update_fields=["name_cy"])
    return partner
