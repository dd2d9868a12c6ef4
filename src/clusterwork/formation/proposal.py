"""What `propose` answers: clusters, what they cost, the bound, and the reason for each place."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from clusterwork.formation.policy import Policy
from clusterwork.kernel.messages import Message


@dataclass(frozen=True, slots=True)
class Cluster:
    """One proposed cluster. `hub` is the member to whom travel is least in total.

    `travel` is in the policy's unit by its measure; minutes are estimates unless a matrix was
    given. `worst_minutes` is the longest journey to the hub (measure hub) or between two
    members (peers); `worst_pair_minutes` is always between two members.
    """

    label: str
    members: tuple[str, ...]
    hub: str
    travel: float
    mean_minutes: float
    worst_minutes: float
    worst_pair_minutes: float
    fsm_share: float | None
    flow_kept_share: float | None
    contributing: str | None
    mean_pupils: float | None
    mean_support: float | None


@dataclass(frozen=True, slots=True)
class Partner:
    """A partnership seen from one school."""

    id: str
    name: str
    weight: float


@dataclass(frozen=True, slots=True)
class RuleAgainst:
    """A rule that forbids something, with the schools concerned and the sentence to show.

    `rule` is one of: size, count, travel_limit, together, apart, fixed, contributing,
    contributing_fsm, same_authority, same_medium, pyramid, pyramid_size, medium, faith,
    authority, feeds, phase, left_out.
    """

    rule: str
    schools: tuple[str, ...]
    message: Message


@dataclass(frozen=True, slots=True)
class Alternative:
    """The best other cluster for one school, and what moving there would cost everybody.

    `cost` is the difference of two whole plans in the objective's unit. `swap_with` is the
    school that would have to come the other way, None for a plain move. `minutes` is what the
    school's own journey would change by; `travel` what all travel would change by (policy's
    unit); `size_left` and `size_joined` the two clusters' sizes afterwards; `flow` pupils kept
    inside more (+) or fewer (-); `links_cut` the partnerships that the move would cut.
    `against` names the rules that forbid the school to move there by itself; `allowed` says
    whether the change shown (the move, or the exchange) keeps every rule.
    """

    cluster: str
    cost: float
    minutes: float
    travel: float
    size_left: int
    size_joined: int
    flow: float
    links_cut: tuple[Partner, ...]
    swap_with: str | None
    allowed: bool
    against: tuple[RuleAgainst, ...]


@dataclass(frozen=True, slots=True)
class Reason:
    """Why one school is where it is.

    `minutes` is its own journey by the policy's measure (to the hub, or mean to the others);
    `pupils_kept` how many pupils move on to or come from schools of its cluster; `held_by` the
    locks that fix it. `message` says it all in English sentences, ready to translate.
    """

    school: str
    cluster: str
    hub: str
    minutes: float
    size: int
    pupils_kept: float
    links_kept: tuple[Partner, ...]
    links_cut: tuple[Partner, ...]
    held_by: tuple[str, ...]
    moved: bool
    next_best: Alternative | None
    message: Message


@dataclass(frozen=True, slots=True)
class RuleState:
    """One rule of the policy and whether it binds: without it, a better plan is one step away.

    `saves` is the most that a single move or exchange would save if the rule were dropped
    (0 when it does not bind, None when it binds but no single move shows by how much);
    `schools` are those whose move it holds back.
    """

    rule: str
    binds: bool
    saves: float | None
    schools: tuple[str, ...]
    message: Message


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A school that the policy cannot place (pyramids, or where schools may be left over), with
    the exact reason."""

    school: str
    rule: str
    message: Message


@dataclass(frozen=True)
class Proposal:
    """A partition of the schools and the proof beside it.

    No plan that keeps the rules (and leaves out no more schools; of pyramids: the same schools)
    has an objective below `bound`; `gap_share` is (objective - bound) / objective, 0 to 1.
    `parts` splits the objective by weight: travel, worst, flow, need, need_pupils, need_support,
    change, links, outside_best. `flow_kept_share` is None where no flows are known.
    `need_points` are the cluster mean and worst distance from everybody's share of free school
    meals, in percentage points;
    `pupils_percent` and `support_steps` the same for the mean roll (percent of it) and the mean
    support category. None: not known.
    """

    clusters: tuple[Cluster, ...]
    left_out: tuple[LeftOut, ...]
    objective: float
    bound: float
    gap_share: float
    proven: bool
    parts: Mapping[str, float]
    total_travel: float
    mean_minutes: float
    worst_minutes: float
    worst_pair_minutes: float
    flow_kept_share: float | None
    need_points: tuple[float, float] | None
    pupils_percent: tuple[float, float] | None
    support_steps: tuple[float, float] | None
    moved: tuple[str, ...] | None
    links_cut: tuple[tuple[str, str, float], ...]
    reasons: Mapping[str, Reason]
    rules: tuple[RuleState, ...]
    notices: tuple[Message, ...]
    seconds: float
    seed: int
    policy: Policy

    @property
    def sizes(self) -> tuple[int, ...]:
        """Cluster sizes, in the order of `clusters`."""
        return tuple(len(cluster.members) for cluster in self.clusters)

    @property
    def assignment(self) -> dict[str, str]:
        """School id to cluster label, schools left out absent."""
        return {i: cluster.label for cluster in self.clusters for i in cluster.members}
