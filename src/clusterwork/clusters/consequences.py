"""What moving schools by hand would change, as plain values; knows no solver and no database.

Schools are named by their id in the register, clusters by their number in the proposal. Minutes are
estimates; shares are 0 to 1.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from clusterwork.clusters.outcomes import Sentence


@dataclass(frozen=True)
class Move:
    """A school goes to the cluster of this number, to a new one if there is none; None: to none."""

    school: int
    to: int | None


@dataclass(frozen=True)
class Totals:
    """The whole division: its total, what that is made of, and journeys."""

    objective: float
    parts: dict[str, float]
    mean_minutes: float
    worst_minutes: float
    flow_kept_share: float | None
    n_left_out: int
    n_links_cut: int


@dataclass(frozen=True)
class Figures:
    """One cluster."""

    n_schools: int
    mean_minutes: float
    worst_minutes: float
    worst_pair_minutes: float
    fsm_share: float | None
    flow_kept_share: float | None


@dataclass(frozen=True)
class ClusterChange:
    """A cluster that a move touches, before and after; None where it is not there."""

    number: int
    before: Figures | None
    after: Figures | None


@dataclass(frozen=True)
class SchoolChange:
    """A school of such a cluster: its cluster (None: none) and its own journey in minutes."""

    school: int
    before: int | None
    after: int | None
    minutes_before: float | None
    minutes_after: float | None

    @property
    def is_moved(self) -> bool:
        """Whether it is the one that goes elsewhere."""
        return self.before != self.after


@dataclass(frozen=True)
class Breach:
    """A rule that a cluster breaks (None: all of them together), for these schools."""

    rule: str
    cluster: int | None
    schools: list[int]
    message: Sentence


@dataclass(frozen=True)
class Consequences:
    """Before and after. `broken` are rules that are broken only, or more, afterwards; `links_cut`
    and `links_kept` pairs of schools that are parted, or together, only afterwards."""

    before: Totals
    after: Totals
    clusters: list[ClusterChange]
    schools: list[SchoolChange]
    broken: list[Breach]
    mended: list[Breach]
    links_cut: list[tuple[int, int]]
    links_kept: list[tuple[int, int]]

    @property
    def cost(self) -> float:
        """By how much the total rises."""
        return self.after.objective - self.before.objective

    def change_of(self, school: int) -> SchoolChange | None:
        """What becomes of one school."""
        return next((each for each in self.schools if each.school == school), None)

    def cluster(self, number: int | None) -> ClusterChange | None:
        """What becomes of one cluster."""
        return next((each for each in self.clusters if each.number == number), None)


Kept = dict[str, Any]
"""A move as a proposal keeps it: `school`, `to`, `from`, `because`, `broke`."""


@dataclass(frozen=True)
class Rearrangement:
    """The clusters around one move arranged anew: what that changes against today's proposal.

    `moves` has every school that changes cluster, the one that was asked about first. `proved`:
    no better arrangement of these clusters has that school there.
    """

    consequences: Consequences
    moves: list[Move]
    proved: bool
