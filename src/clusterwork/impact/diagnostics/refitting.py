"""Runs an analysis again under other conditions; a refusal is a line, not the end."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from clusterwork.impact.result import Estimate, Table
from clusterwork.kernel.errors import Problem
from clusterwork.kernel.messages import Message

COLUMNS = ("estimate", "se", "low", "high", "p", "refused")


@dataclass(frozen=True)
class Try:
    """What came of one condition: an estimate, or why there is none."""

    name: str
    estimate: Estimate | None
    refused: Message | None = None

    @property
    def interval(self) -> tuple[float, float] | None:
        """Low and high; None where none is told."""
        told = self.estimate
        if told is None or told.low is None or told.high is None:
            return None
        return told.low, told.high

    def holds(self, value: float) -> bool | None:
        """Whether the interval holds a value; None without an interval."""
        reach = self.interval
        return None if reach is None else reach[0] <= value <= reach[1]

    @property
    def row(self) -> tuple[object, ...]:
        """The line of a table."""
        told = self.estimate
        numbers = (told.estimate, told.se, told.low, told.high, told.p) if told else (None,) * 5
        return (self.name, *numbers, self.refused)


def tried(name: str, refit: Callable[[], Estimate]) -> Try:
    """The estimate, or the problem that the analysis raised."""
    try:
        return Try(name, refit())
    except Problem as problem:
        return Try(name, None, problem.what)


def table_of(name: str, first: str, tries: Sequence[Try]) -> Table:
    """A line each under `first` and COLUMNS."""
    return Table(name, (first, *COLUMNS), tuple(each.row for each in tries))


def estimates_of(tries: Sequence[Try]) -> list[float]:
    """The numbers of those that were not refused."""
    return [each.estimate.estimate for each in tries if each.estimate is not None]
