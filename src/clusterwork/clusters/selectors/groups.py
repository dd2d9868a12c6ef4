"""The groups of a programme and who sits in them on a day."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db.models import QuerySet

from clusterwork.clusters.models import GroupMember, Programme, ProgrammeGroup
from clusterwork.clusters.selectors.memberships import is_on


@dataclass(frozen=True)
class SeatedGroup:
    """A group, its members of the day by name, and those who sat or will sit there, last first."""

    group: ProgrammeGroup
    members: list[GroupMember]
    others: list[GroupMember]


def groups_on(programme: Programme, day: dt.date) -> list[SeatedGroup]:
    """All groups of the programme as at `day`: three queries."""
    seated = list(_members(programme).filter(is_on(day)).order_by("name", "pk"))
    others = list(_members(programme).exclude(is_on(day)).order_by("-start_on", "name", "pk"))
    return [
        SeatedGroup(
            group,
            [each for each in seated if each.group_id == group.pk],
            [each for each in others if each.group_id == group.pk],
        )
        for group in programme.groups.all()
    ]


def _members(programme: Programme) -> QuerySet[GroupMember]:
    return GroupMember.objects.filter(group__programme=programme).select_related("school")
