"""Writes a division made by hand as a proposal, with the reason for each place; checks nothing."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from django.db.models import Max
from django.utils import timezone

from clusterwork.accounts.models import Person
from clusterwork.clusters import sentences
from clusterwork.clusters.formation_adapter import arrange, see
from clusterwork.clusters.models import Proposal
from clusterwork.clusters.outcomes import Answer, Place, outcome_from, place_from
from clusterwork.clusters.rules.moves import Kept, divided
from clusterwork.clusters.selectors.moving import (
    Ground,
    ground_of,
    is_shown_to_others,
    loosened_since,
)
from clusterwork.clusters.services.keeping import keep_answer
from clusterwork.kernel.messages import N_, Message

SAME = 1e-6
HERE_BY_HAND = N_("An officer moved it here by hand. Before: cluster %(before)s.")
FROM_NONE = N_("An officer placed it here by hand. Before: in no cluster.")
NOT_YET = N_("It joined the exercise after this proposal was made. An officer can place it.")


def written(
    base: Proposal, into: Proposal | None, moves: Sequence[Kept], person: Person, day: dt.date
) -> Proposal:
    """Writes `base` with the moves into a proposal of its own, or anew into `into`."""
    if into is not None and is_shown_to_others(into):
        into = None
    ground = ground_of(base, day)
    clusters = divided(ground.assignment, moves)
    answer = arrange(ground.question, clusters, bound=_bound(ground))
    answer = _in_words(answer, ground, moves)
    proposal = into or _row(base, person)
    proposal.moves = list(moves)
    proposal.ended_at = timezone.now()
    outcome = answer.outcome.to_json()
    outcome["n_left_out"] += len(ground.chosen.left_out)
    proposal.outcome = outcome
    proposal.save()
    keep_answer(proposal, answer, ground.chosen.by_id, ground.chosen.left_out)
    return proposal


def _row(base: Proposal, person: Person) -> Proposal:
    last = base.formation.proposals.aggregate(last=Max("number"))["last"] or 0
    return Proposal(
        formation=base.formation,
        number=last + 1,
        policy=base.policy,
        policy_used=base.policy_used,
        base=base,
        seed=base.seed,
        time_limit_s=base.time_limit_s,
        state=Proposal.State.DONE,
        asked_by=person,
        started_at=timezone.now(),
    )


def _bound(ground: Ground) -> float:
    """The base's bound, while it is one for what is known today; else 0, which says nothing."""
    kept = outcome_from(ground.proposal.outcome)
    today = see(ground.question, divided(ground.assignment), []).before.objective
    is_same = abs(today - kept.objective) <= SAME * max(1.0, abs(today))
    return kept.bound if is_same and not loosened_since(ground.proposal) else 0.0


def _in_words(answer: Answer, ground: Ground, moves: Sequence[Kept]) -> Answer:
    """The answer with the names of the base's clusters, and each moved school's own sentence."""
    names = dict(ground.proposal.clusters.values_list("number", "name"))
    by_school = {move["school"]: move for move in moves}
    before = _nowhere_before(ground.proposal)
    return replace(
        answer,
        clusters=[replace(each, name=names.get(each.number, "")) for each in answer.clusters],
        places=[_place(each, by_school.get(each.school), before) for each in answer.places],
    )


def _nowhere_before(base: Proposal) -> dict[int, Place | None]:
    """School id to its place in the base where that is no cluster; every known school is a key."""
    rows = base.places.values_list("school_id", "cluster", "reason")
    return {pk: None if cluster else place_from(reason) for pk, cluster, reason in rows}


def _place(place: Place, move: Kept | None, before: Mapping[int, Place | None]) -> Place:
    if place.cluster is not None:
        return replace(place, message=_moved_here(move)) if move else place
    if move is not None:
        return place
    if place.school not in before:
        return replace(place, message=_said(NOT_YET), rule="later")
    return before[place.school] or place


def _moved_here(move: Kept) -> dict[str, Any]:
    if move["from"] is None:
        return _said(FROM_NONE)
    return _said(HERE_BY_HAND, before=move["from"])


def _said(text: str, **params: object) -> dict[str, Any]:
    return sentences.written(Message(text, params)) or {}
