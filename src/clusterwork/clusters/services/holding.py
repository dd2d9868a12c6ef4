"""Holding parts of a proposal as decisions, so that the next one is made around them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection

from django.db import transaction

from clusterwork.accounts.models import Person
from clusterwork.clusters.models import Lock, Proposal
from clusterwork.clusters.permissions import made_proposal_for
from clusterwork.clusters.selectors.proposals import places_of
from clusterwork.clusters.services.locks import add_lock
from clusterwork.clusters.services.unconfirmed import locked_formation
from clusterwork.kernel.errors import Problem
from clusterwork.kernel.messages import N_, Message
from clusterwork.registry.models import School

HOLDING = (Lock.Kind.TOGETHER, Lock.Kind.FIXED)
Pair = frozenset[int]


class NothingToHold(Problem):
    """Nothing was chosen, or all of it is held already."""


@transaction.atomic
def hold_parts(
    *,
    person: Person,
    day: dt.date,
    pk: int,
    clusters: Collection[int],
    school_ids: Collection[int],
    because: str,
) -> int:
    """Locks every school of these clusters (by number), and these schools, together with the
    cluster's hub; how many decisions are new.

    Raises `NotThere`, `NotAllowed`, `ConfirmedAlready`, `LockNotPossible`, `NothingToHold`.
    """
    proposal = made_proposal_for(person, pk, day)
    locked_formation(proposal.formation_id)
    pairs = _pairs(proposal, clusters, school_ids)
    for school, hub in pairs:
        add_lock(
            person=person,
            day=day,
            pk=proposal.formation_id,
            kind=Lock.Kind.TOGETHER,
            school=school,
            other=hub,
            because=because,
        )
    if not pairs:
        raise NothingToHold(
            Message(N_("There is nothing new to hold.")),
            next_step=Message(N_("Choose a cluster or a move, or propose again as it is.")),
        )
    return len(pairs)


def _pairs(
    proposal: Proposal, clusters: Collection[int], school_ids: Collection[int]
) -> list[tuple[School, School]]:
    """Each school to hold with its hub, but those that are held to it already."""
    held = _held(proposal)
    return [
        (place.school, place.cluster.hub)
        for place in places_of(proposal)
        if place.cluster
        and (place.school_id in school_ids or place.cluster.number in clusters)
        and place.school_id != place.cluster.hub_id
        and frozenset((place.school_id, place.cluster.hub_id)) not in held
    ]


def _held(proposal: Proposal) -> set[Pair]:
    locks = proposal.formation.locks.filter(kind__in=HOLDING)
    return {frozenset(pair) for pair in locks.values_list("school_id", "other_id")}
