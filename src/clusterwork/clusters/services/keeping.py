"""Turns a solver's answer into rows of the proposal; asks nothing and decides nothing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from clusterwork.clusters.models import Proposal, ProposedCluster, ProposedPlace
from clusterwork.clusters.outcomes import Answer, ClusterFacts, Place


def keep_answer(
    proposal: Proposal, answer: Answer, schools: Mapping[int, Any], missing: Sequence[Place]
) -> None:
    """Writes clusters and places, replacing any of an earlier attempt with all looks at them.

    `schools` are the annotated schools by id; `missing` the schools that the solver never saw.
    """
    proposal.looks.all().delete()
    proposal.clusters.all().delete()
    proposal.places.all().delete()
    clusters = ProposedCluster.objects.bulk_create(
        _cluster_row(proposal, facts, schools) for facts in answer.clusters
    )
    by_number = {cluster.number: cluster for cluster in clusters}
    ProposedPlace.objects.bulk_create(
        _place_row(proposal, place, by_number, schools) for place in (*answer.places, *missing)
    )


def _cluster_row(
    proposal: Proposal, facts: ClusterFacts, schools: Mapping[int, Any]
) -> ProposedCluster:
    return ProposedCluster(
        proposal=proposal,
        number=facts.number,
        name=facts.name,
        hub_id=facts.hub,
        n_schools=len(facts.members),
        travel=facts.travel,
        mean_minutes=facts.mean_minutes,
        worst_minutes=facts.worst_minutes,
        worst_pair_minutes=facts.worst_pair_minutes,
        pupils=_known_sum([schools[pk].pupils for pk in facts.members]),
        fsm_share=facts.fsm_share,
        flow_kept_share=facts.flow_kept_share,
    )


def _known_sum(values: Sequence[int | None]) -> int | None:
    """The sum of the values that are known; None where none is."""
    known = [value for value in values if value is not None]
    return sum(known) if known else None


def _place_row(
    proposal: Proposal,
    place: Place,
    clusters: Mapping[int, ProposedCluster],
    schools: Mapping[int, Any],
) -> ProposedPlace:
    school = schools[place.school]
    return ProposedPlace(
        proposal=proposal,
        school_id=place.school,
        cluster=clusters[place.cluster] if place.cluster else None,
        minutes=place.minutes,
        cost_of_moving=place.next_best.cost if place.next_best else None,
        pupils=school.pupils,
        fsm_share=school.fsm_share,
        reason=place.to_json(),
    )
