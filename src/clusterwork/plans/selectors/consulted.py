"""Which member schools have had a say in a plan, and what shows it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from clusterwork.clusters.models import Membership, Part, Presence, Vote
from clusterwork.clusters.selectors.memberships import members_on, memberships_on
from clusterwork.kernel.messages import N_
from clusterwork.plans.models import Consulted, NeedsAsking, NeedsStatement, Plan, Ranking
from clusterwork.plans.rules.years import year_of
from clusterwork.registry.models import School

SENT, RANKED, VOTED = (
    N_("Said what it needs"),
    N_("Ranked the priorities"),
    N_("Voted on the plan, or was there"),
)
ASKED, TOLD = N_("Was asked what it needs"), N_("Was asked otherwise")


def how_asked(plan: Plan, day: dt.date) -> list[tuple[School, str]]:
    """Each school with a part in the work on `day`, by name, and what shows that it was asked.

    The strongest sign is given; empty where there is none. Partners are not schools, and an
    associate takes part and is asked like the others.
    """
    signs: dict[int, str] = {}
    for words, schools in _signs(plan):
        for pk in schools:
            signs.setdefault(pk, words)
    members = members_on(plan.cluster, day).exclude(part=Part.PARTNER)
    return [(each.school, signs.get(each.school.pk, "")) for each in members if each.school]


def not_asked(plan: Plan, day: dt.date) -> tuple[School, ...]:
    """The schools of which nothing shows that they were asked."""
    return tuple(school for school, words in how_asked(plan, day) if not words)


def _signs(plan: Plan) -> Iterator[tuple[str, set[int]]]:
    """The signs from the strongest to the weakest, with the numbers of their schools."""
    yield VOTED, _voted(plan)
    ranked = Ranking.objects.filter(
        candidate__choosing__cluster=plan.cluster_id,
        candidate__choosing__for_start_on=plan.start_on,
    )
    yield RANKED, set(ranked.values_list("school_id", flat=True))
    sent = NeedsStatement.objects.filter(year__in=_years(plan), state=NeedsStatement.State.SENT)
    yield SENT, set(sent.values_list("school_id", flat=True))
    yield ASKED, _asked(plan)
    yield TOLD, set(Consulted.objects.filter(plan=plan).values_list("school_id", flat=True))


def _voted(plan: Plan) -> set[int]:
    if plan.decision_id is None:
        return set()
    voted = Vote.objects.filter(decision=plan.decision_id).order_by().values_list("school_id")
    there = Presence.objects.filter(decision=plan.decision_id).order_by().values_list("school_id")
    return {pk for (pk,) in voted.union(there)}


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
