"""A plan of all schools told as a proposal, block by block."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from scipy.spatial import cKDTree

from clusterwork.formation.binding import binding_rules
from clusterwork.formation.book import Book
from clusterwork.formation.clock import Clock, gap_share
from clusterwork.formation.explaining import Explainer
from clusterwork.formation.locked import Ints
from clusterwork.formation.measuring import Totals, cluster_of, totals_of
from clusterwork.formation.national.dividing import divide
from clusterwork.formation.national.jobs import keys_of
from clusterwork.formation.national.team import Team
from clusterwork.formation.national.whole import Members, Whole
from clusterwork.formation.plan import make_plan, moved_schools
from clusterwork.formation.policy import Range
from clusterwork.formation.proposal import Cluster, Proposal, Reason, RuleState
from clusterwork.formation.telling import labels_for, notices_of
from clusterwork.formation.wording import rule_state_message

Floats = NDArray[np.float64]
BLOCK_SCHOOLS = 350
NEIGHBOURS = 60
"""Schools around each one whose clusters it might go to instead."""


@dataclass(frozen=True)
class Told:
    """What a block adds to the proposal."""

    clusters: tuple[Cluster, ...]
    reasons: dict[str, Reason]
    rules: tuple[RuleState, ...]
    totals: Totals

    @property
    def n_schools(self) -> int:
        """How many schools are told of."""
        return len(self.reasons)


@dataclass(frozen=True)
class Tell:
    """One block: the clusters to tell of, and those around it that its schools might go to."""

    place: int
    block: tuple[Members, ...]
    around: tuple[Members, ...]
    labels: tuple[str, ...]
    count: Range | None
    moved: frozenset[int]
    threshold: float

    def run(self, whole: Whole, stop: Callable[[], bool]) -> Told:
        """Figures and reasons; never stopped, since they are part of every proposal."""
        numbers = sorted(i for cluster in (*self.block, *self.around) for i in cluster)
        model = whole.part(numbers, self.count)
        book, place = Book(model), {number: k for k, number in enumerate(numbers)}
        keys = keys_of(model, numbers, (*self.block, *self.around))
        name = dict(zip(keys, self.labels, strict=True))
        plan = make_plan(model, book, keys, frozenset())
        assert plan is not None  # noqa: S101 - every cluster keeps the rules
        mine = [place[i] for cluster in self.block for i in cluster]
        units = {int(model.group[i]) for i in mine}
        explainer = Explainer(model, book, plan, [name[key] for key in plan.clusters], units)
        members = [[place[i] for i in cluster] for cluster in self.block]
        return Told(
            tuple(
                cluster_of(model, label, each)
                for label, each in zip(self.labels, members, strict=False)
            ),
            {
                model.schools[i].id: explainer.reason(i, moved=numbers[i] in self.moved)
                for i in mine
            },
            binding_rules(explainer, self.threshold),
            totals_of(model, members, 0),
        )


class Teller:
    """Makes the proposal for one plan."""

    def __init__(self, whole: Whole, team: Team, clusters: Sequence[Members]) -> None:
        self.whole, self.team = whole, team
        self.clusters = sorted(clusters)
        self.kept, self.labels = labels_for(whole, self.clusters)
        self.moved = moved_schools(whole, self.clusters, self.kept)
        self.pairs = sparse.csr_matrix(whole.flows + whole.links)
        self.at = np.full(whole.n, -1, dtype=np.int64)
        for number, members in enumerate(self.clusters):
            self.at[list(members)] = number

    def proposal(self, bound: float, threshold: float, clock: Clock, seed: int) -> Proposal:
        """The proposal with everybody's reason."""
        told = [found for _, found in self.team.each(iter(self._jobs(threshold)))]
        shown = sorted((c for each in told for c in each.clusters), key=self._order)
        parts = self._parts(told)
        objective = math.fsum(parts.values())
        bound = min(bound, objective)
        n = sum(len(c.members) for c in shown)
        policy = self.whole.policy
        return Proposal(
            clusters=tuple(shown),
            left_out=(),
            objective=objective,
            bound=bound,
            gap_share=gap_share(objective, bound),
            proven=False,
            parts=parts,
            total_travel=math.fsum(each.totals.travel for each in told),
            mean_minutes=sum(c.mean_minutes * len(c.members) for c in shown) / n if n else 0.0,
            worst_minutes=max((c.worst_minutes for c in shown), default=0.0),
            worst_pair_minutes=max((c.worst_pair_minutes for c in shown), default=0.0),
            flow_kept_share=self._kept_share(),
            need_points=_spread([(t.n_schools, t.totals.need_points) for t in told]),
            pupils_percent=_spread([(t.n_schools, t.totals.pupils_percent) for t in told]),
            support_steps=_spread([(t.n_schools, t.totals.support_steps) for t in told]),
            moved=tuple(self.whole.schools[i].id for i in self.moved)
            if self.whole.labels
            else None,
            links_cut=tuple(self._links_cut()),
            reasons={school: reason for each in told for school, reason in each.reasons.items()},
            rules=_states([each.rules for each in told]),
            notices=tuple(
                notices_of(
                    policy,
                    given=self.whole.instance.minutes is not None,
                    n_estimated=self.whole.n_estimated,
                )
            ),
            seconds=clock.seconds(),
            seed=seed,
            policy=policy,
        )

    def _order(self, cluster: Cluster) -> int:
        return int(self.at[self.whole.index[cluster.members[0]]])

    def _jobs(self, threshold: float) -> list[Tell]:
        places = self.whole.places
        middles = np.array([places[list(members)].mean(axis=0) for members in self.clusters])
        weights = np.array([len(members) for members in self.clusters], dtype=float)
        near = _nearest(places, NEIGHBOURS)
        moved = frozenset(self.moved)
        return [
            self._job(place, block, near, moved, threshold)
            for place, block in enumerate(divide(middles, weights, BLOCK_SCHOOLS))
        ]

    def _job(
        self, place: int, block: Ints, near: Ints, moved: frozenset[int], threshold: float
    ) -> Tell:
        mine = [i for k in block for i in self.clusters[k]]
        partners = np.unique(self.pairs[mine].indices)
        around = {*self.at[near[mine]].ravel().tolist(), *self.at[partners].tolist()}
        others = sorted(around - set(block.tolist()))
        return Tell(
            place,
            tuple(self.clusters[k] for k in block),
            tuple(self.clusters[k] for k in others),
            tuple(self.labels[k] for k in (*block, *others)),
            self._count(len(block) + len(others)),
            moved,
            threshold,
        )

    def _count(self, n_here: int) -> Range | None:
        """The policy's number of clusters less those elsewhere."""
        wanted, elsewhere = self.whole.policy.count, len(self.clusters) - n_here
        return wanted and (max(0, wanted[0] - elsewhere), max(0, wanted[1] - elsewhere))

    def _parts(self, told: Sequence[Told]) -> dict[str, float]:
        """Parts of the objective: sums of the blocks', and what leads from one to another."""
        weights = self.whole.policy.weights
        names = told[0].totals.parts if told else {}
        parts = {name: math.fsum(each.totals.parts[name] for each in told) for name in names}
        for name, pairs, weight in (
            ("flow", self.whole.flows, weights.flow),
            ("links", self.whole.links, weights.links),
        ):
            parts[name] = weight * (float(pairs.sum()) / 2.0 - self._inside(pairs))
        parts["change"] = weights.change * len(self.moved)
        return parts

    def _inside(self, pairs: sparse.csr_matrix) -> float:
        """The sum over pairs that are in one cluster."""
        one, other = pairs.nonzero()
        return float(pairs.data[self.at[one] == self.at[other]].sum()) / 2.0

    def _kept_share(self) -> float | None:
        total = float(self.whole.flows.sum()) / 2.0
        return self._inside(self.whole.flows) / total if total > 0 else None

    def _links_cut(self) -> list[tuple[str, str, float]]:
        """Partnerships between two clusters, heaviest first."""
        ids, links = self.whole.schools, sparse.triu(self.whole.links, format="coo")
        cut = [
            (ids[i].id, ids[j].id, float(weight))
            for i, j, weight in zip(links.row, links.col, links.data, strict=True)
            if self.at[i] != self.at[j]
        ]
        return sorted(cut, key=lambda link: (-link[2], link[0], link[1]))


def _nearest(places: Floats, k: int) -> Ints:
    """(n, k) the nearest schools to each, itself among them."""
    k = min(k, len(places))
    _, near = cKDTree(places).query(places, k=k)
    return np.asarray(near).reshape(len(places), k)


def _spread(blocks: Sequence[tuple[int, tuple[float, float] | None]]) -> tuple[float, float] | None:
    """(mean over schools, worst) of blocks of so many schools."""
    known = [(n, shown) for n, shown in blocks if shown is not None]
    if not known:
        return None
    total = math.fsum(n * shown[0] for n, shown in known)
    return total / sum(n for n, _ in known), max(shown[1] for _, shown in known)


def _states(blocks: Sequence[tuple[RuleState, ...]]) -> tuple[RuleState, ...]:
    """Each rule's state over all blocks: it binds where it binds anywhere."""
    states = []
    for same in zip(*blocks, strict=True):
        binds = any(state.binds for state in same)
        known = [state.saves for state in same if state.saves is not None]
        saves = None if any(s.saves is None for s in same) and not any(known) else max(known)
        schools = tuple(dict.fromkeys(school for state in same for school in state.schools))
        rule = same[0].rule
        message = rule_state_message(rule, saves, binds=binds)
        states.append(RuleState(rule, binds, saves, schools, message))
    return tuple(states)
