"""Why no plan exists: the smallest set of rules that cannot be kept together, and for whom."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from clusterwork.formation.checks import impossible
from clusterwork.formation.instance import Instance, Locks
from clusterwork.formation.model import build_model
from clusterwork.formation.names import RULE_NAMES, listed, rule_names
from clusterwork.formation.proposal import RuleAgainst
from clusterwork.kernel.errors import Problem
from clusterwork.kernel.messages import N_, Message

NO_LOCKS = Locks()


class CannotBeSatisfied(Problem):
    """Proved: no plan keeps all rules. `against` has one entry for each rule of a smallest
    set that conflicts, with the schools it concerns. Where it concerns none in particular, the
    sentence of the first says everything. `locks` are those of the instance that take part."""

    def __init__(self, against: tuple[RuleAgainst, ...], locks: Locks = NO_LOCKS) -> None:
        self.against, self.locks = against, locks
        if against and not any(entry.schools for entry in against):
            super().__init__(against[0].message)
            return
        rules = rule_names(dict.fromkeys(entry.rule for entry in against))
        what = Message(
            N_("No plan can keep all the rules. In conflict: %(rules)s."), {"rules": rules}
        )
        super().__init__(
            what,
            why=against[0].message if against else None,
            next_step=Message(N_("Relax one of these rules and try again.")),
        )


class NotFoundInTime(Problem):
    """No plan was found that keeps all rules, and it was not proved that there is none."""

    def __init__(self, seconds: float) -> None:
        super().__init__(
            Message(
                N_("No plan was found that keeps all the rules. Seconds spent: %(seconds)s."),
                {"seconds": f"{seconds:.0f}"},
            ),
            why=Message(N_("There may be one: it was not proved impossible.")),
            next_step=Message(
                N_("Allow more time, raise the travel limit, widen the sizes, or remove a lock.")
            ),
        )


Prove = Callable[[Instance], bool | None]
"""True: proved impossible. False: a plan exists. None: not known."""


def _drop(instance: Instance, rule: str) -> Instance:
    policy, locks = instance.policy, instance.locks
    n = max(1, len(instance.schools))
    if rule == "together":
        return replace(instance, locks=replace(locks, together=()))
    if rule == "apart":
        return replace(instance, locks=replace(locks, apart=()))
    if rule == "fixed":
        return replace(instance, locks=replace(locks, fixed={}))
    changes: dict[str, dict[str, object]] = {
        "count": {"count": None},
        "size": {"size": (1, n)},
        "pyramid_size": {"pyramid_size": (1, n)},
        "travel_limit": {"limit_minutes": 0.0},
        "contributing": {"contributing": False},
        "contributing_fsm": {"contributing_fsm": 0.0},
        "same_authority": {"same_authority": False},
        "same_medium": {"same_medium": False},
    }
    return replace(instance, policy=replace(policy, **changes[rule]))  # type: ignore[arg-type]


def _rules_in_force(instance: Instance) -> list[str]:
    policy, locks = instance.policy, instance.locks
    there = {
        "contributing_fsm": policy.contributing and policy.contributing_fsm > 0,
        "contributing": policy.contributing,
        "same_authority": policy.keeps_authority,
        "same_medium": policy.keeps_medium,
        "apart": bool(locks.apart),
        "together": bool(locks.together),
        "fixed": bool(locks.fixed),
        "count": policy.count is not None,
        "travel_limit": policy.limit_minutes > 0,
        "pyramid_size" if policy.pyramid else "size": True,
    }
    return [rule for rule, is_there in there.items() if is_there]


def fewest_locks(instance: Instance, prove: Prove, stop: Callable[[], bool]) -> Instance:
    """Leave out, one after another, each lock without which it is still proved impossible."""
    for without in _without_each(instance.locks):
        fewer = replace(instance, locks=without(instance.locks))
        if not stop() and prove(fewer) is True:
            instance = fewer
    return instance


def _without_each(locks: Locks) -> list[Callable[[Locks], Locks]]:
    """For each lock a function that takes it out of a set of locks."""

    def together(pair: tuple[str, str]) -> Callable[[Locks], Locks]:
        return lambda now: replace(now, together=tuple(p for p in now.together if p != pair))

    def apart(pair: tuple[str, str]) -> Callable[[Locks], Locks]:
        return lambda now: replace(now, apart=tuple(p for p in now.apart if p != pair))

    def fixed(school: str) -> Callable[[Locks], Locks]:
        return lambda now: replace(now, fixed={i: at for i, at in now.fixed.items() if i != school})

    return [
        *map(together, locks.together),
        *map(apart, locks.apart),
        *map(fixed, locks.fixed),
    ]


def _locked_schools(locks: Locks) -> dict[str, tuple[str, ...]]:
    return {
        "together": tuple(dict.fromkeys(i for pair in locks.together for i in pair)),
        "apart": tuple(dict.fromkeys(i for pair in locks.apart for i in pair)),
        "fixed": tuple(locks.fixed),
    }


def explain_conflict(
    instance: Instance, prove: Prove, stop: Callable[[], bool]
) -> CannotBeSatisfied:
    """A smallest conflicting set by deletion: a rule stays if without it a plan may exist.

    `instance` has been proved impossible. When `stop` says so the set found so far is given,
    which conflicts but may not be smallest.
    """
    kept = []
    for rule in _rules_in_force(instance):
        fewer = _drop(instance, rule)
        if not stop() and prove(fewer) is True:
            instance = fewer
        else:
            kept.append(rule)
    instance = fewest_locks(instance, prove, stop)
    quick = impossible(build_model(instance))
    if quick and {entry.rule for entry in quick} <= set(kept):
        return CannotBeSatisfied(tuple(quick), instance.locks)
    locked = _locked_schools(instance.locks)
    everybody = tuple(school.id for school in instance.schools)
    by_id = {school.id: school for school in instance.schools}
    concerned = [i for rule in kept for i in locked.get(rule, ())] or list(everybody)
    message = Message(
        N_(
            "Each of these rules can be kept without the others, but not all at once. "
            "Rules: %(rules)s. Schools: %(schools)s."
        ),
        {
            "rules": rule_names(kept or list(RULE_NAMES)[:1]),
            "schools": listed([by_id[i] for i in dict.fromkeys(concerned) if i in by_id]),
        },
    )
    return CannotBeSatisfied(
        tuple(RuleAgainst(rule, locked.get(rule, everybody), message) for rule in kept),
        instance.locks,
    )
