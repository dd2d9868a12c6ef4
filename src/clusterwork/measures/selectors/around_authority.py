"""An authority with all its schools, as a group whose figures are told together."""

from __future__ import annotations

from django.db.models import Max

from clusterwork.clusters.models import Membership, Participation, Programme
from clusterwork.measures.selectors.around import SMALLEST, Around
from clusterwork.measures.selectors.following import schools_before
from clusterwork.registry.models import Authority, School


def around_authority(authority: Authority) -> Around:
    """The authority, without lines of single schools. Four queries at most."""
    steps = schools_before(list(School.objects.filter(authority=authority)))
    before = {pk: each for pk, each in steps.items() if each}
    return Around({}, {}, [authority], before, smallest_in(authority))


def smallest_in(authority: Authority) -> int:
    """The greatest that one of the programmes asks for in which its schools ever took part."""
    clusters = Membership.objects.filter(school__authority=authority).values("cluster")
    parts = Participation.objects.filter(cluster__in=clusters).values("programme")
    found = Programme.objects.filter(pk__in=parts).aggregate(most=Max("smallest_number"))
    return SMALLEST if found["most"] is None else int(found["most"])
