"""Who holds which role on a day."""

from __future__ import annotations

import datetime as dt

from django.db.models import Q, QuerySet

from clusterwork.accounts.models import Person, Role
from clusterwork.registry.models import Organisation, School


def is_on(day: dt.date) -> Q:
    """What holds on `day`, of anything with `start_on` and `end_on`."""
    return Q(start_on__lte=day) & (Q(end_on__isnull=True) | Q(end_on__gt=day))


def roles_on(person: Person, day: dt.date) -> QuerySet[Role]:
    """The roles that `person` holds on `day`, with their organisation or school."""
    return Role.objects.filter(is_on(day), person=person).select_related("organisation", "school")


def organisations_where(person: Person, kind: str, day: dt.date) -> QuerySet[Organisation]:
    """The organisations in which `person` holds a role of this kind on `day`."""
    held = roles_on(person, day).filter(kind=kind, organisation__isnull=False)
    return Organisation.objects.filter(pk__in=held.values("organisation_id"))


def heads_on(school: School, day: dt.date) -> QuerySet[Role]:
    """The headteacher roles of `school` on `day`; more than one where headship is shared."""
    held = Role.objects.filter(is_on(day), kind=Role.Kind.HEADTEACHER, school=school)
    return held.select_related("person")


def staff_on(school: School, day: dt.date) -> QuerySet[Person]:
    """Everyone with a role in `school` on `day`."""
    held = Role.objects.filter(is_on(day), school=school)
    return Person.objects.filter(pk__in=held.values("person"), is_active=True)
