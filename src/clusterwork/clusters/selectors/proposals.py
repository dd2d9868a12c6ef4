"""Proposals, their clusters and places."""

from __future__ import annotations

from django.db.models import QuerySet

from clusterwork.clusters.models import Formation, Proposal, ProposedCluster, ProposedPlace
from clusterwork.kernel.errors import NotThere
from clusterwork.kernel.messages import N_, Message


def proposals_of(formation: Formation) -> QuerySet[Proposal]:
    """The exercise's proposals, newest first."""
    return formation.proposals.select_related("policy", "asked_by", "base")


def done_in(formation: Formation) -> QuerySet[Proposal]:
    """Those that were made, newest first."""
    return proposals_of(formation).filter(state=Proposal.State.DONE)


def clusters_of(proposal: Proposal) -> QuerySet[ProposedCluster]:
    """The clusters by number, with their hub."""
    return proposal.clusters.select_related("hub")


def places_of(proposal: Proposal) -> QuerySet[ProposedPlace]:
    """Every school's place by cluster and name; schools left out come last."""
    return proposal.places.select_related("school__authority", "cluster__hub").order_by(
        "cluster__number", "school__sort_key", "school_id"
    )


def left_out_of(proposal: Proposal) -> QuerySet[ProposedPlace]:
    """The schools that are in no cluster, each with its reason."""
    return proposal.places.filter(cluster__isnull=True).select_related("school__authority")


def cluster_of(proposal: Proposal, number: int) -> ProposedCluster:
    """One cluster; raises `NotThere`."""
    found = clusters_of(proposal).filter(number=number).first()
    if found is None:
        raise NotThere(Message(N_("There is no such cluster in this proposal.")))
    return found


def places_in(cluster: ProposedCluster) -> QuerySet[ProposedPlace]:
    """The places of one cluster by name."""
    return cluster.places.select_related("school__authority", "cluster__hub")


def place_of(proposal: Proposal, school_pk: int) -> ProposedPlace:
    """One school's place; raises `NotThere`."""
    found = places_of(proposal).filter(school=school_pk).first()
    if found is None:
        raise NotThere(Message(N_("This school is not part of the proposal.")))
    return found


def assignment_of(proposal: Proposal) -> dict[int, int | None]:
    """School id to cluster number, None where it is left out."""
    return dict(proposal.places.values_list("school_id", "cluster__number"))


def open_in(formation_ids: QuerySet[Formation]) -> QuerySet[Proposal]:
    """Proposals that wait or work in these exercises."""
    states = (Proposal.State.QUEUED, Proposal.State.RUNNING)
    found = Proposal.objects.filter(formation__in=formation_ids, state__in=states)
    return found.select_related("formation")
