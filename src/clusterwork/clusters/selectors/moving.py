"""Divisions made by hand: what they start from, and whether they may still be changed."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db.models import QuerySet

from clusterwork.accounts.models import Person
from clusterwork.audit.selectors import entries_about
from clusterwork.clusters.formation_adapter import Question
from clusterwork.clusters.models import Confirmation, Proposal, Round
from clusterwork.clusters.selectors import formations
from clusterwork.clusters.selectors.placeable import Placeable, placeable_schools
from clusterwork.clusters.selectors.proposals import assignment_of

LOOSENING = (
    "lock.remove",
    "formation.choose",
    "formation.remove",
    "formation.contributing",
    "round.take_out",
    "round.bring_back",
)
"""What may make a better division possible than when a bound was found."""


@dataclass(frozen=True)
class Ground:
    """A proposal's schools as they are known today, with where each stands in it."""

    proposal: Proposal
    chosen: Placeable
    question: Question
    assignment: dict[int, int | None]


def ground_of(proposal: Proposal, day: dt.date) -> Ground:
    """Everything that a move by hand is judged by: the proposal's policy, today's facts."""
    chosen = placeable_schools(proposal.formation, day)
    there = {school.pk for school in chosen.schools}
    stands = assignment_of(proposal)
    assignment = {pk: number for pk, number in stands.items() if pk in there}
    assignment |= dict.fromkeys(there - set(stands), None)
    return Ground(proposal, chosen, question_of(proposal, chosen, day), assignment)


def question_of(proposal: Proposal, chosen: Placeable, day: dt.date) -> Question:
    """Everything that the formation library is to know."""
    formation = proposal.formation
    return Question(
        schools=chosen.schools,
        locks=list(formations.locks_of(formation)),
        ties=formations.ties_among(formation, day),
        flows=formations.flows_among(formation),
        current=formations.clusters_today(formation, day),
        policy=proposal.policy_used,
        seed=proposal.seed,
        time_limit_s=proposal.time_limit_s,
    )


def is_shown_to_others(proposal: Proposal) -> bool:
    """Whether it was put to schools, confirmed, or moved on from: then it stays as it is."""
    return (
        Round.objects.filter(proposal=proposal).exists()
        or Confirmation.objects.filter(proposal=proposal).exists()
        or proposal.moved.exists()
    )


def own_made_from(base: Proposal, person: Person) -> Proposal | None:
    """The person's last proposal made by hand out of `base` that nobody else has seen yet."""
    own = base.moved.filter(asked_by=person, moved__isnull=True, round__isnull=True)
    return own.exclude(moves=[]).order_by("-number").first()


def made_by_hand(formation_pk: int) -> QuerySet[Proposal]:
    """Those that officers made out of others."""
    return Proposal.objects.filter(formation=formation_pk, base__isnull=False)


def loosened_since(proposal: Proposal) -> bool:
    """Whether the exercise has changed so that the proposal's bound need not hold any more."""
    since = proposal.started_at or proposal.asked_at
    done = entries_about(proposal.formation).filter(verb__in=LOOSENING, at__gt=since)
    return done.exists()
