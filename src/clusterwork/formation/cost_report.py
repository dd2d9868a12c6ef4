"""What rules and locks cost, as plain values for REPORT.json; English sentences."""

from __future__ import annotations

from collections.abc import Sequence

from clusterwork.formation.rule_savings import RuleSaving
from clusterwork.formation.savings import LockSaving

Plain = dict[str, object]


def cost_report(rules: Sequence[RuleSaving], locks: Sequence[LockSaving]) -> Plain:
    """The keys `rule_savings` and `lock_savings`."""
    return {
        "rule_savings": [_rule(each) for each in rules],
        "lock_savings": [_lock(each) for each in locks],
    }


def _rule(each: RuleSaving) -> Plain:
    clusters = each.partition
    return {
        "rule": each.rule,
        "saving": each.saving,
        "least": each.least,
        "most": each.most,
        "proved": each.proved,
        "clusters": None if clusters is None else {at: list(ids) for at, ids in clusters.items()},
        "message": str(each.message),
    }


def _lock(each: LockSaving) -> Plain:
    return {
        "rule": each.rule,
        "schools": list(each.schools),
        "saving": each.saving,
        "proved": each.proved,
        "message": str(each.message),
    }
