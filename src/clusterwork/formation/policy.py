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
    need_pupils: the same for one percent by which the mean roll of a cluster's schools lies
    from everybody's mean. need_support: the same for one step between the mean support category
    of a cluster's schools and everybody's. Schools whose figure is not known are left out of both
    means; a cluster in which none is known is priced 0.
    change: one school that leaves its present cluster. links: one unit of weight of a
    partnership that is cut.
    """

    travel: float = 1.0
    worst: float = 0.0
    flow: float = 0.0
    need: float = 0.0
    change: float = 0.0
    links: float = 0.0
    need_pupils: float = 0.0
    need_support: float = 0.0


@dataclass(frozen=True, slots=True)
class Policy:
    """Defaults are those of the SEN clusters report (six to eight schools) and 45 minutes.

    `count` is a range of the number of clusters, None: as many as are best. Sizes are
    inclusive ranges of schools. `outside_best` is the price of each school by which a cluster
    is smaller or larger than `best_size`. `limit_minutes` 0 means no limit. `contributing_fsm`
    is in percentage points, 0: any intake. `same_authority` and `same_medium` keep schools of two
    authorities, or of two languages of teaching, apart; a school whose authority is not known, or
    that teaches in both, may be with any. Pyramids have rules of their own for both.
    `may_leave_over`: schools that no cluster has room for are left out, as few as possible,
    instead of there being no plan.
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
    same_authority: bool = False
    same_medium: bool = False
    may_leave_over: bool = False

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

    @property
    def leaves_out(self) -> bool:
        """Whether schools may be left out: where asked for, and of pyramids always."""
        return self.pyramid or self.may_leave_over

    @property
    def keeps_authority(self) -> bool:
        """Whether each cluster has to lie in one authority; pyramids see to that themselves."""
        return self.same_authority and not self.pyramid

    @property
    def keeps_medium(self) -> bool:
        """Whether each cluster has one language of teaching; pyramids see to that themselves."""
        return self.same_medium and not self.pyramid

    def schools_outside_best(self, size: int) -> int:
        """How many schools `size` lies outside the best size; 0 for pyramids."""
        if self.pyramid:
            return 0
        low, high = self.best_size
        return max(0, low - size, size - high)
