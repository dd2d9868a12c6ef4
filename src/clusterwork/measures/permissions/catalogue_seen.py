"""Which measures somebody finds in the catalogue."""

from __future__ import annotations

import datetime as dt

from django.db.models import Q, QuerySet

from clusterwork.accounts.models import Person
from clusterwork.accounts.selectors.roles import roles_on
from clusterwork.measures.models import Measure
from clusterwork.measures.selectors.measures import measures_of
from clusterwork.registry.models import Organisation


def measures_seen_by(person: Person, day: dt.date) -> QuerySet[Measure]:
    """Those that ship, and those of the person's organisations and of their schools'."""
    roles = roles_on(person, day)
    about = Q(pk__in=roles.values("organisation")) | Q(
        authorities__schools__in=roles.filter(school__isnull=False).values("school")
    )
    return measures_of(Organisation.objects.filter(about).distinct())
