"""Which rules bind a proposal, what each costs, and where it can be changed."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse

from clusterwork.clusters.models import Lock, Proposal
from clusterwork.clusters.outcomes import RuleFacts, outcome_from
from clusterwork.clusters.sentences import read
from clusterwork.web.clusters.shown.policies import NAMES, value_shown
from clusterwork.web.formats import said


@dataclass(frozen=True)
class RuleCost:
    """A rule of the policy: whether it binds, what it costs, and where to change it."""

    words: str
    binds: bool
    saves: float | None
    n_schools: int
    address: str


# The library's names of rules to the field of the policy's page that sets them.
RULE_FIELDS = {
    "size": "size_low",
    "count": "count_low",
    "travel_limit": "limit_minutes",
    "contributing": "contributing",
    "contributing_fsm": "contributing_fsm",
    "same_authority": "same_authority",
    "same_medium": "same_medium",
    "pyramid": "pyramid",
    "pyramid_size": "pyramid_size_low",
}
# The library's names of rules to where the policy has them.
RULE_PLACES = {
    "size": ("clusters", "size"),
    "count": ("clusters", "count"),
    "travel_limit": ("travel", "limit_minutes"),
    "contributing": ("require", "contributing"),
    "contributing_fsm": ("require", "contributing_fsm"),
    "same_authority": ("require", "same_authority"),
    "same_medium": ("require", "same_medium"),
    "pyramid": ("require", "pyramid"),
    "pyramid_size": ("require", "pyramid_size"),
}
LOCK_RULES = frozenset({"together", "apart", "fixed"})


def rules_shown(proposal: Proposal) -> list[RuleCost]:
    """Every rule, those that bind first."""
    facts = outcome_from(proposal.outcome)
    shown = [_rule(proposal, rule) for rule in facts.rules]
    return sorted(shown, key=lambda rule: (not rule.binds, -(rule.saves or 0.0)))


def binding_shown(proposal: Proposal) -> list[RuleCost]:
    """The rules that bind, the dearest first."""
    return [rule for rule in rules_shown(proposal) if rule.binds]


def _rule(proposal: Proposal, rule: RuleFacts) -> RuleCost:
    return RuleCost(
        rule_words(proposal, rule.rule) or said(read(rule.message) or ""),
        rule.binds,
        rule.saves,
        len(rule.schools),
        rule_address(proposal, rule.rule),
    )


def rule_words(proposal: Proposal, rule: str) -> str:
    """The rule's name and value as the policy's page has them; empty for one of no page."""
    if rule in LOCK_RULES:
        return str(Lock.Kind(rule).label)
    if rule not in RULE_PLACES:
        return ""
    section, key = RULE_PLACES[rule]
    value = proposal.policy_used[section].get(key)
    return f"{NAMES[key]}: {value_shown(key, value)}"


def rule_address(proposal: Proposal, rule: str) -> str:
    """Where the rule can be relaxed: a field of the policy, the decisions, or nowhere."""
    if rule in LOCK_RULES:
        return reverse("locks", args=[proposal.formation_id])
    if rule in RULE_FIELDS:
        page = reverse("policy_change", args=[proposal.formation.programme_id])
        return f"{page}#id_{RULE_FIELDS[rule]}"
    return ""
