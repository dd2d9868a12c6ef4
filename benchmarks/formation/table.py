"""Rows for people: what was reached beside what was known and what is wanted."""

from __future__ import annotations

from collections.abc import Sequence

from benchmarks.formation.cases import Case
from benchmarks.formation.measures import Result

OURS = (
    "instance",
    "schools",
    "objective",
    "bound",
    "gap",
    "seconds",
    "first plan",
    "MB",
    "rules kept",
    "best known",
    "known bound",
    "to reach",
    "reached",
)
BESIDE = ("instance", "ours", "seconds", "k-means-constrained", "seconds", "MB", "known", "ratio")


def ours_row(case: Case, n: int, found: Result) -> tuple[str, ...]:
    """One line of the first table."""
    return (
        case.name,
        f"{n:,}",
        _number(found.objective) if found.objective is not None else found.why,
        _number(found.bound),
        "proved" if found.proven else "-" if found.gap is None else f"{found.gap:.2f} %",
        _number(found.seconds, 1),
        _number(found.first),
        _number(found.mb, 0),
        "yes" if found.sound else "no",
        _number(case.best),
        _number(case.bound),
        case.to_reach,
        reached(case, found),
    )


def reached(case: Case, found: Result) -> str:
    """Seconds count to a tenth, gaps to a hundredth of a per cent: as they are shown.

    A bound above a plan that is known is no bound, and is said first.
    """
    if case.best is not None and (found.bound or 0.0) > case.best + 0.005:
        return "no: the bound is above the best known"
    if case.wanted_gap is None:
        return "-"
    if found.gap is None or found.seconds is None or not found.sound:
        return "no"
    small = case.wanted_mb is None or (found.mb or 0.0) <= case.wanted_mb
    near = round(found.gap, 2) <= case.wanted_gap and (case.wanted_gap or found.proven)
    return "yes" if near and small and round(found.seconds, 1) <= case.limit_s else "no"


def beside_row(case: Case, found: Result, other: Result) -> tuple[str, ...]:
    """One line of the second table; the ratio is the other's objective over ours."""
    both = found.objective and other.objective
    broken = "" if other.sound or other.objective is None else " (rules broken)"
    return (
        case.name,
        _number(found.objective),
        _number(found.seconds, 1),
        other.why or _number(other.objective) + broken,
        _number(other.seconds, 1),
        _number(other.mb, 0),
        _number(case.peer),
        f"{other.objective / found.objective:.3f}" if both else "-",  # type: ignore[operator]
    )


def shown(rows: Sequence[Sequence[str]]) -> str:
    """Right-aligned columns."""
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return "\n".join(
        "  ".join(cell.rjust(width) for cell, width in zip(row, widths, strict=True))
        for row in rows
    )


def _number(value: float | None, digits: int = 2) -> str:
    return "-" if value is None else f"{value:,.{digits}f}"
