"""What a cluster is choosing among, how its schools ranked it, and what it chose."""

from __future__ import annotations

import datetime as dt
import json
from collections import defaultdict
from zlib import crc32

from django.db.models import Max, Q, QuerySet

from clusterwork.clusters.models import Cluster, Decision
from clusterwork.clusters.selectors.voters import voters_on
from clusterwork.plans.models import Candidate, Choosing, Ranking
from clusterwork.plans.states import needs as states
from clusterwork.registry.models import School

OPEN = (states.PROPOSING, states.RANKING)


def choosings_of(cluster: Cluster) -> QuerySet[Choosing]:
    """The cluster's choices of priorities, the latest plan first."""
    return Choosing.objects.filter(cluster=cluster).select_related("decision")


def open_choosing(cluster: Cluster) -> Choosing | None:
    """The one that is under way, if any."""
    return choosings_of(cluster).filter(state__in=OPEN).first()


def latest_chosen(cluster: Cluster, day: dt.date) -> Choosing | None:
    """The last choice that was decided for a plan that is not over on `day`."""
    decided = Q(state=states.DECIDED) | Q(decision__state=Decision.State.AGREED)
    return choosings_of(cluster).filter(decided, for_end_on__gt=day).first()


def choosing_schools(cluster: Cluster, day: dt.date) -> QuerySet[School]:
    """The schools that propose, rank and are served: those with a vote on priorities, by name."""
    return voters_on(cluster, None, Decision.About.PRIORITIES, day)


def candidates_of(choosing: Choosing) -> QuerySet[Candidate]:
    """The proposals that stand, in the order of proposing, with the schools that they serve."""
    rows = Candidate.objects.filter(choosing=choosing, withdrawn_at__isnull=True)
    return rows.select_related("school", "need").prefetch_related("serves").order_by("pk")


def rankings_in(choosing: Choosing) -> QuerySet[Ranking]:
    """What every school said about the proposals that stand."""
    rows = Ranking.objects.filter(
        candidate__choosing=choosing, candidate__withdrawn_at__isnull=True
    )
    return rows.select_related("school", "candidate").order_by("candidate", "school__sort_key")


def ballots_in(choosing: Choosing, day: dt.date) -> dict[int, dict[int, int]]:
    """School id to its places; a school that has left since is not among them."""
    here = choosing_schools(choosing.cluster, day).values("pk")
    rows = rankings_in(choosing).filter(place__isnull=False, school__in=here).order_by("pk")
    found: dict[int, dict[int, int]] = defaultdict(dict)
    for school, candidate, place in rows.values_list("school_id", "candidate_id", "place"):
        if place is not None:
            found[school][candidate] = place
    return dict(found)


def not_yet_ranked(choosing: Choosing, day: dt.date) -> QuerySet[School]:
    """The schools that have neither ranked nor commented, by name."""
    said = rankings_in(choosing).order_by().values("school_id")
    return choosing_schools(choosing.cluster, day).exclude(pk__in=said)


def ranking_seen(choosing: Choosing, school: School) -> str:
    """A mark that changes whenever the proposals or what the school said of them changes."""
    rows = Candidate.objects.filter(choosing=choosing, withdrawn_at__isnull=True).order_by("pk")
    stand = dict(rows.values_list("pk", "title"))
    said = Ranking.objects.filter(candidate__in=stand, school=school)
    last = said.aggregate(at=Max("at"))["at"]
    words = crc32(json.dumps(stand).encode())
    return f"{words:x}/{said.count()}/{last.isoformat() if last else ''}"


def is_before_the_vote(choosing: Choosing) -> bool:
    """Whether a proposal of priorities is open for votes."""
    return choosing.decision is not None and choosing.decision.state == Decision.State.OPEN


def chosen_in(choosing: Choosing) -> QuerySet[Candidate]:
    """What was chosen, in the order in which it was put to the vote.

    A vote that was agreed counts from that moment, whether or not anybody has opened this since.
    """
    agreed = Q(put_place__isnull=False, choosing__decision__state=Decision.State.AGREED)
    rows = Candidate.objects.filter(Q(chosen=True) | agreed, choosing=choosing)
    chain = rows.select_related("school", "choosing").prefetch_related("serves")
    return chain.order_by("put_place", "pk")


def chosen_candidates(cluster: Cluster, start_on: dt.date) -> list[Candidate]:
    """The priorities that the cluster chose for the plan that starts on this day, first first.

    Of several choices for one day the latest decided counts; empty where nothing is decided.
    """
    decided = Q(state=states.DECIDED) | Q(decision__state=Decision.State.AGREED)
    found = choosings_of(cluster).filter(decided, for_start_on=start_on).order_by("-pk").first()
    return list(chosen_in(found)) if found else []
