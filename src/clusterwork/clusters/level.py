"""A whole proposal in a few figures, as plain values that JSON can hold.

Schools are named by their id in the register. Minutes are estimates; shares are 0 to 1.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

Sentence = dict[str, Any]
"""A sentence as `sentences.written` keeps it."""


@dataclass(frozen=True)
class WorstOff:
    """The tenth of the schools with the longest journeys, the longest first."""

    schools: list[int]
    mean_minutes: float
    longest_minutes: float


@dataclass(frozen=True)
class Broken:
    """A rule that clusters of today break, by its name, and how many of them do."""

    rule: str
    n_clusters: int
    name: Sentence


@dataclass(frozen=True)
class Today:
    """The clusters of the day the proposal was made, by its rules and among its schools.

    `objective` is None where they have other schools than the proposal, so that it says nothing.
    """

    sizes: list[int]
    n_left_out: int
    objective: float | None
    mean_minutes: float
    worst_minutes: float
    worst_pair_minutes: float
    worst_off: WorstOff | None
    flow_kept_share: float | None
    need_points: list[float] | None
    pupils_percent: list[float] | None
    support_steps: list[float] | None
    n_links_cut: int
    broken: list[Broken]

    @property
    def n_clusters(self) -> int:
        """How many clusters."""
        return len(self.sizes)

    @property
    def n_schools(self) -> int:
        """How many of the proposal's schools there are, in a cluster of today or in none."""
        return sum(self.sizes) + self.n_left_out


@dataclass(frozen=True)
class Level:
    """The mean and worst spread of need (None: not known), who travels furthest, and today (None:
    there were no clusters)."""

    worst_off: WorstOff | None
    need_points: list[float] | None
    pupils_percent: list[float] | None
    support_steps: list[float] | None
    today: Today | None


def level_from(kept: dict[str, Any] | None) -> Level | None:
    """The figures that a row keeps; None of one that was made before there were any."""
    if not kept:
        return None
    today = kept["today"]
    return Level(
        **{**kept, "worst_off": _worst_off(kept), "today": _today(today) if today else None}
    )


def _today(kept: dict[str, Any]) -> Today:
    broken = [Broken(**each) for each in kept["broken"]]
    return Today(**{**kept, "worst_off": _worst_off(kept), "broken": broken})


def _worst_off(kept: dict[str, Any]) -> WorstOff | None:
    return WorstOff(**kept["worst_off"]) if kept["worst_off"] else None
