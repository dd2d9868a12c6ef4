"""The schools that stand today for those that were members once."""

from __future__ import annotations

from collections.abc import Mapping

from clusterwork.clusters.selectors.successors import successors_of
from clusterwork.registry.models import School

MOST_STEPS = 5  # numbers that a school has one after the other; the official list has circles


def lasting(cluster_of: Mapping[int, int]) -> dict[int, int]:
    """The same with each closed school in the name of the one school that came after it.

    A school with several successors or none stays as it is. Four queries a step, none where
    nothing has closed.
    """
    found = dict(cluster_of)
    for _ in range(MOST_STEPS):
        closed = School.objects.filter(pk__in=found, closed_on__isnull=False)
        after = successors_of(list(closed)) if closed else {}
        moves = {old: new[0].school for old, new in after.items() if len(new) == 1}
        moves = {old: new for old, new in moves.items() if old != new and old in found}
        if not moves:
            break
        for old, new in sorted(moves.items()):
            found.setdefault(new, found[old])
            del found[old]
    return found
