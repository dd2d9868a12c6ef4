"""Instances with fewer rules or locks, to ask what without one of them would be."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from clusterwork.formation import Instance, Locks

POLICY_RULES: dict[str, dict[str, object]] = {
    "size": {"size": (1, 999)},
    "count": {"count": None},
    "travel_limit": {"limit_minutes": 0.0},
    "contributing": {"contributing": False},
    "contributing_fsm": {"contributing_fsm": 0.0},
    "same_authority": {"same_authority": False},
    "same_medium": {"same_medium": False},
}


def without_rules(instance: Instance, rules: set[str]) -> Instance:
    """Without these rules of the policy, and without all locks of these kinds."""
    for rule in rules & set(POLICY_RULES):
        policy = replace(instance.policy, **POLICY_RULES[rule])  # type: ignore[arg-type]
        instance = replace(instance, policy=policy)
    locks = {kind: {} if kind == "fixed" else () for kind in rules - set(POLICY_RULES)}
    return replace(instance, locks=replace(instance.locks, **locks))  # type: ignore[arg-type]


def only_rules(instance: Instance, rules: set[str], locks: Locks) -> Instance:
    """With these rules of the policy and these locks, and no others."""
    return replace(without_rules(instance, set(POLICY_RULES) - rules), locks=locks)


def without_a_lock(locks: Locks) -> Iterator[Locks]:
    """For each lock all others."""
    for kind in ("together", "apart"):
        pairs = getattr(locks, kind)
        for at in range(len(pairs)):
            yield replace(locks, **{kind: pairs[:at] + pairs[at + 1 :]})
    for school in locks.fixed:
        yield replace(locks, fixed={i: p for i, p in locks.fixed.items() if i != school})
