"""Which schools have a vote on a day, what each did, and how many pupils stand behind it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from django.db.models import QuerySet

from clusterwork.clusters.models import Cluster, ClusterGroup, Decision, Part
from clusterwork.clusters.rules.voting import Ballot
from clusterwork.clusters.selectors.figures import pupils_on
from clusterwork.clusters.selectors.memberships import is_on, memberships_on
from clusterwork.registry.models import School

VOTING = (Part.CORE, Part.LEAD, Part.CONTRIBUTING)
ABOUT_ALL_ELSE = (*VOTING, Part.ASSOCIATE)


def parts_that_vote(about: str) -> tuple[str, ...]:
    """Every school but, on money, the associates: they take part and draw none of it."""
    return VOTING if about == Decision.About.MONEY else ABOUT_ALL_ELSE


def voters_on(
    cluster: Cluster, group: ClusterGroup | None, about: str, day: dt.date
) -> QuerySet[School]:
    """The schools with a vote on `day`, by name; in a group those that have somebody in it."""
    held = memberships_on(day).filter(cluster=cluster, part__in=parts_that_vote(about))
    found = School.objects.filter(pk__in=held.values("school_id"))
    if group is not None:
        sits = group.members.filter(is_on(day), school__isnull=False)
        found = found.filter(pk__in=sits.values("school_id"))
    return found.order_by("sort_key", "pk")


def voters_of(decision: Decision, day: dt.date) -> QuerySet[School]:
    """The schools that have a vote on this proposal on `day`."""
    return voters_on(decision.cluster, decision.group, decision.about, day)


def not_yet_voted(decision: Decision, day: dt.date) -> QuerySet[School]:
    """Those of its voters that have said nothing yet."""
    return voters_of(decision, day).exclude(pk__in=decision.votes.values("school_id"))


def ballots_of(decision: Decision, day: dt.date) -> list[Ballot]:
    """What each school with a vote on `day` did: a vote of any other is kept but not counted."""
    answers = dict(decision.votes.order_by().values_list("school_id", "answer"))
    there = set(decision.presences.order_by().values_list("school_id", flat=True))
    schools = voters_of(decision, day).annotate(pupils=pupils_on(day))
    return [
        Ballot(pk, answers.get(pk), pk in there, pupils or 0)
        for pk, pupils in schools.values_list("pk", "pupils")
    ]


def without_pupils(ballots: Sequence[Ballot]) -> list[School]:
    """The schools whose pupils are not known, by name."""
    pks = [each.school for each in ballots if not each.pupils]
    return list(School.objects.filter(pk__in=pks).order_by("sort_key", "pk"))
