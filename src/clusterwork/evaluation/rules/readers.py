"""What of a result is told to those to whom it was shown: nothing about one cluster or school."""

from __future__ import annotations

from typing import Any

from clusterwork.evaluation.rules.found import Found

OF_ONE = frozenset({"leave_one_out", "support", "synthetic_weights", "similar", "unmatched"})
"""Tables with a row for a single cluster or school."""

NEVER = frozenset({"placebo_ranks"})
"""Tables that put clusters in an order: shown to nobody."""


def for_readers(found: Found) -> dict[str, Any]:
    """The result without rows of single clusters; what was found stays as it is."""
    kept = {name: value for name, value in found.items() if name not in ("changes", "clusters")}
    return {**kept, "diagnostics": [_without(each, OF_ONE | NEVER) for each in _checks(found)]}


def for_workers(found: Found) -> dict[str, Any]:
    """The whole result but for what puts clusters in an order of merit."""
    return {**found, "diagnostics": [_without(each, NEVER) for each in _checks(found)]}


def is_of_one_cluster(found: Found) -> bool:
    """Whether one cluster is looked at, so that no interval and no p-value would be true."""
    return found.get("n_treated") == 1


def _checks(found: Found) -> list[dict[str, Any]]:
    return list(found.get("diagnostics", ()))


def _without(check: dict[str, Any], hidden: frozenset[str]) -> dict[str, Any]:
    table = check.get("table")
    if table and table["name"] in hidden:
        return {**check, "table": None}
    return check
