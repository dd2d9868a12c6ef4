"""Letters that tell every school of its confirmed cluster; one statement for all."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from django.utils.translation import override

from clusterwork.accounts.models import Person
from clusterwork.clusters.letters.confirming import CONFIRMED
from clusterwork.clusters.models import Cluster, Proposal, ProposedCluster
from clusterwork.clusters.selectors.heads import heads_by_school
from clusterwork.notify.services import queue_many
from clusterwork.registry.models import School

Pairs = Sequence[tuple[ProposedCluster, Cluster]]
LinkFor = Callable[[int, str], str]


def tell_confirmed(
    proposal: Proposal, pairs: Pairs, start_on: dt.date, day: dt.date, link_for: LinkFor
) -> int:
    """Queues a letter to each head of each placed school; how many letters."""
    members: dict[int | None, list[School]] = defaultdict(list)
    placed = proposal.places.filter(cluster__isnull=False).select_related("school")
    for place in placed:
        members[place.cluster_id].append(place.school)
    heads = heads_by_school([each.pk for found in members.values() for each in found], day)
    letters = (
        (head, _words(head, school, cluster, members[proposed.pk], proposal, start_on, link_for))
        for proposed, cluster in pairs
        for school in members[proposed.pk]
        for head in heads.get(school.pk, ())
    )
    return queue_many(CONFIRMED, letters)


def _words(
    head: Person,
    school: School,
    cluster: Cluster,
    members: Sequence[School],
    proposal: Proposal,
    start_on: dt.date,
    link_for: LinkFor,
) -> dict[str, Any]:
    with override(head.language):
        return {
            "school": str(school),
            "cluster": str(cluster),
            "partners": ", ".join(_others(school, members)),
            "programme": str(proposal.formation.programme),
            "start": {"day": start_on.isoformat()},
            "link": link_for(cluster.pk, head.language),
        }


def _others(school: School, members: Sequence[School]) -> Iterator[str]:
    return (str(each) for each in members if each != school)
