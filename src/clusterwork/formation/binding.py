"""Which rules hold a plan back: those without which one step would improve it."""

from __future__ import annotations

from clusterwork.formation.breaches import breaches
from clusterwork.formation.explaining import Explainer, Step
from clusterwork.formation.model import AUTHORITY, FAITH, MEDIUM, Model
from clusterwork.formation.plan import schools_of
from clusterwork.formation.proposal import RuleState
from clusterwork.formation.wording import rule_state_message

MOST_STEPS = 400


def rules_in_policy(model: Model) -> list[str]:
    """The rules that this model has, in the order of the policy."""
    policy, locks = model.policy, model.instance.locks
    there = {
        "count": policy.count is not None,
        "size": not policy.pyramid,
        "pyramid_size": policy.pyramid,
        "travel_limit": policy.limit_minutes > 0,
        "contributing": policy.contributing,
        "contributing_fsm": policy.contributing and policy.contributing_fsm > 0,
        "same_authority": policy.keeps_authority,
        "same_medium": policy.keeps_medium,
        "pyramid": policy.pyramid,
        "feeds": policy.pyramid,
        "medium": bool((model.bad & MEDIUM).any()),
        "faith": bool((model.bad & FAITH).any()),
        "authority": bool((model.bad & AUTHORITY).any()),
        "together": bool(locks.together),
        "apart": bool(locks.apart),
        "fixed": bool(locks.fixed),
    }
    return [rule for rule, is_there in there.items() if is_there]


def _tempting(explainer: Explainer) -> list[Step]:
    """Steps that would improve the plan were it not for a rule, best first."""
    steps = [
        step
        for options in explainer.steps.values()
        for step in options
        if step.broken and step.delta < -1e-6
    ]
    return sorted(steps, key=lambda step: (step.delta, step.unit))[:MOST_STEPS]


def binding_rules(explainer: Explainer, threshold: float) -> tuple[RuleState, ...]:
    """The state of each rule. `threshold`: what one cluster more (below 0) or fewer would save
    by the bound, 0 if the number of clusters does not matter."""
    model = explainer.model
    saves: dict[str, float] = {}
    held: dict[str, list[str]] = {}
    for step in _tempting(explainer):
        against = {
            entry.rule
            for key in (step.one, step.two)
            for entry in breaches(model, schools_of(model, key))
        }
        if len(against) == 1:
            rule = against.pop()
            saves[rule] = max(saves.get(rule, 0.0), -step.delta)
            held.setdefault(rule, []).extend(model.schools[i].id for i in model.units[step.unit])
    states = []
    for rule in rules_in_policy(model):
        saved: float | None = saves.get(rule, 0.0)
        binds = bool(saved)
        if rule == "count" and threshold and not binds:
            saved, binds = None, True
        schools = tuple(dict.fromkeys(held.get(rule, ())))
        message = rule_state_message(rule, saved, binds=binds)
        states.append(RuleState(rule, binds, saved, schools, message))
    return tuple(states)
