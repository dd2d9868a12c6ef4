"""Who reads an authority's figures: its officers, and those who are in it."""

from __future__ import annotations

import datetime as dt

from django.db.models import Q, QuerySet

from clusterwork.accounts.models import Person
from clusterwork.accounts.permissions.register import authorities_kept_by
from clusterwork.accounts.selectors.delegations import headed_by
from clusterwork.clusters.models import GroupMember
from clusterwork.clusters.selectors.memberships import is_on
from clusterwork.kernel.errors import NotAllowed, NotThere
from clusterwork.kernel.messages import N_, Message
from clusterwork.registry.models import Authority


def authorities_to_see(person: Person, day: dt.date) -> QuerySet[Authority]:
    """Those that `person` serves, heads a school in, or sits in a group of a programme for."""
    groups = GroupMember.objects.filter(is_on(day), person=person)
    inside = Authority.organisations.through.objects.filter(
        organisation__in=groups.values("group__programme__organisation")
    )
    return Authority.objects.filter(
        Q(pk__in=authorities_kept_by(person, day).values("pk"))
        | Q(pk__in=headed_by(person, day).values("authority"))
        | Q(pk__in=inside.values("authority"))
    )


def may_see_authority(person: Person, authority: Authority, day: dt.date) -> bool:
    """Whether `person` may read the authority's figures."""
    return authorities_to_see(person, day).filter(pk=authority.pk).exists()


def authority_to_see(person: Person, pk: int, day: dt.date) -> Authority:
    """The authority for those who may read its figures, or `NotThere`, or `NotAllowed`."""
    found = Authority.objects.filter(pk=pk).first()
    if found is None:
        raise NotThere(Message(N_("There is no such authority.")))
    if not may_see_authority(person, found, day):
        raise NotAllowed(
            Message(
                N_("You cannot open the figures of this authority: %(authority)s."),
                {"authority": str(found)},
            ),
            why=Message(N_("You have no part in it today.")),
            next_step=Message(
                N_(
                    "Programme officers of its organisations can open them, the heads of its "
                    "schools, and the members of its programmes' groups. Ask one of them."
                )
            ),
        )
    return found
