"""How the schools of a cluster are governed on a day, and which of them one signature serves."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import Q

from clusterwork.clusters.models import Cluster
from clusterwork.clusters.rules.signing import Governed, served_by, who_signs
from clusterwork.clusters.selectors.memberships import is_on, members_on
from clusterwork.registry.models import Affiliation, Partnership, PartnershipKind, School


@dataclass(frozen=True)
class Governing:
    """Schools with how each is governed; `groupings` are their federations and trusts by key."""

    schools: dict[int, School]
    governed: dict[int, Governed]
    groupings: dict[int, Partnership] = field(default_factory=dict)

    def who_signs(self, school_pk: int) -> tuple[str, ...]:
        """The capacities in which somebody signs for the school."""
        return who_signs(self.governed[school_pk])

    def grouping(self, school_pk: int) -> Partnership | None:
        """The federation or trust whose one signature serves the school with others."""
        key = served_by(self.governed[school_pk])
        return self.groupings.get(key) if key else None

    def served_with(self, school_pk: int) -> list[School]:
        """The schools that a signature for this one serves, itself among them, by name."""
        key = served_by(self.governed[school_pk])
        if key is None:
            return [self.schools[school_pk]]
        same = [pk for pk, each in self.governed.items() if served_by(each) == key]
        return [school for pk, school in self.schools.items() if pk in same]


def governing_of(cluster: Cluster, day: dt.date) -> Governing:
    """The cluster's schools on `day`, by name; two queries."""
    return governing([each.school for each in members_on(cluster, day) if each.school], day)


def governing(schools: Iterable[School], day: dt.date) -> Governing:
    """How these schools are governed on `day`; one query."""
    listed = {school.pk: school for school in schools}
    stays = Affiliation.objects.filter(
        is_on(day),
        Q(partnership__closed_on__isnull=True) | Q(partnership__closed_on__gt=day),
        school__in=listed,
        partnership__kind__in=(PartnershipKind.FEDERATION, PartnershipKind.TRUST),
    ).select_related("partnership__organisation")
    found: dict[tuple[int, str], Partnership] = {}
    for stay in stays.order_by("-start_on", "pk"):
        found.setdefault((stay.school_id, stay.partnership.kind), stay.partnership)
    governed = {pk: _governed(school, found) for pk, school in listed.items()}
    return Governing(listed, governed, {each.pk: each for each in found.values()})


def _governed(school: School, found: dict[tuple[int, str], Partnership]) -> Governed:
    federation = found.get((school.pk, PartnershipKind.FEDERATION))
    trust = found.get((school.pk, PartnershipKind.TRUST))
    return Governed(
        school.phase,
        school.type_name,
        school.type_group,
        federation.pk if federation else None,
        trust.pk if trust else None,
    )
