"""What the census of `web.clusters.programme` needs: a function of the world for each word."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

from clusterwork.clusters.models import Participation, Programme
from clusterwork.clusters.rules.eligibility import Eligibility
from clusterwork.clusters.selectors.eligibility import checks_of, flags_of
from clusterwork.clusters.services.eligibility import check_eligibility, save_eligibility
from clusterwork.clusters.services.groups import MemberFacts, add_member, make_group
from clusterwork.clusters.services.participations import take_in
from clusterwork.clusters.services.priorities import add_priority
from clusterwork.registry.services.holidays import enter_holiday


def holiday(world: Any) -> Any:
    return enter_holiday(
        organisation=world.organisation,
        name="Half-term",
        name_cy="",
        start_on=dt.date(2027, 2, 15),
        end_on=dt.date(2027, 2, 22),
        by=world.officer,
    )


def participation(world: Any) -> Participation:
    """The cluster of the first six schools takes part in the programme."""
    asked = {"person": world.officer, "day": world.today, "pk": world.programme.pk}
    cluster = world.made("cluster")
    return take_in(**asked, cluster_pk=cluster.pk, start_on=world.today, end_on=later(world, 90))


def planned_part(world: Any) -> Participation:
    world.made("participation")
    return Participation.objects.create(
        programme=world.programme, cluster=world.made("cluster"), start_on=later(world, 100)
    )


def later(world: Any, n: int) -> dt.date:
    return world.today + dt.timedelta(days=n)


def programme_with_cluster(world: Any) -> Programme:
    world.made("participation")
    return world.programme


def priority(world: Any) -> Any:
    asked = {"person": world.officer, "day": world.today, "pk": world.programme.pk}
    return add_priority(**asked, text="Reading", text_cy="Darllen")


def group(world: Any) -> Any:
    asked = {"person": world.officer, "day": world.today, "pk": world.programme.pk}
    return make_group(**asked, kind="strategy", name="Strategy group")


def group_member(world: Any) -> Any:
    asked = {"person": world.officer, "day": world.today, "pk": world.programme.pk}
    facts = MemberFacts("Gwen", world.today)
    return add_member(**asked, group_pk=world.key("group"), facts=facts)


def programme_checked(world: Any) -> Programme:
    """Its schools, all primary, do not fit."""
    programme = world.made("programme_with_cluster")
    asked = {"person": world.officer, "day": world.today, "pk": programme.pk}
    save_eligibility(**asked, stated=Eligibility(("secondary",)), seen=0)
    check_eligibility(**asked)
    return programme


def flag(world: Any) -> Any:
    world.made("programme_checked")
    return flags_of(checks_of(world.programme)[0])[0]


MAKERS: dict[str, Callable[[Any], Any]] = {
    each.__name__: each
    for each in (
        holiday,
        participation,
        planned_part,
        programme_with_cluster,
        priority,
        group,
        group_member,
        programme_checked,
        flag,
    )
}
