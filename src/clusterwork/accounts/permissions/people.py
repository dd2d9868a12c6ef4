"""Whose roles somebody may see, give and end: officers in their organisation and the schools of
its authorities, heads in their school."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from clusterwork.accounts import rules
from clusterwork.accounts.models import Person, Role
from clusterwork.accounts.selectors.roles import roles_on
from clusterwork.registry.models import Organisation, School

Place = Organisation | School


@dataclass(frozen=True)
class Places:
    """Where somebody looks after people: as an officer, and as a head."""

    organisation_ids: frozenset[int]
    authority_ids: frozenset[int]
    headed_ids: frozenset[int]

    def __bool__(self) -> bool:
        return bool(self.organisation_ids or self.headed_ids)

    def schools(self) -> QuerySet[School]:
        """All schools whose people they look after."""
        return School.objects.filter(
            Q(authority_id__in=self.authority_ids) | Q(pk__in=self.headed_ids)
        )

    def includes(self, place: Place) -> bool:
        """Whether people of `place` are looked after, as officer or head."""
        if isinstance(place, Organisation):
            return place.pk in self.organisation_ids
        return self.as_officer(place) or place.pk in self.headed_ids

    def as_officer(self, place: Place) -> bool:
        """Whether they look after `place` as an officer."""
        if isinstance(place, Organisation):
            return place.pk in self.organisation_ids
        return place.authority_id in self.authority_ids

    def covered(self) -> Q:
        """The roles and invitations of all these places."""
        return (
            Q(organisation_id__in=self.organisation_ids)
            | Q(school__authority_id__in=self.authority_ids)
            | Q(school_id__in=self.headed_ids)
        )


def places_of(person: Person, day: dt.date) -> Places:
    """Where `person` looks after people on `day`: two queries."""
    roles = list(roles_on(person, day))
    served = {
        role.organisation_id
        for role in roles
        if role.kind == Role.Kind.PROGRAMME_OFFICER and role.organisation_id
    }
    headed = {
        role.school_id for role in roles if role.kind == Role.Kind.HEADTEACHER and role.school_id
    }
    through = Organisation.authorities.through.objects.filter(organisation_id__in=served)
    authorities = through.values_list("authority_id", flat=True) if served else ()
    return Places(frozenset(served), frozenset(authorities), frozenset(headed))


def may_see_people_of(person: Person, place: Place, day: dt.date) -> bool:
    """Whether `person` sees who has which role in `place`."""
    return places_of(person, day).includes(place)


def kinds_may_give(person: Person, place: Place, day: dt.date) -> frozenset[str]:
    """The kinds of role in `place` that `person` may give and end on `day`."""
    places = places_of(person, day)
    if places.as_officer(place):
        return rules.IN_SCHOOL if isinstance(place, School) else rules.IN_ORGANISATION
    return rules.GIVEN_BY_A_HEAD if places.includes(place) else frozenset()


def may_give(person: Person, kind: str, place: Place, day: dt.date) -> bool:
    """Whether `person` may give a role of this kind in `place`."""
    return kind in kinds_may_give(person, place, day)


def may_end(person: Person, role: Role, day: dt.date) -> bool:
    """Whether `person` may end `role`: whoever may give it, and nobody their own by this way."""
    place = role.organisation or role.school
    assert place is not None  # noqa: S101 - a database constraint says so
    return may_give(person, role.kind, place, day)
