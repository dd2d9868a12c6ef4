"""What each rule of the policy costs: the whole plan divided anew without it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from clusterwork.formation.around import NO_PINS, Resolved, Run, Stop, resolve
from clusterwork.formation.clock import Clock
from clusterwork.formation.conflict import CannotBeSatisfied, NotFoundInTime
from clusterwork.formation.evaluating import Partition
from clusterwork.formation.instance import Instance
from clusterwork.formation.names import RULE_NAMES, span
from clusterwork.formation.policy import Policy, Range
from clusterwork.formation.standing import Standing, standing
from clusterwork.kernel.messages import N_, Message


@dataclass(frozen=True)
class RuleSaving:
    """What the plan would save without one rule, in the objective's unit.

    `saving` is the plan with all rules less the best found without this one; None where no plan
    was found that keeps the rules. `proved`: both are proved best, so that it is the whole
    saving; else a longer search may find more. Between the two, proved bounds leave room for
    `least` to `most`: what the best plan with the rule costs more than the best without it.
    `partition` is the plan without the rule.
    """

    rule: str
    saving: float | None
    least: float | None
    most: float | None
    proved: bool
    partition: Mapping[str, tuple[str, ...]] | None
    message: Message


@dataclass(frozen=True)
class _Easier:
    """An instance without one rule; sizes become one school wider at both ends."""

    rule: str
    instance: Instance
    size: Range | None = None


def rule_savings(
    instance: Instance,
    partition: Partition,
    *,
    time_limit_s: float = 2.0,
    seed: int = 0,
    should_stop: Stop | None = None,
) -> tuple[RuleSaving, ...]:
    """One entry for each rule of the policy that can be dropped, in its order.

    The search goes on from the partition, first with all rules, then without each of them, for
    `time_limit_s` seconds each time or until proved. Schools that the partition leaves out stay
    out. Raises `NotAPartition`.
    """

    def divided(here: Standing) -> Resolved:
        run = Run(Clock(time_limit_s, should_stop), seed)
        return resolve(here, range(len(here.there.clusters)), NO_PINS, run)

    here = standing(instance, partition)
    try:
        kept = divided(here)
    except (CannotBeSatisfied, NotFoundInTime):
        return tuple(_not_kept(easier) for easier in _each(instance))
    return tuple(
        _saving(easier, kept, divided(standing(easier.instance, kept.partition)))
        for easier in _each(instance)
    )


def _each(instance: Instance) -> Iterator[_Easier]:
    policy = instance.policy
    if policy.count is not None:
        yield _Easier("count", _with(instance, count=None))
    yield _wider(instance)
    if policy.limit_minutes:
        yield _Easier("travel_limit", _with(instance, limit_minutes=0.0))
    if policy.contributing:
        yield _Easier("contributing", _with(instance, contributing=False))
        if policy.contributing_fsm:
            yield _Easier("contributing_fsm", _with(instance, contributing_fsm=0.0))
    if policy.keeps_authority:
        yield _Easier("same_authority", _with(instance, same_authority=False))
    if policy.keeps_medium:
        yield _Easier("same_medium", _with(instance, same_medium=False))
    if instance.barriers:
        yield _Easier("barriers", replace(instance, barriers=()))


def _with(instance: Instance, **changes: object) -> Instance:
    policy: Policy = replace(instance.policy, **changes)  # type: ignore[arg-type]
    return replace(instance, policy=policy)


def _wider(instance: Instance) -> _Easier:
    low, high = instance.policy.allowed_size
    size = max(1, low - 1), high + 1
    rule = "pyramid_size" if instance.policy.pyramid else "size"
    return _Easier(rule, _with(instance, **{rule: size}), size)


def _saving(easier: _Easier, kept: Resolved, free: Resolved) -> RuleSaving:
    saving = max(0.0, kept.objective_after - free.objective_after)
    least = max(0.0, kept.bound - free.objective_after)
    most = max(saving, kept.objective_after - free.bound)
    proved = kept.proved and free.proved
    message = _message(easier, saving, proved=proved)
    return RuleSaving(easier.rule, saving, least, most, proved, free.partition, message)


WHOLE = N_("Rule: %(rule)s. Without it the best plan would save: %(saves)s (proved).")
SOME = N_("Rule: %(rule)s. Without it a plan would save at least: %(saves)s.")
NOTHING = N_("Rule: %(rule)s. Without it no plan would be better (proved).")
NONE_FOUND = N_("Rule: %(rule)s. Without it no better plan was found.")
WIDER_WHOLE = N_(
    "Rule: %(rule)s. With clusters of so many schools the best plan would save: %(saves)s "
    "(proved). Schools: %(size)s."
)
WIDER_SOME = N_(
    "Rule: %(rule)s. With clusters of so many schools a plan would save at least: %(saves)s. "
    "Schools: %(size)s."
)
NOT_KEPT = N_("Rule: %(rule)s. What it costs is not known: no plan was found that keeps the rules.")


def _message(easier: _Easier, saving: float, *, proved: bool) -> Message:
    facts: dict[str, object] = {"rule": RULE_NAMES[easier.rule], "saves": f"{saving:.2f}"}
    if round(saving, 2) == 0:
        return Message(NOTHING if proved else NONE_FOUND, facts)
    if easier.size is None:
        return Message(WHOLE if proved else SOME, facts)
    return Message(WIDER_WHOLE if proved else WIDER_SOME, {**facts, "size": span(*easier.size)})


def _not_kept(easier: _Easier) -> RuleSaving:
    message = Message(NOT_KEPT, {"rule": RULE_NAMES[easier.rule]})
    return RuleSaving(easier.rule, None, None, None, False, None, message)
