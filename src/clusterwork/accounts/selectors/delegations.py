"""Whom heads have named, on a day."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable

from django.db.models import Exists, OuterRef, QuerySet

from clusterwork.accounts.models import Delegation, Person, Role
from clusterwork.accounts.selectors.roles import is_on
from clusterwork.registry.models import School


def delegations_on(school: School, day: dt.date) -> QuerySet[Delegation]:
    """Those that hold for `school` on `day`, and whose head still heads it then.

    A delegation ends with the headship of whoever gave it, without anything being written.
    """
    heads = Role.objects.filter(is_on(day), kind=Role.Kind.HEADTEACHER, school=school)
    return (
        Delegation.objects.filter(is_on(day), school=school)
        .filter(named_by__in=heads.values("person"))
        .select_related("person", "named_by", "school")
    )


def delegations_to(person: Person, day: dt.date) -> QuerySet[Delegation]:
    """Those that name `person` on `day`, of heads who still head the school then."""
    head = Role.objects.filter(
        is_on(day),
        kind=Role.Kind.HEADTEACHER,
        school=OuterRef("school"),
        person=OuterRef("named_by"),
    )
    return Delegation.objects.filter(is_on(day), Exists(head), person=person).select_related(
        "school", "named_by"
    )


def senders_by_school(school_ids: Iterable[int], day: dt.date) -> dict[int, list[Person]]:
    """School id to those whom a head who still heads it has named to send, and who sign in."""
    head = Role.objects.filter(
        is_on(day),
        kind=Role.Kind.HEADTEACHER,
        school=OuterRef("school"),
        person=OuterRef("named_by"),
    )
    rows = Delegation.objects.filter(
        is_on(day),
        Exists(head),
        school__in=list(school_ids),
        may_send=True,
        person__is_active=True,
    )
    found: dict[int, dict[int, Person]] = defaultdict(dict)
    for row in rows.select_related("person").order_by("start_on", "pk"):
        found[row.school_id][row.person_id] = row.person
    return {school: list(people.values()) for school, people in found.items()}


def headed_by(person: Person, day: dt.date) -> QuerySet[School]:
    """The schools that `person` heads on `day`."""
    held = Role.objects.filter(is_on(day), kind=Role.Kind.HEADTEACHER, person=person)
    return School.objects.filter(pk__in=held.values("school"))
