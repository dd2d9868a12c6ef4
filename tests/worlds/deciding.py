"""What the census of `web.clusters.deciding` needs: a function of the world for each word."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

from clusterwork.clusters.models import (
    Cluster,
    ClusterGroup,
    ClusterGroupMember,
    Decision,
    Headship,
    VotingRule,
)
from clusterwork.clusters.services.deciding import close_decision, propose_decision, vote
from clusterwork.clusters.services.groups_of_cluster import (
    GroupFacts,
    SeatFacts,
    start_group,
    take_seat,
)
from clusterwork.clusters.services.voting_rules import RuleFacts, set_voting_rule
from clusterwork.web.clusters.deciding.links import decision_link


def deciding_cluster(world: Any) -> Cluster:
    """The cluster of which the head's school is one."""
    cluster: Cluster = world.made("cluster")
    return cluster


def proposed(world: Any, title: str, **told: Any) -> Decision:
    """By the head for her school."""
    facts = {"vote_by": world.today + dt.timedelta(days=14), "text": "All of us.", **told}
    return propose_decision(
        person=world.people["headteacher"],
        day=world.today,
        cluster_pk=world.made("deciding_cluster").pk,
        school=world.school,
        title=title,
        link_for=decision_link,
        **facts,
    )


def taken(world: Any) -> Decision:
    """Voted on by the first school and closed."""
    found = proposed(world, "One calendar", vote_by=None)
    who = {"person": world.people["headteacher"], "day": world.today, "pk": found.pk}
    vote(**who, school_pk=world.school.pk, answer="agree", link_for=decision_link)
    return close_decision(**who, link_for=decision_link)


def group(world: Any) -> ClusterGroup:
    facts = GroupFacts("strategic", "steering", "Steering group", world.today)
    cluster = world.made("deciding_cluster")
    return start_group(person=world.officer, day=world.today, cluster_pk=cluster.pk, facts=facts)


def seat(world: Any) -> ClusterGroupMember:
    facts = SeatFacts("Hana Jones", world.today, school=world.school)
    pk = world.made("cluster_group").pk
    return take_seat(person=world.officer, day=world.today, pk=pk, facts=facts)


def rule(world: Any) -> VotingRule:
    found = world.made("cluster_group")
    day = world.today + dt.timedelta(days=1)
    facts = RuleFacts("consensus", 0.5, 0.5, False, day, found.pk)
    who = {"person": world.officer, "day": world.today, "cluster_pk": found.cluster_id}
    return set_voting_rule(**who, facts=facts)


def new_headship(world: Any) -> Headship:
    """Of the second school, which the head of the first one comes to head as well."""
    cluster = world.made("deciding_cluster")
    school = cluster.memberships.exclude(school=world.school).first().school
    Headship.objects.filter(school=school).delete()
    start = world.today - dt.timedelta(days=1)
    facts = {"kind": "executive", "name": "Headteacher", "start_on": start}
    return Headship.objects.create(school=school, person=world.people["headteacher"], **facts)


MAKERS: dict[str, Callable[[Any], Any]] = {
    "deciding_cluster": deciding_cluster,
    "open_decision": lambda world: proposed(world, "A joint reading week"),
    "taken_decision": taken,
    "cluster_group": group,
    "group_seat": seat,
    "group_rule": rule,
    "new_headship": new_headship,
}
