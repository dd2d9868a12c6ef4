"""A division made by hand as a proposal, with the reason for each place; searches for nothing."""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace

from clusterwork.formation.binding import binding_rules
from clusterwork.formation.book import Book
from clusterwork.formation.clock import gap_share
from clusterwork.formation.evaluating import Arrangement, Partition, arrangement, evaluated
from clusterwork.formation.explaining import Explainer
from clusterwork.formation.instance import Instance, Locks
from clusterwork.formation.plan import Plan
from clusterwork.formation.proposal import LeftOut, Proposal, Reason, RuleState
from clusterwork.kernel.messages import N_, Message

LEFT_OUT_BY_HAND = N_("Left out: %(school)s. An officer placed it in no cluster.")


def arrange(instance: Instance, partition: Partition, *, bound: float = 0.0) -> Proposal:
    """The partition with all figures and reasons. It may break rules: `evaluate` says which.

    `bound`: no plan that keeps the rules costs less, as far as the caller knows; it is taken as
    no more than the objective. Raises `NotAPartition`.
    """
    began = time.monotonic()
    there = arrangement(instance, partition)
    found = evaluated(there)
    moved = set(found.moved or ())
    reasons, rules = _explained(_relaxed(instance, partition), partition, moved)
    bound = min(bound, found.objective)
    return Proposal(
        clusters=found.clusters,
        left_out=tuple(_left_out(instance, found.left_out)),
        objective=found.objective,
        bound=bound,
        gap_share=gap_share(found.objective, bound),
        proven=False,
        parts=found.parts,
        total_travel=found.total_travel,
        mean_minutes=found.mean_minutes,
        worst_minutes=found.worst_minutes,
        worst_pair_minutes=found.worst_pair_minutes,
        flow_kept_share=found.flow_kept_share,
        need_points=found.need_points,
        pupils_percent=found.pupils_percent,
        support_steps=found.support_steps,
        moved=found.moved,
        links_cut=found.links_cut,
        reasons=reasons,
        rules=rules,
        notices=(),
        seconds=time.monotonic() - began,
        seed=0,
        policy=instance.policy,
    )


def _left_out(instance: Instance, ids: Sequence[str]) -> Iterator[LeftOut]:
    names = {school.id: school.name for school in instance.schools}
    for each in ids:
        facts = {"school": f"{names[each]} ({each})"}
        yield LeftOut(each, "left_out", Message(LEFT_OUT_BY_HAND, facts))


def _explained(
    instance: Instance, partition: Partition, moved: set[str]
) -> tuple[dict[str, Reason], tuple[RuleState, ...]]:
    there = arrangement(instance, partition)
    model, book = there.model, Book(there.model)
    explainer = Explainer(model, book, _plan(there, book), there.labels)
    numbers = sorted(i for members in there.clusters for i in members)
    reasons = {
        model.schools[i].id: explainer.reason(i, moved=model.schools[i].id in moved)
        for i in numbers
    }
    return reasons, binding_rules(explainer, 0.0)


def _plan(there: Arrangement, book: Book) -> Plan:
    """The arrangement as clusters of units, whether or not it keeps the rules."""
    model = there.model
    keys = tuple(frozenset(int(model.group[i]) for i in members) for members in there.clusters)
    book.learn(keys)
    value = sum(book[key].cost for key in keys) + model.gain_total
    return Plan(keys, frozenset(), len(there.left_out), value)


def _relaxed(instance: Instance, partition: Partition) -> Instance:
    """Without the locks that the partition breaks: what was parted by hand moves by itself."""
    at = {school: label for label, members in partition.items() for school in members}
    together = tuple(
        (a, b) for a, b in instance.locks.together if at.get(a) == at.get(b) is not None
    )
    homes: dict[str, set[str | None]] = defaultdict(set)
    for school, place in instance.locks.fixed.items():
        homes[place] |= {at.get(school), at.get(place, at.get(school))}
    fixed = {
        school: place
        for school, place in instance.locks.fixed.items()
        if len(homes[place]) == 1 and None not in homes[place]
    }
    return replace(instance, locks=Locks(together, instance.locks.apart, fixed))
