"""Who may read about a programme besides its officers: those who are in it."""

from __future__ import annotations

import datetime as dt

from django.db.models import Q, QuerySet

from clusterwork.accounts.models import Person
from clusterwork.accounts.selectors.delegations import headed_by
from clusterwork.clusters.models import GroupMember, Membership, Participation, Programme
from clusterwork.clusters.permissions.programmes import check_may_run, organisations_for
from clusterwork.clusters.selectors.memberships import is_on
from clusterwork.kernel.errors import NotAllowed, NotThere
from clusterwork.kernel.messages import N_, Message


def programmes_to_see(person: Person, day: dt.date) -> QuerySet[Programme]:
    """Those that `person` runs, heads a school in, or sits in a group of, on `day`."""
    organisations = organisations_for(person, day)
    return Programme.objects.filter(
        Q(organisation__in=organisations) | Q(pk__in=programmes_in(person, day).values("pk"))
    )


def programmes_in(person: Person, day: dt.date) -> QuerySet[Programme]:
    """Those that `person` heads a school in, or sits in a group of, on `day`."""
    inside = Membership.objects.filter(is_on(day), school__in=headed_by(person, day))
    parts = Participation.objects.filter(is_on(day), cluster__in=inside.values("cluster"))
    groups = GroupMember.objects.filter(is_on(day), person=person)
    return Programme.objects.filter(
        Q(pk__in=parts.values("programme")) | Q(pk__in=groups.values("group__programme"))
    )


def may_run(person: Person, programme: Programme, day: dt.date) -> bool:
    """Whether `person` is an officer of the programme's organisation or of one above it."""
    return organisations_for(person, day).filter(pk=programme.organisation_id).exists()


def programme_to_see(person: Person, pk: int, day: dt.date) -> Programme:
    """The programme for its officers, the heads of its schools and the members of its groups.

    Raises `NotThere` or `NotAllowed`.
    """
    found = Programme.objects.select_related("organisation").filter(pk=pk).first()
    if found is None:
        raise NotThere(Message(N_("There is no such programme.")))
    if not programmes_in(person, day).filter(pk=pk).exists():
        try:
            check_may_run(person, found.organisation, day)
        except NotAllowed as refused:
            raise NotAllowed(refused.what, why=refused.why, next_step=Message(WHO_CAN)) from None
    return found


WHO_CAN = N_(
    "Its programme officers can open it, and the heads of schools and members of groups that are "
    "in it. Ask one of the officers."
)
