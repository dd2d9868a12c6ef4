"""Which member schools have had a say in a plan, and what shows it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from django.db.models import Q

from clusterwork.accounts.models import Delegation, Person, Role
from clusterwork.clusters.models import Appointment, Membership, Part, Presence, Vote
from clusterwork.clusters.permissions.clusters import OF_SCHOOL
from clusterwork.clusters.selectors.memberships import members_on, memberships_on
from clusterwork.kernel.messages import N_
from clusterwork.plans.models import (
    Consulted,
    NeedsAsking,
    NeedsStatement,
    PartVersion,
    Plan,
    Ranking,
)
from clusterwork.plans.rules.years import year_of
from clusterwork.registry.models import School

SENT, RANKED, VOTED, WROTE = (
    N_("Said what it needs"),
    N_("Ranked the priorities"),
    N_("Voted on the plan, or was there"),
    N_("Wrote or sends the plan"),
)
ASKED, TOLD = N_("Was asked what it needs"), N_("Was asked otherwise")


def how_asked(plan: Plan, day: dt.date, sender: Person | None = None) -> list[tuple[School, str]]:
    """Each school with a part in the work on `day`, by name, and what shows that it was asked.

    A school of which somebody wrote in the plan, or is its `sender`, has its say. The strongest
    sign is given; empty where there is none. Partners are not schools, and an associate takes
    part and is asked like the others.
    """
    signs: dict[int, str] = {}
    for words, schools in _signs(plan, day, sender):
        for pk in schools:
            signs.setdefault(pk, words)
    members = members_on(plan.cluster, day).exclude(part=Part.PARTNER)
    return [(each.school, signs.get(each.school.pk, "")) for each in members if each.school]


def not_asked(plan: Plan, day: dt.date, sender: Person | None = None) -> tuple[School, ...]:
    """The schools of which nothing shows that they were asked."""
    return tuple(school for school, words in how_asked(plan, day, sender) if not words)


def _signs(plan: Plan, day: dt.date, sender: Person | None) -> Iterator[tuple[str, set[int]]]:
    """The signs from the strongest to the weakest, with the numbers of their schools."""
    yield VOTED, _voted(plan)
    ranked = Ranking.objects.filter(
        candidate__choosing__cluster=plan.cluster_id,
        candidate__choosing__for_start_on=plan.start_on,
    )
    yield RANKED, set(ranked.values_list("school_id", flat=True))
    sent = NeedsStatement.objects.filter(year__in=_years(plan), state=NeedsStatement.State.SENT)
    yield SENT, set(sent.values_list("school_id", flat=True))
    yield WROTE, _wrote(plan, day, sender)
    yield ASKED, _asked(plan)
    yield TOLD, set(Consulted.objects.filter(plan=plan).values_list("school_id", flat=True))


def _voted(plan: Plan) -> set[int]:
    if plan.decision_id is None:
        return set()
    voted = Vote.objects.filter(decision=plan.decision_id).order_by().values_list("school_id")
    there = Presence.objects.filter(decision=plan.decision_id).order_by().values_list("school_id")
    return {pk for (pk,) in voted.union(there)}


def _wrote(plan: Plan, day: dt.date, sender: Person | None) -> set[int]:
    """The schools of those who wrote or send, at any time since the plan was started."""
    written = PartVersion.objects.filter(plan=plan, by__isnull=False).order_by()
    people = {*written.values_list("by_id", flat=True).distinct()}
    people |= {sender.pk} if sender else set()
    begun = plan.started_at.date()
    since = Q(start_on__lte=day) & (Q(end_on__isnull=True) | Q(end_on__gt=begun))
    held = (
        Role.objects.filter(since, person__in=people, kind__in=OF_SCHOOL),
        Delegation.objects.filter(since, person__in=people),
        Appointment.objects.filter(since, person__in=people, cluster=plan.cluster_id).exclude(
            role=Appointment.Role.LINK_ADVISER
        ),
    )
    return {pk for rows in held for pk in rows.values_list("school_id", flat=True) if pk}


def _asked(plan: Plan) -> set[int]:
    asked = NeedsAsking.objects.filter(cluster=plan.cluster_id, year__in=_years(plan))
    found: set[int] = set()
    for each in asked:
        held: list[Membership] = list(memberships_on(each.asked_at.date()).filter(
            cluster=plan.cluster_id, school__isnull=False))  # fmt: skip
        found |= {member.school_id for member in held if member.school_id}
    return found


def _years(plan: Plan) -> range:
    """From the school year before the plan starts, in which it is prepared, to its last."""
    last = plan.end_on - dt.timedelta(days=1)
    return range(year_of(plan.start_on) - 1, year_of(last) + 1)
