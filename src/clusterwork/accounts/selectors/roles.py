"""Who holds which role on a day."""

from __future__ import annotations

import datetime as dt

from django.db.models import Q, QuerySet

from clusterwork.accounts.models import Person, Role
from clusterwork.registry.models import Organisation


def roles_on(person: Person, day: dt.date) -> QuerySet[Role]:
    """The roles that `person` holds on `day`, with their organisation or school."""
    return (
        Role.objects.filter(Q(end_on__isnull=True) | Q(end_on__gt=day), person=person)
        .filter(start_on__lte=day)
        .select_related("organisation", "school")
    )


def organisations_where(person: Person, kind: str, day: dt.date) -> QuerySet[Organisation]:
    """The organisations in which `person` holds a role of this kind on `day`."""
    held = roles_on(person, day).filter(kind=kind, organisation__isnull=False)
    return Organisation.objects.filter(pk__in=held.values("organisation_id"))
