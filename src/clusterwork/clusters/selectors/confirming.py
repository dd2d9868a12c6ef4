"""What confirming a proposal would do: its clusters, who is elsewhere today, who has closed."""

from __future__ import annotations

import datetime as dt

from django.db.models import Exists, OuterRef, Q, QuerySet

from clusterwork.clusters.models import Cluster, Confirmation, Membership, Participation, Proposal
from clusterwork.clusters.rules.place_names import Spot, place_names
from clusterwork.clusters.selectors.placeable import is_closed
from clusterwork.registry.models import School


def overlaps_of(proposal: Proposal, start_on: dt.date) -> QuerySet[Membership]:
    """Memberships of the placed schools that go on after `start_on`, with `in_programme`."""
    programme = proposal.formation.programme
    going_on = Q(end_on__isnull=True) | Q(end_on__gt=start_on)
    takes_part = Participation.objects.filter(
        going_on, programme=programme, cluster=OuterRef("cluster")
    )
    placed = proposal.places.filter(cluster__isnull=False).values("school_id")
    found = Membership.objects.filter(going_on, school__in=placed)
    found = found.select_related("school", "cluster").annotate(in_programme=Exists(takes_part))
    return found.order_by("school__sort_key", "school_id", "start_on", "pk")


def closed_in(proposal: Proposal, day: dt.date) -> list[School]:
    """Placed schools that are closed on `day`, by name."""
    placed = proposal.places.filter(cluster__isnull=False).values("school_id")
    return [school for school in School.objects.filter(pk__in=placed) if is_closed(school, day)]


def suggested_names(proposal: Proposal) -> dict[int, str]:
    """Cluster number to a working name: a place that no cluster of the organisation has."""
    clusters = list(proposal.clusters.select_related("hub__authority"))
    living = Cluster.objects.filter(organisation=proposal.formation.programme.organisation_id)
    taken = living.filter(end_on__isnull=True).values_list("working_name", flat=True)
    spots = [Spot(each.hub.town, each.hub.locality, str(each.hub.authority)) for each in clusters]
    names = place_names(spots, list(taken))
    return {cluster.number: name for cluster, name in zip(clusters, names, strict=True)}


def left_empty(confirmation: Confirmation) -> QuerySet[Cluster]:
    """Living clusters whose last schools left for the confirmed ones, by name; to be closed."""
    first = confirmation.start_on
    placed = confirmation.proposal.places.filter(cluster__isnull=False).values("school_id")
    schools = Membership.objects.filter(cluster=OuterRef("pk"), school__isnull=False)
    gave_way = schools.filter(end_on=first, school__in=placed)
    staying = schools.filter(Q(end_on__isnull=True) | Q(end_on__gt=first))
    return Cluster.objects.filter(Exists(gave_way), ~Exists(staying), end_on__isnull=True)


def confirmation_of(formation_pk: int) -> Confirmation | None:
    """The end of an exercise, if it has come."""
    chain = Confirmation.objects.select_related("proposal", "confirmed_by")
    return chain.filter(formation=formation_pk).first()
