"""The plan of an impact analysis as plain values: what it looks at, against what, and how."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from typing import Any

SAID_LATER = frozenset({"alternatives", "placebo", "too_early_before"})
"""What may still change after the look at what could be seen, because that look does not use it."""


@dataclass(frozen=True)
class AnalysisPlan:
    """What is registered and then run; the fields are those of `models.Analysis`.

    scale: "percent" (figures are percentages), "score" or "progress" (to be told in standard
    deviations of pupils, where `pupils_sd` is known), "amount" (in units of the measure).
    programme, cluster, measure, placebo: ids. too_early_before: ISO date.
    """

    programme: int
    measure: int
    group: str
    scale: str
    first_year: int
    last_year: int
    cluster: int | None = None
    comparison: str = "schools"
    where: str = "nation"
    neighbours: int = 3
    alike_by: tuple[str, ...] = ()
    reached: float = 1.0
    expected: float | None = None
    pupils_sd: float | None = None
    too_early_before: str | None = None
    alternatives: tuple[str, ...] = ()
    placebo: int | None = None

    @property
    def too_early_day(self) -> dt.date | None:
        """The first day on which a result is told."""
        return dt.date.fromisoformat(self.too_early_before) if self.too_early_before else None

    @property
    def years(self) -> tuple[int, ...]:
        """All school years, the first and the last among them."""
        return tuple(range(self.first_year, self.last_year + 1))


def written(plan: AnalysisPlan) -> dict[str, Any]:
    """The plan as JSON keeps it."""
    return {
        name: list(value) if isinstance(value, tuple) else value
        for name, value in asdict(plan).items()
    }


def read(kept: Mapping[str, Any]) -> AnalysisPlan:
    """The plan that `written` kept; fields that later versions no longer know are left out."""
    known = {field.name for field in fields(AnalysisPlan)}
    values: dict[str, Any] = {
        name: tuple(value) if isinstance(value, list) else value
        for name, value in kept.items()
        if name in known
    }
    return AnalysisPlan(**values)


def differences(one: AnalysisPlan, other: AnalysisPlan) -> tuple[str, ...]:
    """The names of the fields in which two plans differ, in the order of the plan."""
    return tuple(
        field.name
        for field in fields(AnalysisPlan)
        if getattr(one, field.name) != getattr(other, field.name)
    )


def is_same_look(one: AnalysisPlan, other: AnalysisPlan) -> bool:
    """Whether what could be seen with the one holds for the other."""
    return not set(differences(one, other)) - SAID_LATER
