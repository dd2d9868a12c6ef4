"""Every member of a cluster that splits is in one of its parts, or leaves. Knows no database."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Hashable, Sequence
from typing import TypeVar

from clusterwork.kernel.errors import Problem
from clusterwork.kernel.messages import N_, Message

Member = TypeVar("Member", bound=Hashable)


class NotASplit(Problem):
    """Fewer than two parts, a part of nobody, or two that go on as the same cluster."""


class MemberNotPlaced(Problem):
    """A member that is in no part and is not said to leave."""


class MemberPlacedTwice(Problem):
    """A member in two parts, or in one and leaving."""


class NotAMember(Problem):
    """Somebody who is placed, or leaves, and is not in the cluster on that day."""


def check_parts(n_members: Sequence[int], n_going_on: int) -> None:
    """Two parts at least, each with a member, and one at most that goes on as the old cluster."""
    if len(n_members) < 2 or not all(n_members) or n_going_on > 1:
        raise NotASplit(
            Message(N_("A cluster splits into two parts at least, each with a member.")),
            why=Message(N_("At most one of them goes on as the old cluster.")),
            next_step=Message(N_("Say for each member to which part it belongs.")),
        )


def check_placed(
    members: Collection[Member], parts: Sequence[Collection[Member]], leaving: Collection[Member]
) -> None:
    """Each member once. Raises `NotAMember`, `MemberPlacedTwice`, `MemberNotPlaced`."""
    told = Counter(member for part in (*parts, leaving) for member in part)
    if set(told) - set(members):
        raise NotAMember(
            Message(N_("Somebody is placed who is not in the cluster on that day.")),
            next_step=Message(N_("Open the page again to see who is in it on that day.")),
        )
    if any(n > 1 for n in told.values()):
        raise MemberPlacedTwice(
            Message(N_("A member is placed twice.")),
            next_step=Message(N_("Say for each member one part, or that it leaves.")),
        )
    if n_left := len(set(members) - set(told)):
        raise MemberNotPlaced(
            Message(N_("Some members are not placed: %(n)s."), {"n": n_left}),
            next_step=Message(N_("Say for each of them a part, or that it leaves.")),
        )
