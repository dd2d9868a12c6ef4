"""Why each school is where it is, and its best alternative as a difference of two plans."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

import numpy as np

from clusterwork.formation.book import Book, Key
from clusterwork.formation.breaches import breaches
from clusterwork.formation.measuring import flow_inside, journeys, travel_of
from clusterwork.formation.model import APART, Model
from clusterwork.formation.plan import Plan, make_plan, schools_of
from clusterwork.formation.proposal import Alternative, Partner, Reason, RuleAgainst
from clusterwork.formation.wording import reason_message
from clusterwork.kernel.messages import Message

N_OTHERS = 5


@dataclass(frozen=True)
class Step:
    """A move of unit u from place a to b, in exchange for v or by itself (v is None)."""

    unit: int
    swap: int | None
    a: int
    b: int
    one: Key
    two: Key
    delta: float
    broken: int


class Explainer:
    """Tries, for every school, the nearest other clusters: the move and every exchange."""

    def __init__(
        self,
        model: Model,
        book: Book,
        plan: Plan,
        labels: Sequence[str],
        among: Collection[int] | None = None,
    ) -> None:
        """Only units in `among` are tried elsewhere; None: all."""
        self.model, self.book, self.plan, self.labels = model, book, plan, labels
        self.where = {u: at for at, cluster in enumerate(plan.clusters) for u in cluster}
        self.members = [schools_of(model, cluster) for cluster in plan.clusters]
        self.hubs = [book[cluster].hub for cluster in plan.clusters]
        self.in_order = np.array([i for members in self.members for i in members], dtype=np.int64)
        sizes = [len(members) for members in self.members]
        self.starts = np.concatenate([[0], np.cumsum(sizes)[:-1]]).astype(np.int64)
        self.tried = [u for u in self.where if among is None or u in among]
        self.steps = self._all_steps()

    def _others(self, unit: int) -> list[int]:
        """The places nearest to a unit, its own not among them."""
        away = self.model.travel[list(self.model.units[unit])].min(axis=0)
        nearest = np.minimum.reduceat(away[self.in_order], self.starts)
        order = np.argsort(nearest, kind="stable")
        return [int(at) for at in order if at != self.where[unit]][:N_OTHERS]

    def _all_steps(self) -> dict[int, list[Step]]:
        wanted: list[tuple[int, int | None, int, int, Key, Key]] = []
        for unit in self.tried:
            a = self.where[unit]
            one = self.plan.clusters[a] - {unit}
            for b in self._others(unit):
                two = self.plan.clusters[b]
                wanted.append((unit, None, a, b, one, two | {unit}))
                wanted.extend((unit, v, a, b, one | {v}, (two - {v}) | {unit}) for v in sorted(two))
        self.book.learn(key for entry in wanted for key in (entry[4], entry[5]))
        steps: dict[int, list[Step]] = {unit: [] for unit in self.tried}
        for unit, swap, a, b, one, two in wanted:
            before = self.book[self.plan.clusters[a]].cost + self.book[self.plan.clusters[b]].cost
            first, second = self.book[one], self.book[two]
            n_broken = first.broken + second.broken + self._breaks_count(one)
            delta = first.cost + second.cost - before
            steps[unit].append(Step(unit, swap, a, b, one, two, delta, n_broken))
        return steps

    def _breaks_count(self, one: Key) -> int:
        return int(not one and len(self.plan.clusters) <= self.model.count_low)

    def best_step(self, unit: int) -> Step | None:
        """The cheapest change that keeps the rules, else the cheapest move that breaks some."""
        sound = [step for step in self.steps[unit] if not step.broken]
        if sound:
            return min(sound, key=lambda step: (step.delta, step.b))
        moves = [step for step in self.steps[unit] if step.swap is None]
        return min(moves, key=lambda step: (step.broken, step.delta, step.b), default=None)

    def cost(self, step: Step) -> float:
        """Difference in objective between the two whole plans."""
        if not self.model.policy.weights.change or step.broken:
            return step.delta
        clusters = list(self.plan.clusters)
        clusters[step.a], clusters[step.b] = step.one, step.two
        other = make_plan(self.model, self.book, clusters, self.plan.left)
        return step.delta if other is None else other.value - self.plan.value

    def against(self, step: Step) -> tuple[RuleAgainst, ...]:
        """The rules that forbid the plain move to the same cluster, once each."""
        plain = next(s for s in self.steps[step.unit] if s.swap is None and s.b == step.b)
        if not plain.broken:
            return ()
        found = [
            entry
            for key in (plain.one, plain.two)
            for entry in breaches(self.model, schools_of(self.model, key))
        ]
        if self._breaks_count(plain.one):
            found.append(_count_breach(self.model))
        return tuple({entry.rule: entry for entry in reversed(found)}.values())[::-1]

    def _partners(self, i: int, among: Sequence[int], *, inside: bool) -> tuple[Partner, ...]:
        if self.model.link is None:
            return ()
        here = set(among)
        linked = np.flatnonzero(self.model.link[i, : self.model.n] > 0)
        return tuple(
            Partner(
                self.model.schools[j].id, self.model.schools[j].name, float(self.model.link[i, j])
            )
            for j in (int(j) for j in linked)
            if (j in here) == inside
        )

    def _alternative(self, i: int, step: Step) -> Alternative:
        model = self.model
        one, two = schools_of(model, step.one), schools_of(model, step.two)
        before_a, before_b = self.members[step.a], self.members[step.b]
        kept = sum(flow_inside(model, m) for m in (one, two) if m)
        kept -= flow_inside(model, before_a) + flow_inside(model, before_b)
        hub_one, hub_two = self.book[step.one].hub, self.book[step.two].hub
        travel = travel_of(model, two, hub_two)
        travel += travel_of(model, one, hub_one) if one else 0.0
        travel -= travel_of(model, before_a, self.hubs[step.a])
        travel -= travel_of(model, before_b, self.hubs[step.b])
        new = journeys(model, two, hub_two)[two.index(i)]
        cut = tuple(
            partner
            for partner in self._partners(i, before_a, inside=True)
            if partner.id not in {model.schools[j].id for j in two}
        )
        swap = None if step.swap is None else model.schools[model.units[step.swap][0]].id
        return Alternative(
            cluster=self.labels[step.b],
            cost=self.cost(step),
            minutes=new - self._minutes(i, step.a),
            travel=travel,
            size_left=len(one),
            size_joined=len(two),
            flow=kept,
            links_cut=cut,
            swap_with=swap,
            allowed=not step.broken,
            against=self.against(step),
        )

    def _minutes(self, i: int, at: int) -> float:
        members = self.members[at]
        return journeys(self.model, members, self.hubs[at])[members.index(i)]

    def _held_by(self, i: int) -> tuple[str, ...]:
        model, held = self.model, []
        if model.fixed[i] >= 0 or model.forced_hub[i] >= 0:
            held.append("fixed")
        if len(model.units[model.group[i]]) > 1 and not held:
            held.append("together")
        if (model.bad[i, : model.n] & APART).any():
            held.append("apart")
        return tuple(held)

    def reason(self, i: int, *, moved: bool) -> Reason:
        """Everything about one school number, with its sentences."""
        model = self.model
        unit = int(model.group[i])
        at = self.where[unit]
        members = self.members[at]
        step = self.best_step(unit)
        kept = 0.0 if model.flow is None else float(model.flow[i, members].sum())
        reason = Reason(
            school=model.schools[i].id,
            cluster=self.labels[at],
            hub=model.schools[self.hubs[at]].id,
            minutes=self._minutes(i, at),
            size=len(members),
            pupils_kept=kept,
            links_kept=self._partners(i, members, inside=True),
            links_cut=self._partners(i, members, inside=False),
            held_by=self._held_by(i),
            moved=moved,
            next_best=None if step is None else self._alternative(i, step),
            message=Message(""),
        )
        return reason_message(model, reason)


def _count_breach(model: Model) -> RuleAgainst:
    from clusterwork.formation.wording import too_few_clusters

    return RuleAgainst("count", (), too_few_clusters(model.count_low))
