"""What a proposal says, as plain values that JSON can hold; knows no solver and no database.

Schools are named by their id in the register. Minutes are estimates; shares are 0 to 1.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import Any

from clusterwork.clusters.level import Level, level_from

Sentence = dict[str, Any]
"""A sentence as `sentences.written` keeps it."""


@dataclass(frozen=True)
class Partner:
    """A school that another one works with today; `through` names their partnership."""

    school: int
    name: str
    through: str = ""


@dataclass(frozen=True)
class Alternative:
    """The best other cluster for a school and what moving there would cost everybody.

    `allowed` says whether the move, or the exchange with `swap_with`, keeps every rule; `against`
    what forbids the school to move there by itself.
    """

    cluster: int
    cost: float
    minutes: float
    travel: float
    size_left: int
    size_joined: int
    flow: float
    links_cut: list[Partner]
    swap_with: int | None
    allowed: bool
    against: list[Sentence]


@dataclass(frozen=True)
class Place:
    """Where one school is, or (no cluster) by which rule it is left out, with a sentence."""

    school: int
    cluster: int | None
    message: Sentence = field(default_factory=dict)
    rule: str = ""
    minutes: float | None = None
    size: int = 0
    pupils_kept: float = 0.0
    links_kept: list[Partner] = field(default_factory=list)
    links_cut: list[Partner] = field(default_factory=list)
    held_by: list[str] = field(default_factory=list)
    moved: bool = False
    next_best: Alternative | None = None

    def to_json(self) -> dict[str, Any]:
        """A mapping that `place_from` reads."""
        return asdict(self)


@dataclass(frozen=True)
class ClusterFacts:
    """One proposed cluster; `name` is that of the present cluster that it continues, if any."""

    number: int
    name: str
    hub: int
    members: list[int]
    travel: float
    mean_minutes: float
    worst_minutes: float
    worst_pair_minutes: float
    fsm_share: float | None
    flow_kept_share: float | None


@dataclass(frozen=True)
class RuleFacts:
    """One rule of the policy: whether it binds, and what it costs in the objective's unit.

    `saves` is None where it binds and no single move shows by how much.
    """

    rule: str
    binds: bool
    saves: float | None
    schools: list[int]
    message: Sentence


@dataclass(frozen=True)
class Outcome:
    """The totals of a proposal."""

    sizes: list[int]
    n_left_out: int
    objective: float
    bound: float
    gap_share: float
    proven: bool
    parts: dict[str, float]
    mean_minutes: float
    worst_minutes: float
    worst_pair_minutes: float
    flow_kept_share: float | None
    need_points: list[float] | None
    n_moved: int | None
    n_links_cut: int
    rules: list[RuleFacts]
    seconds: float
    level: Level | None = None

    @property
    def n_clusters(self) -> int:
        """How many clusters."""
        return len(self.sizes)

    @property
    def n_schools(self) -> int:
        """How many schools are in a cluster."""
        return sum(self.sizes)

    def to_json(self) -> dict[str, Any]:
        """A mapping that `outcome_from` reads."""
        return asdict(self)


@dataclass(frozen=True)
class Answer:
    """Everything that the solver said about one proposal."""

    outcome: Outcome
    clusters: list[ClusterFacts]
    places: list[Place]


def outcome_from(kept: dict[str, Any]) -> Outcome:
    """The totals that a row keeps."""
    rules = [RuleFacts(**rule) for rule in kept["rules"]]
    return Outcome(**{**kept, "rules": rules, "level": level_from(kept.get("level"))})


def place_from(kept: dict[str, Any]) -> Place:
    """The reason that a row keeps."""
    best = kept["next_best"]
    partners = {
        name: [Partner(**each) for each in kept[name]] for name in ("links_kept", "links_cut")
    }
    return Place(**{**kept, **partners, "next_best": _alternative(best) if best else None})


def _alternative(kept: dict[str, Any]) -> Alternative:
    return Alternative(**{**kept, "links_cut": [Partner(**each) for each in kept["links_cut"]]})
