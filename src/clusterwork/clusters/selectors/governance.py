"""How a cluster governs itself on a day: its groups, who is in them, and how it votes."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q

from clusterwork.clusters.models import (
    Appointment,
    Cluster,
    ClusterGroup,
    ClusterGroupMember,
    VotingRule,
)
from clusterwork.clusters.rules.voting import Rule
from clusterwork.clusters.selectors.memberships import is_on, memberships_on
from clusterwork.registry.models import School

LEVELS = tuple(ClusterGroup.Level.values)


@dataclass(frozen=True)
class GroupNow:
    """A group with its members and its rule on a day; without a rule it votes as the cluster."""

    group: ClusterGroup
    members: tuple[ClusterGroupMember, ...]
    rule: VotingRule | None


def voting_rule_on(cluster: Cluster, group: ClusterGroup | None, day: dt.date) -> Rule:
    """How the cluster (or the group) decides on `day`, in plain values.

    A group without a rule of its own decides by the cluster's; a cluster without one by one school
    one vote, more than half present, more agreeing than objecting.
    """
    held = {each.group_id: each for each in rules_on(cluster, day)}
    found = (group and held.get(group.pk)) or held.get(None)
    return rule_of(found) if found else Rule()


def rule_of(row: VotingRule) -> Rule:
    """The rule in plain values."""
    return Rule(row.way, row.quorum_share, row.majority_share, row.casting)


def rules_on(cluster: Cluster, day: dt.date) -> list[VotingRule]:
    """The rules that hold on `day`, the cluster's own first, then those of its groups."""
    found = cluster.voting_rules.filter(is_on(day)).select_related("group")
    return sorted(found, key=lambda each: (each.group_id is not None, each.group_id or 0))


def rules_ever(cluster: Cluster, day: dt.date) -> list[VotingRule]:
    """Every rule that began by `day` and holds no more, the latest first."""
    found = cluster.voting_rules.filter(end_on__lte=day).select_related("group")
    return list(found.order_by("-end_on", "-pk"))


def rules_to_come(cluster: Cluster, day: dt.date) -> list[VotingRule]:
    """The rules that begin after `day`, the earliest first."""
    found = cluster.voting_rules.filter(start_on__gt=day).select_related("group")
    return list(found.order_by("start_on", "pk"))


def groups_on(cluster: Cluster, day: dt.date) -> list[GroupNow]:
    """The cluster's groups on `day` with their members: by level from the top, then by name."""
    groups = sorted(cluster.groups.filter(is_on(day)), key=_place)
    members = members_of_groups([each.pk for each in groups], day)
    held = {each.group_id: each for each in rules_on(cluster, day)}
    return [GroupNow(each, tuple(members.get(each.pk, ())), held.get(each.pk)) for each in groups]


def members_of_groups(groups: list[int], day: dt.date) -> dict[int, list[ClusterGroupMember]]:
    """The members of each group on `day`: who chairs it first, then by school and name.

    Those who sit there for a school that is not in the cluster on `day` are left out.
    """
    stays = memberships_on(day).filter(
        cluster=OuterRef("group__cluster"), school=OuterRef("school")
    )
    rows = ClusterGroupMember.objects.filter(is_on(day), group__in=groups)
    rows = rows.filter(Q(school__isnull=True) | Exists(stays))
    found: dict[int, list[ClusterGroupMember]] = defaultdict(list)
    for row in rows.select_related("school", "person").order_by(
        "-chairs", "school__sort_key", "name", "pk"
    ):
        found[row.group_id].append(row)
    return dict(found)


def chair_school_on(cluster: Cluster, group: ClusterGroup | None, day: dt.date) -> School | None:
    """The school that the chair comes from: the group's where it has one, else the cluster's."""
    if group is not None:
        chairs = group.members.filter(is_on(day), chairs=True).select_related("school").first()
        return chairs.school if chairs else None
    held = cluster.appointments.filter(is_on(day), role=Appointment.Role.CHAIR)
    found = held.select_related("school").first()
    return found.school if found else None


def _place(group: ClusterGroup) -> tuple[int, str, int]:
    return LEVELS.index(group.level), group.name, group.pk
