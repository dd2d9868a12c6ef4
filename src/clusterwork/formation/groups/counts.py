"""A number of clusters for all groups together, shared among them by their schools."""

from __future__ import annotations

import heapq
from collections.abc import Mapping
from dataclasses import replace

from clusterwork.formation.names import span
from clusterwork.formation.policy import Policy, Range
from clusterwork.kernel.errors import Problem
from clusterwork.kernel.messages import N_, Message

Counts = Mapping[str, int]


class CountCannotBeShared(Problem):
    """The groups cannot have that number of clusters between them."""

    def __init__(self, low: int, high: int) -> None:
        super().__init__(
            Message(N_("The number of clusters cannot be shared among the authorities.")),
            why=Message(
                N_("By the sizes allowed there can be: %(numbers)s."), {"numbers": span(low, high)}
            ),
            next_step=Message(
                N_("Ask for such a number, or leave it out for as many as are best.")
            ),
        )


class PyramidsAreNotShared(Problem):
    """A number of pyramids cannot be shared: it follows from the secondary schools."""

    def __init__(self) -> None:
        super().__init__(
            Message(N_("A number of pyramids cannot be shared among the authorities.")),
            why=Message(N_("How many an authority has follows from its secondary schools.")),
            next_step=Message(N_("Leave the number of clusters out of the policy.")),
        )


def share_count(policy: Policy, schools: Counts) -> dict[str, Policy]:
    """The policy of each group. `schools`: how many there are in each.

    Without a number in the policy, that is the same for all. Else both ends of its range are
    shared in proportion to the schools, as far as sizes allow, so that the sum is in the range
    whatever each group chooses within its own share. Too few clusters for all are shared where
    schools may be left over. Groups that no number of clusters fits, and the one without a name,
    take no part. Raises `CountCannotBeShared`, `PyramidsAreNotShared`.
    """
    if policy.count is None:
        return dict.fromkeys(schools, policy)
    if policy.pyramid:
        raise PyramidsAreNotShared
    room = {group: _room(policy, n) for group, n in schools.items() if group}
    room = {group: (low, high) for group, (low, high) in room.items() if low <= high}
    if policy.may_leave_over and policy.count[1] < sum(low for low, _ in room.values()):
        room = {group: (0, high) for group, (_, high) in room.items()}
    shares = _shares(policy.count, schools, room)
    free = replace(policy, count=None)
    return {
        group: replace(policy, count=shares[group]) if group in shares else free
        for group in schools
    }


def _room(policy: Policy, n: int) -> Range:
    """The fewest and the most clusters that n schools can make; empty where there is none."""
    low, high = policy.size
    return -(-n // high), n // low


def _shares(total: Range, schools: Counts, room: Mapping[str, Range]) -> dict[str, Range]:
    least, most = (sum(ends) for ends in zip(*room.values(), strict=True)) if room else (0, 0)
    if room and (total[0] > most or total[1] < least):
        raise CountCannotBeShared(least, most)
    fewest = {group: low for group, (low, _) in room.items()}
    limit = {group: high for group, (_, high) in room.items()}
    lows = apportioned(max(total[0], least), schools, fewest, limit)
    highs = apportioned(min(total[1], most), schools, lows, limit)
    return {group: (lows[group], highs[group]) for group in room}


def apportioned(total: int, weights: Counts, low: Counts, high: Counts) -> dict[str, int]:
    """`total` seats by weight within bounds, by odd divisors (Webster); ties go by name.

    `total` has to lie between the sums of `low` and of `high`.
    """
    given = dict(low)
    queue = [(_claim(weights, given, g), g) for g in given if given[g] < high[g]]
    heapq.heapify(queue)
    for _ in range(total - sum(given.values())):
        group = heapq.heappop(queue)[1]
        given[group] += 1
        if given[group] < high[group]:
            heapq.heappush(queue, (_claim(weights, given, group), group))
    return given


def _claim(weights: Counts, given: Counts, group: str) -> float:
    """The smaller, the earlier a group is given one more."""
    return (2 * given[group] + 1) / max(weights[group], 1)
