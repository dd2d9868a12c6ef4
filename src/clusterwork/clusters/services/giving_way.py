"""Ends what schools' memberships would go on with where a confirmed cluster takes their place."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence

from clusterwork.accounts.models import Person
from clusterwork.audit.services import record
from clusterwork.clusters.models import Cluster, Membership
from clusterwork.clusters.services.ending import cut, end_what_rests_on
from clusterwork.kernel.messages import N_, Message

REASON = N_("New clusters were confirmed.")


def end_present_stays(person: Person, stays: Sequence[Membership], on: dt.date) -> list[int]:
    """Ends the memberships on `on` with what rests on them, and those in the clusters' own
    mini-clusters. The ids of the memberships; opens no transaction of its own."""
    schools = [each.school_id for each in stays if each.school_id is not None]
    clusters = [each.cluster_id for each in stays]
    minis = list(Cluster.objects.filter(parent__in=clusters).values_list("pk", flat=True))
    told = {"ended_by": Membership.Ended.LEFT, "reason": REASON}
    cut(Membership.objects.filter(cluster__in=minis, school__in=schools), on, **told)
    cut(Membership.objects.filter(pk__in=[each.pk for each in stays]), on, **told)
    end_what_rests_on(schools, [*clusters, *minis], on)
    _record(person, stays, on)
    return [each.pk for each in stays]


def _record(person: Person, stays: Sequence[Membership], on: dt.date) -> None:
    by_cluster: dict[Cluster, list[int]] = defaultdict(list)
    for each in stays:
        by_cluster[each.cluster].append(each.school_id or 0)
    for cluster, schools in by_cluster.items():
        record(
            actor=person,
            verb="membership.give_way",
            subject=cluster,
            summary=Message(
                N_("Memberships ended because new clusters were confirmed: %(n)s."),
                {"n": len(schools)},
            ),
            details={"schools": schools, "on": str(on)},
        )
