"""Who heads which school on a day, and who heads several."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import QuerySet

from clusterwork.accounts.models import Person
from clusterwork.accounts.models import Role as AccountRole
from clusterwork.accounts.selectors.roles import is_on as role_is_on
from clusterwork.clusters.models import Headship
from clusterwork.clusters.selectors.memberships import is_on
from clusterwork.registry.models import School


@dataclass(frozen=True)
class ExecutiveHead:
    """Somebody who heads several schools, with them."""

    name: str
    person_id: int | None
    headships: tuple[Headship, ...]

    @property
    def schools(self) -> list[School]:
        """The schools, by name."""
        return sorted((each.school for each in self.headships), key=lambda one: one.sort_key)


def headships_on(schools: Iterable[School | int], day: dt.date) -> dict[int, Headship]:
    """The headship of each school on `day`, by the school's key: one query."""
    pks = [each if isinstance(each, int) else each.pk for each in schools]
    found = Headship.objects.filter(is_on(day), school__in=pks).select_related("school", "person")
    return {headship.school_id: headship for headship in found}


def headships_of(school: School) -> QuerySet[Headship]:
    """All headships of the school, the latest first."""
    found = Headship.objects.filter(school=school).select_related("person")
    return found.order_by("-start_on", "-pk")


def executive_heads(day: dt.date, schools: Iterable[School] | None = None) -> list[ExecutiveHead]:
    """Those who head several schools on `day`, by name; of `schools` only those who head one."""
    found = Headship.objects.filter(is_on(day), kind=Headship.Kind.EXECUTIVE)
    together: dict[object, list[Headship]] = defaultdict(list)
    for headship in found.select_related("school").order_by("name", "pk"):
        together[headship.person_id or headship.name.casefold()].append(headship)
    wanted = None if schools is None else {school.pk for school in schools}
    return [
        ExecutiveHead(held[0].name, held[0].person_id, tuple(held))
        for held in together.values()
        if wanted is None or wanted & {each.school_id for each in held}
    ]


def also_headed(headship: Headship, day: dt.date) -> list[School]:
    """The other schools that whoever holds this headship heads on `day`."""
    found = Headship.objects.filter(is_on(day)).exclude(pk=headship.pk)
    if headship.person_id:
        found = found.filter(person_id=headship.person_id)
    elif headship.kind == Headship.Kind.EXECUTIVE:
        found = found.filter(kind=headship.kind, person=None, name__iexact=headship.name)
    else:
        return []
    return [each.school for each in found.select_related("school").order_by("school__sort_key")]


def headed_by_person(person: Person, day: dt.date) -> QuerySet[Headship]:
    """The headships that `person` holds on `day`."""
    return Headship.objects.filter(is_on(day), person=person).select_related("school")


def heads_signing_in(schools: Iterable[int], day: dt.date) -> dict[int, Person]:
    """Who signs in as the head of each of the schools on `day`; the first of several."""
    held = AccountRole.objects.filter(
        role_is_on(day), kind=AccountRole.Kind.HEADTEACHER, school__in=schools
    )
    found: dict[int, Person] = {}
    for role in held.select_related("person"):
        if role.school_id:
            found.setdefault(role.school_id, role.person)
    return found
