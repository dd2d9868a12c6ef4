"""What closer looks at a proposal found, as plain values that JSON can hold; knows no solver.

Schools are named by their id in the register, clusters by their number in the proposal. Minutes are
estimates; shares are 0 to 1.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from clusterwork.clusters.outcomes import Sentence


@dataclass(frozen=True)
class Moving:
    """A school that would change cluster (None: none), with its own journey."""

    school: int
    before: int | None
    after: int | None
    minutes_before: float | None
    minutes_after: float | None


@dataclass(frozen=True)
class Elsewhere:
    """One school in another cluster, and the best that can then be made of those around.

    `cost` and `travel` are differences of two whole plans, None where it is not `allowed`; `own`
    is the school's own change, `moves` that of all others who change cluster; `sizes` pairs of
    cluster and schools afterwards. `alone` is what the move by itself would break, `against`
    what forbids it altogether. `proved`: nothing better is possible there, or nothing at all.
    """

    cluster: int
    allowed: bool
    proved: bool
    cost: float | None
    travel: float | None
    own: Moving | None
    moves: list[Moving]
    sizes: list[list[int]]
    alone: list[Sentence]
    against: list[Sentence]


@dataclass(frozen=True)
class Saving:
    """What dropping one decision alone would save; None where nothing nearby keeps it.

    `rule` is its kind, `schools` the two, or the one that is fixed; `n_moves` how many schools
    would then be elsewhere.
    """

    rule: str
    schools: list[int]
    saving: float | None
    proved: bool
    n_moves: int


@dataclass(frozen=True)
class Borderline:
    """A school that stays with most of its companions in too few of the plans.

    `elsewhere` are pairs of cluster (None: none) and plans that have it there.
    """

    school: int
    stays: int
    elsewhere: list[list[int | None]]


@dataclass(frozen=True)
class Risk:
    """A rule that a cluster keeps and would break in a share of the trials."""

    cluster: int
    rule: str
    share: float


@dataclass(frozen=True)
class Firm:
    """How firm a proposal's places are against `n_plans` others that are nearly as good.

    In `n_trials` all journeys differ by up to `spread` from what is thought: `best_share` of them
    leave the proposal at least as good as all the other plans, `broken_share` break a rule.
    """

    n_plans: int
    within: float
    n_schools: int
    borderline: list[Borderline]
    n_trials: int
    spread: float
    best_share: float
    broken_share: float
    risks: list[Risk]

    @property
    def n_firm(self) -> int:
        """Schools that are firm."""
        return self.n_schools - len(self.borderline)


def listed(found: Iterable[Elsewhere] | Iterable[Saving]) -> dict[str, Any]:
    """A list as a row keeps it."""
    return {"each": [asdict(one) for one in found]}


def elsewhere_from(kept: Mapping[str, Any]) -> list[Elsewhere]:
    """The alternatives that a row keeps."""
    return [_elsewhere(each) for each in kept["each"]]


def _elsewhere(kept: Mapping[str, Any]) -> Elsewhere:
    own = Moving(**kept["own"]) if kept["own"] else None
    return Elsewhere(**{**kept, "own": own, "moves": [Moving(**each) for each in kept["moves"]]})


def savings_from(kept: Mapping[str, Any]) -> list[Saving]:
    """The savings that a row keeps."""
    return [Saving(**each) for each in kept["each"]]


def firm_from(kept: Mapping[str, Any]) -> Firm:
    """The firmness that a row keeps."""
    parts = {
        "borderline": [Borderline(**each) for each in kept["borderline"]],
        "risks": [Risk(**each) for each in kept["risks"]],
    }
    return Firm(**{**kept, **parts})
