"""Who holds the posts that sign for schools on a day: heads, chairs of governors, trusts."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count

from clusterwork.accounts.models import Person, Role
from clusterwork.accounts.selectors.roles import is_on as role_is_on
from clusterwork.clusters.models import Appointment, Cluster, Headship
from clusterwork.clusters.rules.signing import COMMITTEE, GOVERNORS, HEAD, TRUST
from clusterwork.clusters.selectors.governed import Governing
from clusterwork.clusters.selectors.headships import headships_on
from clusterwork.clusters.selectors.memberships import is_on
from clusterwork.registry.models import Affiliation, Organisation, OrganisationKind

FOR_TRUST = (Role.Kind.PROGRAMME_OFFICER, Role.Kind.PARTNER)


@dataclass(frozen=True)
class Holder:
    """Somebody in a post; `person` is None for whoever has no sign-in."""

    name: str
    person: Person | None = None
    email: str = ""


@dataclass(frozen=True)
class Posts:
    """Who holds which post in the schools of `governing` on a day.

    `larger` are the trusts without an organisation here that have several schools.
    """

    governing: Governing
    headships: dict[int, Headship]
    roles: dict[tuple[str, int], list[Person]]
    chairs: dict[int, Appointment]
    of_trusts: dict[int, list[Person]]
    larger: frozenset[int]

    def holders(self, capacity: str, school_pk: int) -> list[Holder]:
        """Those who sign in this capacity for the school, and for all that are served with it."""
        if capacity == TRUST:
            return self._of_trust(school_pk)
        served = [each.pk for each in self.governing.served_with(school_pk)]
        one = self._heads if capacity == HEAD else self._chairs
        return _once(holder for pk in served for holder in one(pk))

    def holds(self, person: Person, capacity: str, school_pk: int) -> bool:
        """Whether `person` holds the post."""
        return any(each.person == person for each in self.holders(capacity, school_pk))

    def _heads(self, school_pk: int) -> list[Holder]:
        """Whom the headship names; where it names nobody with a sign-in, who has the role too."""
        held = self.headships.get(school_pk)
        roles = [_of(each) for each in self.roles[Role.Kind.HEADTEACHER, school_pk]]
        if held is None:
            return roles
        if held.kind == Headship.Kind.VACANT:
            return []
        if held.person:
            return [Holder(held.name, held.person, held.person.email)]
        return [*roles, Holder(held.name)]

    def _chairs(self, school_pk: int) -> list[Holder]:
        held = self.chairs.get(school_pk)
        roles = [_of(each) for each in self.roles[Role.Kind.CHAIR_OF_GOVERNORS, school_pk]]
        if held is None:
            return roles
        if held.person:
            return [Holder(held.name, held.person, held.person.email)]
        return [*roles, Holder(held.name, None, held.email)]

    def _of_trust(self, school_pk: int) -> list[Holder]:
        """Who speaks for the trust here; of a trust that is not known here and has one school, the
        chair of its trustees."""
        trust = self.governing.grouping(school_pk)
        if trust and trust.organisation_id:
            return [_of(each) for each in self.of_trusts.get(trust.organisation_id, [])]
        return [] if trust and trust.pk in self.larger else self._chairs(school_pk)


def posts_of(cluster: Cluster, governing: Governing, day: dt.date) -> Posts:
    """The posts of the cluster's schools on `day`; at most five queries."""
    schools = list(governing.schools)
    kinds = (Role.Kind.HEADTEACHER, Role.Kind.CHAIR_OF_GOVERNORS)
    roles: dict[tuple[str, int], list[Person]] = defaultdict(list)
    held = Role.objects.filter(
        role_is_on(day), kind__in=kinds, school__in=schools, person__is_active=True
    )
    for role in held.select_related("person").order_by("start_on", "pk"):
        roles[role.kind, role.school_id or 0].append(role.person)
    chairs = Appointment.objects.filter(
        is_on(day), cluster=cluster, role=Appointment.Role.CHAIR_OF_GOVERNORS, school__in=schools
    )
    return Posts(
        governing,
        headships_on(schools, day),
        roles,
        {each.school_id: each for each in chairs.select_related("person") if each.school_id},
        _of_trusts(governing, day),
        _larger(governing, day),
    )


def _larger(governing: Governing, day: dt.date) -> frozenset[int]:
    unknown = [pk for pk, each in governing.groupings.items() if each.organisation_id is None]
    if not unknown:
        return frozenset()
    stays = Affiliation.objects.filter(is_on(day), partnership__in=unknown).order_by()
    sizes = stays.values_list("partnership").annotate(n=Count("school", distinct=True))
    return frozenset(pk for pk, n in sizes if n > 1)


def _of_trusts(governing: Governing, day: dt.date) -> dict[int, list[Person]]:
    """Organisation id to those who speak for it, of the trusts of these schools."""
    trusts = {each.organisation_id for each in governing.groupings.values()}
    found: dict[int, list[Person]] = defaultdict(list)
    if not trusts - {None}:
        return found
    held = Role.objects.filter(
        role_is_on(day),
        kind__in=FOR_TRUST,
        organisation__in=trusts - {None},
        organisation__kind=OrganisationKind.TRUST,
        person__is_active=True,
    )
    for role in held.select_related("person").order_by("start_on", "pk"):
        found[role.organisation_id or 0].append(role.person)
    return found


def trusts_spoken_for(person: Person, day: dt.date) -> list[Organisation]:
    """The trusts for whose boards `person` signs on `day`."""
    held = Role.objects.filter(
        role_is_on(day),
        person=person,
        kind__in=FOR_TRUST,
        organisation__kind=OrganisationKind.TRUST,
    )
    return [role.organisation for role in held.select_related("organisation") if role.organisation]


def _of(person: Person) -> Holder:
    return Holder(person.name, person, person.email)


def _once(holders: Iterable[Holder]) -> list[Holder]:
    seen: dict[object, Holder] = {}
    for each in holders:
        seen.setdefault(each.person.pk if each.person else each.name.casefold(), each)
    return list(seen.values())


__all__ = ["COMMITTEE", "GOVERNORS", "HEAD", "TRUST", "Holder", "Posts", "posts_of"]
