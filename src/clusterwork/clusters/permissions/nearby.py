"""Which clusters somebody has something to do with, of all that everybody with a role sees."""

from __future__ import annotations

import datetime as dt

from django.db.models import QuerySet

from clusterwork.accounts.models import Person
from clusterwork.accounts.selectors.roles import roles_on
from clusterwork.clusters.models import Cluster, Membership
from clusterwork.clusters.permissions.programmes import organisations_for
from clusterwork.registry.models import Organisation
from clusterwork.registry.selectors.organisations import with_descendants


def clusters_near(person: Person, day: dt.date) -> QuerySet[Cluster]:
    """An officer's organisations' clusters, else those of her schools, else those of the region.

    A cluster is a school's when the school is, was or will be in it.
    """
    runs = organisations_for(person, day)
    if runs.exists():
        return Cluster.objects.filter(organisation__in=runs)
    roles = list(roles_on(person, day))
    schools = [role.school_id for role in roles if role.school_id]
    if schools:
        inside = Membership.objects.filter(school__in=schools)
        return Cluster.objects.filter(pk__in=inside.values("cluster"))
    region = {_top(role.organisation) for role in roles if role.organisation}
    return Cluster.objects.filter(organisation__in=with_descendants(region))


def _top(organisation: Organisation) -> Organisation:
    return _top(organisation.parent) if organisation.parent else organisation
