"""One group's part of a larger question, and what stands in the way of asking it by itself."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import count, islice

from clusterwork.formation.instance import Instance, Locks, School
from clusterwork.formation.policy import Policy
from clusterwork.kernel.errors import Problem
from clusterwork.kernel.messages import N_, Message

Ids = frozenset[str]
Pair = tuple[str, str]


class LocksAcross(Problem):
    """Locks that no plan can keep in which each group is formed by itself. `locks` are pairs of
    a school and the school or place that is not in its group."""

    def __init__(self, locks: Sequence[Pair]) -> None:
        self.locks = tuple(locks)
        super().__init__(
            Message(
                N_("Locks lead out of the group: %(locks)s."),
                {"locks": "; ".join(f"{school} – {other}" for school, other in self.locks)},
            ),
            why=Message(N_("Each group is formed by itself, so no cluster has schools of two.")),
            next_step=Message(
                N_("Take these lines out of the locks, or form all schools together.")
            ),
        )


class NoGroup(Problem):
    """Schools of which nobody knows to which group they belong."""

    def __init__(self) -> None:
        super().__init__(
            Message(N_("These schools were not placed: their authority is not given.")),
            why=Message(N_("Each authority is formed by itself.")),
            next_step=Message(N_("Fill in the column and form again.")),
        )


def part_of(whole: Instance, group: str, schools: Sequence[School], policy: Policy) -> Instance:
    """The question for `schools` alone, in the order of their ids, under `policy`.

    `whole` has flows, partnerships, minutes, locks and present clusters of all; those with one
    end outside are left out, and so are the schools of `whole`. New clusters are named
    "group number". A present cluster that has schools outside too is named "name (group)", so that
    names of two groups differ. Raises `LocksAcross`, and `NoGroup` where `group` is empty.
    """
    if not group:
        raise NoGroup
    ids = frozenset(school.id for school in schools)
    across = [*_parted(whole.locks.together, ids), *_fixed_elsewhere(whole, ids)]
    if across:
        raise LocksAcross(across)
    called = _called(whole.current, ids, group)
    return replace(
        whole,
        schools=tuple(sorted(schools, key=lambda school: school.id)),
        policy=policy,
        minutes=_inside(whole.minutes, ids),
        flows=tuple(flow for flow in whole.flows if {flow.from_id, flow.to_id} <= ids),
        links=tuple(link for link in whole.links if {link.from_id, link.to_id} <= ids),
        locks=_locks(whole.locks, ids, called),
        current={i: called[label] for i, label in whole.current.items() if i in ids},
        new_names=_new_names(group, len(schools), {*whole.current.values(), *called.values()}),
    )


def _parted(pairs: Iterable[Pair], ids: Ids) -> list[Pair]:
    """Pairs with one end inside, that end first."""
    return [(a, b) if a in ids else (b, a) for a, b in pairs if (a in ids) != (b in ids)]


def _fixed_elsewhere(whole: Instance, ids: Ids) -> list[Pair]:
    """Schools fixed to a present cluster without schools here, or to a hub that is not here."""
    labels = set(whole.current.values())
    here = {label for school, label in whole.current.items() if school in ids}
    return [
        (school, place)
        for school, place in whole.locks.fixed.items()
        if school in ids and (place not in here if place in labels else place not in ids)
    ]


def _called(current: Mapping[str, str], ids: Ids, group: str) -> dict[str, str]:
    """The name here of each present cluster that has schools here."""
    here = {label for school, label in current.items() if school in ids}
    shared = {label for school, label in current.items() if school not in ids} & here
    return {label: f"{label} ({group})" if label in shared else label for label in here}


def _locks(locks: Locks, ids: Ids, called: Mapping[str, str]) -> Locks:
    return Locks(
        together=tuple(pair for pair in locks.together if ids.issuperset(pair)),
        apart=tuple(pair for pair in locks.apart if ids.issuperset(pair)),
        fixed={i: called.get(place, place) for i, place in locks.fixed.items() if i in ids},
    )


def _inside(minutes: Mapping[Pair, float] | None, ids: Ids) -> dict[Pair, float] | None:
    if minutes is None:
        return None
    return {pair: value for pair, value in minutes.items() if ids.issuperset(pair)}


def _new_names(group: str, n: int, taken: set[str]) -> tuple[str, ...]:
    """`n` names "group number" that nobody has."""
    names = (f"{group} {number}" for number in count(1))
    return tuple(islice((name for name in names if name not in taken), n))
