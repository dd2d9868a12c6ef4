"""Whether the result hangs on how many neighbours are taken."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from clusterwork.impact.matching.balance import worst_of
from clusterwork.impact.matching.effect import att
from clusterwork.impact.matching.matching import matched_units
from clusterwork.impact.matching.result import Matched
from clusterwork.impact.result import Diagnostic, Table
from clusterwork.impact.written import significant
from clusterwork.kernel.messages import N_, Message

KS = (1, 2, 3, 5, 10)
COLUMNS = ("k", "matched", "others", "worst", "estimate", "se", "low", "high")


def sensitivity_to_k(
    matched: Matched,
    frame: object = None,
    outcome: str | None = None,
    ks: Sequence[int] = KS,
) -> Diagnostic:
    """The same matching with other numbers of neighbours.

    Table: k, units matched, different others, the largest standardised difference after matching
    and, with an outcome of the frame, the estimate with its error and interval. passed: whether
    every interval holds every estimate; None without an outcome or where no interval is told.
    Raises what `att` raises.
    """
    rows = []
    for k in ks:
        other = matched_units(matched.inside.units, replace(matched.choices, k=k))
        told = att(other, frame, outcome).estimate if outcome else None
        numbers = (told.estimate, told.se, told.low, told.high) if told else (None,) * 4
        rows.append((k, other.n_matched, len(other.weights), worst_of(other.balance), *numbers))
    table = Table("sensitivity to k", COLUMNS, tuple(rows))
    return Diagnostic("sensitivity to k", _said(rows), _steady(rows), table)


def _said(rows: Sequence[Sequence[object]]) -> Message:
    estimates = [row[4] for row in rows if isinstance(row[4], float)]
    counted = {"ks": ", ".join(str(row[0]) for row in rows)}
    if not estimates:
        return Message(N_("Matched with other numbers of neighbours: %(ks)s."), counted)
    return Message(
        N_(
            "With other numbers of neighbours (%(ks)s) the difference lies between %(low)s and "
            "%(high)s."
        ),
        {**counted, "low": significant(min(estimates)), "high": significant(max(estimates))},
    )


def _steady(rows: Sequence[Sequence[object]]) -> bool | None:
    estimates = [row[4] for row in rows if isinstance(row[4], float)]
    bounds = [
        (low, high) for *_, low, high in rows if isinstance(low, float) and isinstance(high, float)
    ]
    if not estimates or len(bounds) < len(rows):
        return None
    return all(low <= each <= high for each in estimates for low, high in bounds)
