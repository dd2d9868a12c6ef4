"""What the census of `web.plans.needs` needs: a function of the world for each word."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

from clusterwork.clusters.models import Cluster, Membership
from clusterwork.plans.models import Candidate, Choosing, Need
from clusterwork.plans.rules.years import year_of
from clusterwork.plans.services.choosing import ask_to_rank, start_choosing
from clusterwork.plans.services.choosing_checks import PriorityFacts
from clusterwork.plans.services.choosing_proposals import propose_priority
from clusterwork.plans.services.needs import NeedFacts, add_need
from clusterwork.registry.models import School

STARTED = dt.date(2020, 9, 1)


def led_by_heads(world: Any, name: str) -> Cluster:
    """A cluster of the first four schools that nobody chairs, so that its heads lead."""
    assert world.delegation  # the head has named the staff member to prepare
    made = Cluster.objects.create(
        organisation=world.organisation,
        working_name=name,
        name=name,
        status=Cluster.Status.ACTIVE,
        start_on=STARTED,
        started_by=world.officer,
    )
    Membership.objects.bulk_create(
        Membership(cluster=made, school=school, start_on=STARTED) for school in world.schools[:4]
    )
    return made


def needs_school(world: Any) -> School:
    """The first school, in a cluster of which all see what it sends."""
    world.made("needs_cluster")
    school: School = world.school
    return school


def need_line(world: Any) -> Need:
    """Of the first school's draft."""
    facts = NeedFacts("priority", "Boys’ writing", "literacy")
    who = {"person": world.people["headteacher"], "day": world.today}
    school = world.made("needs_school")
    return add_need(**who, school_pk=school.pk, year=year_of(world.today), facts=facts)


def a_choice(world: Any, cluster: Cluster) -> Choosing:
    """Of priorities, with two proposed by the first school."""
    who = {"person": world.people["headteacher"], "day": world.today}
    start = world.today + dt.timedelta(days=100)
    period = {"start_on": start, "end_on": start + dt.timedelta(days=365)}
    made = start_choosing(**who, cluster_pk=cluster.pk, **period)
    for title in ("Reading", "Welsh in the playground"):
        facts = PriorityFacts(title, serves=(world.school.pk,))
        propose_priority(**who, pk=made.pk, school_pk=world.school.pk, facts=facts)
    return made


def ranked_choosing(world: Any) -> Choosing:
    """The schools of another cluster have been asked to rank."""
    choosing = a_choice(world, led_by_heads(world, "Wolder Ranking"))
    who = {"person": world.people["headteacher"], "day": world.today}
    until = world.today + dt.timedelta(days=14)
    return ask_to_rank(**who, pk=choosing.pk, rank_by=until, link_for=lambda pk, language: "/")


def candidate(world: Any) -> Candidate:
    """The first that was proposed in the choice that is still open to proposals."""
    found: Candidate = world.made("choosing").candidates.order_by("pk")[0]
    return found


MAKERS: dict[str, Callable[[Any], Any]] = {
    "needs_cluster": lambda world: led_by_heads(world, "Wolder Needs"),
    "needs_school": needs_school,
    "needs_year": lambda world: year_of(world.today),
    "need_line": need_line,
    "choosing": lambda world: a_choice(world, world.made("needs_cluster")),
    "ranked_choosing": ranked_choosing,
    "candidate": candidate,
}
