"""Who releases a school's figures to a cluster: the head, and whom she named to send for her."""

from __future__ import annotations

import datetime as dt

from django.db.models import QuerySet

from clusterwork.accounts.models import Person
from clusterwork.clusters.permissions.schools import check_may_send_for, schools_to_send_for
from clusterwork.kernel.errors import NotThere
from clusterwork.kernel.messages import N_, Message
from clusterwork.measures.models import Release
from clusterwork.registry.models import School


def school_to_release_for(person: Person, pk: int, day: dt.date) -> School:
    """The school, or `NotThere`, or `NotAllowed`."""
    found = School.objects.select_related("authority").filter(pk=pk).first()
    if found is None:
        raise NotThere(Message(N_("There is no such school.")))
    check_may_send_for(person, found, day)
    return found


def release_to_withdraw(person: Person, pk: int, day: dt.date) -> Release:
    """The release, or `NotThere`, or `NotAllowed`."""
    found = Release.objects.select_related("school", "cluster", "measure").filter(pk=pk).first()
    if found is None:
        raise NotThere(Message(N_("There is no such release of figures.")))
    check_may_send_for(person, found.school, day)
    return found


def releases_of(person: Person, day: dt.date) -> QuerySet[Release]:
    """Every release by the schools that the person answers for, those in force first."""
    found = Release.objects.filter(school__in=schools_to_send_for(person, day))
    chain = found.select_related("school", "cluster", "measure", "by", "agreement")
    return chain.order_by("school__sort_key", "withdrawn_at", "pk")
