"""What each lock costs: the clusters around its schools divided anew without it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from clusterwork.formation.around import NO_PINS, Resolved, Run, Stop, resolve
from clusterwork.formation.clock import Clock
from clusterwork.formation.conflict import CannotBeSatisfied, NotFoundInTime
from clusterwork.formation.evaluating import Partition
from clusterwork.formation.instance import Instance, Locks
from clusterwork.formation.names import RULE_NAMES, listed
from clusterwork.formation.standing import Standing, near, standing
from clusterwork.kernel.messages import N_, Message

N_CLUSTERS = 5


@dataclass(frozen=True)
class LockSaving:
    """What dropping one lock alone would save, in the objective's unit.

    `rule` is together, apart or fixed; `schools` the pair, or the school that is fixed. `saving`
    is the best with the lock less the best without it, among the same clusters; None where the
    lock cannot be kept there at all, or no plan was found. `proved`: both are proved best.
    `resolved` is the division without the lock.
    """

    rule: str
    schools: tuple[str, ...]
    saving: float | None
    proved: bool
    resolved: Resolved | None
    message: Message


@dataclass(frozen=True)
class _Lock:
    """One lock, and all locks without it."""

    rule: str
    schools: tuple[str, ...]
    rest: Locks


def lock_savings(
    instance: Instance,
    partition: Partition,
    *,
    n_clusters: int = N_CLUSTERS,
    seconds: float = 1.0,
    seed: int = 0,
    should_stop: Stop | None = None,
) -> tuple[LockSaving, ...]:
    """One entry for each lock whose schools are all in clusters: pairs together, pairs apart,
    then fixed schools. `seconds` is for each of two divisions a lock: with it and without it.

    Raises `NotAPartition`.
    """
    here = standing(instance, partition)
    placed = {school for members in partition.values() for school in members}

    def run() -> Run:
        return Run(Clock(seconds, should_stop), seed)

    return tuple(
        _saving(here, lock, n_clusters, run)
        for lock in _each(instance.locks)
        if placed.issuperset(lock.schools)
    )


def _each(locks: Locks) -> Iterator[_Lock]:
    """Every lock once; a pair given twice, either way round, is one lock."""
    for pair in dict.fromkeys(frozenset(pair) for pair in locks.together):
        rest = tuple(other for other in locks.together if frozenset(other) != pair)
        yield _Lock("together", tuple(sorted(pair)), replace(locks, together=rest))
    for pair in dict.fromkeys(frozenset(pair) for pair in locks.apart):
        rest = tuple(other for other in locks.apart if frozenset(other) != pair)
        yield _Lock("apart", tuple(sorted(pair)), replace(locks, apart=rest))
    for school in locks.fixed:
        fixed = {other: place for other, place in locks.fixed.items() if other != school}
        yield _Lock("fixed", (school,), replace(locks, fixed=fixed))


def _saving(here: Standing, lock: _Lock, n_clusters: int, run: Callable[[], Run]) -> LockSaving:
    instance = here.instance
    try:
        kept = resolve(here, near(here, lock.schools, n_clusters), NO_PINS, run())
        freer = standing(replace(instance, locks=lock.rest), kept.partition)
        places = [freer.there.labels.index(label) for label in kept.clusters]
        free = resolve(freer, places, NO_PINS, run())
    except CannotBeSatisfied:
        return _not_kept(instance, lock, proved=True)
    except NotFoundInTime:
        return _not_kept(instance, lock, proved=False)
    saving = max(0.0, kept.objective_after - free.objective_after)
    proved = kept.proved and free.proved
    message = _message(instance, lock, saving)
    return LockSaving(lock.rule, lock.schools, saving, proved, free, message)


def _message(instance: Instance, lock: _Lock, saving: float) -> Message:
    facts = _facts(instance, lock)
    if round(saving, 2) == 0:
        text = N_(
            "Lock: %(rule)s. Schools: %(schools)s. Nothing nearby would be better without it."
        )
        return Message(text, facts)
    text = N_("Lock: %(rule)s. Schools: %(schools)s. Dropping it would save: %(saves)s.")
    return Message(text, {**facts, "saves": f"{saving:.2f}"})


def _facts(instance: Instance, lock: _Lock) -> dict[str, object]:
    schools = [school for school in instance.schools if school.id in lock.schools]
    return {"rule": RULE_NAMES[lock.rule], "schools": listed(schools)}


def _not_kept(instance: Instance, lock: _Lock, *, proved: bool) -> LockSaving:
    text = (
        N_("Lock: %(rule)s. Schools: %(schools)s. No plan nearby keeps all the rules with it.")
        if proved
        else N_("Lock: %(rule)s. Schools: %(schools)s. No plan nearby was found in the time.")
    )
    message = Message(text, _facts(instance, lock))
    return LockSaving(lock.rule, lock.schools, None, proved, None, message)
