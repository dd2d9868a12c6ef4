"""What of a result is told to those to whom it was shown: nothing about one cluster or school."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from clusterwork.evaluation.rules.found import Found
from clusterwork.kernel.messages import N_

Counted = Mapping[tuple[str, int], float | None]
SIDES = ("ours", "others")
FEWEST_SCHOOLS = 3
"""Behind a line that is shown to schools: of two, each could work the other out."""

OF_ONE = frozenset({"leave_one_out", "support", "synthetic_weights", "similar"})
"""Tables with a row for a single cluster or school."""

UNNAMED = {
    "late_starts": N_(
        "Clusters that start after the last school year count among those that did not start."
    ),
}
"""Checks whose sentence names clusters, with the sentence that names none."""

BEFORE = "before"
LEVELS = frozenset({"balance", "composition", "swing", "placebo year"})
"""Tables with means of a side or differences by year, from which a line could be worked out."""

UNCOUNTED = {
    "sizes": N_(
        "Small clusters vary more, so those that started and those that did not should be alike in "
        "how many they count."
    ),
}
"""Checks whose sentence says how many are counted, with the sentence that does not."""

NEVER = frozenset({"placebo_ranks"})
"""Tables that put clusters in an order: shown to nobody."""


def for_readers(found: Found) -> dict[str, Any]:
    """The result without rows of single clusters; what was found stays as it is."""
    kept = {name: value for name, value in found.items() if name not in ("changes", "clusters")}
    checks = [_without(_unnamed(each), OF_ONE | NEVER) for each in _checks(found)]
    return {**kept, "n_by_start": n_by_start(found), "diagnostics": checks}


def for_workers(found: Found) -> dict[str, Any]:
    """The whole result but for what puts clusters in an order of merit."""
    return {**found, "diagnostics": [_without(each, NEVER) for each in _checks(found)]}


def held_back(found: Found, counted: Counted, smallest: int, *, works: bool) -> dict[str, Any]:
    """The result with a gap in the trend wherever fewer than `smallest` are known to be counted.

    Those who do not work on it see no line of a side with such a year, nor of one of fewer than
    three schools; and no other table from which that line could be worked out. `counted`: None
    where no number is known.
    """
    hidden = {key for key, n in counted.items() if n is not None and n < smallest}
    few = frozenset[str]() if works else _of_few_schools(found)
    gone = few if works else few | {side for side, _year in hidden}
    kept = {name: value for name, value in found.items() if name != "known_counts"}
    if trend := found.get("trend"):
        rows = [_with_gaps(trend["columns"], row, hidden, gone) for row in trend["rows"]]
        kept["trend"] = {**trend, "rows": rows}
    return _without_levels(kept, few) if gone else kept


def _of_few_schools(found: Found) -> frozenset[str]:
    names = (("ours", "n_schools"), ("others", "n_comparison_schools"))
    return frozenset(side for side, name in names if (found.get(name) or 0) < FEWEST_SCHOOLS)


def _with_gaps(
    columns: Sequence[str],
    row: Sequence[Any],
    hidden: Collection[tuple[str, int]],
    without: Collection[str],
) -> list[Any]:
    year = int(row[columns.index("year")])
    gone = {side for side in SIDES if side in without or (side, year) in hidden}
    return [
        None if column.split("_")[0] in gone else value
        for column, value in zip(columns, row, strict=True)
    ]


def _without_levels(found: dict[str, Any], few: Collection[str]) -> dict[str, Any]:
    """Without differences by year and without means; of few schools without any fact of them."""
    balance = found.get("balance")
    if few:
        balance = None
    elif balance:
        balance = {**balance, "rows": [row for row in balance["rows"] if row[0] != BEFORE]}
    checks = [_without(_uncounted(each), LEVELS) for each in _checks(found)]
    return {**found, "by_year": None, "balance": balance, "diagnostics": checks}


def n_by_start(found: Found) -> dict[str, int]:
    """How many of the programme's clusters have which first school year after their start."""
    if "n_by_start" in found:
        return dict(found["n_by_start"])
    starts = [each["start"] for each in found.get("clusters", {}).values() if each["start"]]
    return {str(year): starts.count(year) for year in sorted(set(starts))}


def is_of_one_cluster(found: Found) -> bool:
    """Whether one cluster is looked at, so that no interval and no p-value would be true."""
    return found.get("n_treated") == 1


def _checks(found: Found) -> list[dict[str, Any]]:
    return list(found.get("diagnostics", ()))


def _unnamed(check: dict[str, Any]) -> dict[str, Any]:
    return _reworded(check, UNNAMED)


def _uncounted(check: dict[str, Any]) -> dict[str, Any]:
    return _reworded(check, UNCOUNTED)


def _reworded(check: dict[str, Any], others: Mapping[str, str]) -> dict[str, Any]:
    words = others.get(check["name"])
    return {**check, "said": {"template": words, "params": {}}} if words else check


def _without(check: dict[str, Any], hidden: frozenset[str]) -> dict[str, Any]:
    table = check.get("table")
    if table and table["name"] in hidden:
        return {**check, "table": None}
    return check
