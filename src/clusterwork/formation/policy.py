"""The rules of one formation: sizes, travel, weights, what each cluster must have."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

Measure = Literal["hub", "peers"]
Unit = Literal["km", "minutes"]
LimitTo = Literal["pairs", "hub"]
Range = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Weights:
    """What each aim is worth, in units of travel (km or minutes, as the policy measures it).

    travel: one unit of travel. worst: one unit of the longest journey in each cluster.
    flow: one pupil who moves on to a school outside the cluster. need: one percentage point
    between a cluster's share of free school meals and everybody's, for each of its schools.
    change: one school that leaves its present cluster. links: one unit of weight of a
    partnership that is cut.
    """

    travel: float = 1.0
    worst: float = 0.0
    flow: float = 0.0
    need: float = 0.0
    change: float = 0.0
    links: float = 0.0


@dataclass(frozen=True, slots=True)
class Policy:
    """Defaults are those of the SEN clusters report (six to eight schools) and 45 minutes.

    `count` is a range of the number of clusters, None: as many as are best. Sizes are
    inclusive ranges of schools. `outside_best` is the price of each school by which a cluster
    is smaller or larger than `best_size`. `limit_minutes` 0 means no limit. `contributing_fsm`
    is in percentage points, 0: any intake.
    """

    count: Range | None = None
    size: Range = (5, 9)
    best_size: Range = (6, 8)
    outside_best: float = 0.0
    measure: Measure = "hub"
    unit: Unit = "km"
    circuity: float = 1.3
    speed_kmh: float = 45.0
    limit_minutes: float = 45.0
    limit_to: LimitTo = "pairs"
    weights: Weights = field(default_factory=Weights)
    contributing: bool = False
    contributing_fsm: float = 0.0
    pyramid: bool = False
    pyramid_size: Range = (4, 14)

    @classmethod
    def from_mapping(cls, mapping: Mapping[str, object]) -> Policy:
        """The policy that a POLICY.toml (read into a mapping) describes; raises `BadPolicy`."""
        from clusterwork.formation.policy_reading import read_policy

        return read_policy(mapping)

    def to_mapping(self) -> dict[str, dict[str, object]]:
        """The same shape as POLICY.toml, of plain values that JSON can hold."""
        from clusterwork.formation.policy_reading import write_policy

        return write_policy(self)

    @property
    def allowed_size(self) -> Range:
        """The size range in force: pyramids have one of their own."""
        return self.pyramid_size if self.pyramid else self.size

    def schools_outside_best(self, size: int) -> int:
        """How many schools `size` lies outside the best size; 0 for pyramids."""
        if self.pyramid:
            return 0
        low, high = self.best_size
        return max(0, low - size, size - high)
