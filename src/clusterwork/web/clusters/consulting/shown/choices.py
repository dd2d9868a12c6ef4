"""Where a school can ask to move to: the other clusters of the proposal, nearest first."""

from __future__ import annotations

from collections import defaultdict

from django.utils.translation import gettext as _

from clusterwork.clusters.models import ProposedCluster, ProposedPlace
from clusterwork.clusters.rules.travelling import minutes_between
from clusterwork.clusters.selectors.proposals import clusters_of
from clusterwork.web.formats import number


def clusters_to_ask_for(row: ProposedPlace) -> list[tuple[ProposedCluster, str]]:
    """Each other cluster with its words: number, hub, and mean minutes from this school."""
    minutes = _mean_minutes(row)
    others = [each for each in clusters_of(row.proposal) if each.pk != row.cluster_id]
    others.sort(key=lambda each: (each.pk not in minutes, minutes.get(each.pk, 0.0), each.number))
    return [(each, _words(each, minutes.get(each.pk))) for each in others]


def _mean_minutes(row: ProposedPlace) -> dict[int, float]:
    """Cluster id to the mean journey from this school to its members."""
    travel = row.proposal.policy_used["travel"]
    found: dict[int, list[float]] = defaultdict(list)
    places = row.proposal.places.exclude(cluster=None).select_related("school")
    for place in places:
        minutes = minutes_between(row.school, place.school, travel)
        if place.cluster_id is not None and minutes is not None:
            found[place.cluster_id].append(minutes)
    return {pk: sum(each) / len(each) for pk, each in found.items()}


def _words(cluster: ProposedCluster, minutes: float | None) -> str:
    return _("Cluster %(number)s. Hub: %(hub)s. Minutes: %(minutes)s") % {
        "number": cluster.number,
        "hub": cluster.hub,
        "minutes": number(minutes),
    }
