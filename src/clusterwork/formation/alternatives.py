"""What it would take to have one school elsewhere: the best plan nearby for each other cluster."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from clusterwork.formation.alternative_words import alternative_message
from clusterwork.formation.around import Resolved, Run, Stop, resolve
from clusterwork.formation.changing import SchoolChange, difference
from clusterwork.formation.clock import Clock
from clusterwork.formation.conflict import CannotBeSatisfied, NotFoundInTime
from clusterwork.formation.evaluating import Breach, NotAPartition, Partition, evaluated
from clusterwork.formation.instance import Instance, Locks
from clusterwork.formation.measuring import hub_of
from clusterwork.formation.proposal import RuleAgainst
from clusterwork.formation.standing import Standing, hubs_of, near, rearranged, standing
from clusterwork.formation.wished import without_wish
from clusterwork.kernel.messages import N_, Message

N_OTHERS = 4
N_CLUSTERS = 5


@dataclass(frozen=True)
class ExactAlternative:
    """One school in another cluster, and the best that can then be made of the clusters around.

    `cost` is the difference of two whole plans in the objective's unit, `minutes` what the
    school's own journey changes by (None where it has none now), `travel` what all travel changes
    by (policy's unit); `moves` are the others that change their cluster; `sizes` the clusters
    touched, by label, afterwards. `plainly` is what the move by itself would break. Where it is not
    `allowed`, `against` names the conflicting rules and locks, never the wish itself (none: not
    found in time), and the figures are None. `proved`: no better plan nearby has the school there,
    or there is none.
    """

    school: str
    cluster: str
    allowed: bool
    proved: bool
    cost: float | None
    minutes: float | None
    travel: float | None
    moves: tuple[SchoolChange, ...]
    sizes: tuple[tuple[str, int], ...]
    plainly: tuple[Breach, ...]
    against: tuple[RuleAgainst, ...]
    resolved: Resolved | None
    message: Message


def alternatives_for(
    instance: Instance,
    partition: Partition,
    school: str,
    *,
    n_others: int = N_OTHERS,
    n_clusters: int = N_CLUSTERS,
    seconds: float = 1.0,
    seed: int = 0,
    should_stop: Stop | None = None,
) -> tuple[ExactAlternative, ...]:
    """For each of the `n_others` clusters with the nearest hubs, nearest first.

    "In cluster B" means: with the school that is B's hub now, while that school is not with the
    hub of any other cluster around, nor of those left behind; else B's hub would simply change
    sides. `seconds` is for each.
    Raises `NotAPartition`.
    """
    here = standing(instance, partition, [school])
    every = near(here, [school], len(here.there.clusters))[1 : n_others + 1]
    found = []
    for at in every:
        run = Run(Clock(seconds, should_stop), seed)
        found.append(_Move(here, school, at).answer(n_clusters, run))
    return tuple(found)


def alternative_in(
    instance: Instance,
    partition: Partition,
    school: str,
    cluster: str,
    *,
    n_clusters: int = N_CLUSTERS,
    seconds: float = 1.0,
    seed: int = 0,
    should_stop: Stop | None = None,
) -> ExactAlternative:
    """The same for one other cluster by its label. Raises `NotAPartition`."""
    here = standing(instance, partition, [school])
    labels = here.there.labels
    if cluster not in partition or school in partition[cluster]:
        raise NotAPartition(
            Message(N_("The school is there already, or there is no such cluster.")),
            next_step=Message(N_("Choose another cluster.")),
        )
    run = Run(Clock(seconds, should_stop), seed)
    return _Move(here, school, labels.index(cluster)).answer(n_clusters, run)


class _Move:
    """One school's way into the cluster at one place."""

    def __init__(self, here: Standing, school: str, at: int) -> None:
        self.here, self.school, self.at = here, school, at
        self.label = here.there.labels[at]
        self.hub = here.ids([hubs_of(here.there)[at]])[0]
        self.left = self._left_behind()

    def _left_behind(self) -> str | None:
        """The hub of the school's cluster without it and those locked to it; None if empty."""
        there, number = self.here.there, self.here.number[self.school]
        model = there.model
        own = next(members for members in there.clusters if number in members)
        rest = [i for i in own if model.group[i] != model.group[number]]
        return self.here.ids([hub_of(model, rest)])[0] if rest else None

    def answer(self, n_clusters: int, run: Run) -> ExactAlternative:
        places = near(self.here, [self.school, self.hub], n_clusters)
        try:
            return self._possible(resolve(self.here, places, self._pins(places), run))
        except CannotBeSatisfied as problem:
            rules = without_wish(self.here.instance, problem)
            plainly = tuple(breach.against for breach in self._plainly())
            return self._impossible(rules or plainly, proved=True)
        except NotFoundInTime:
            return self._impossible((), proved=False)

    def _pins(self, places: Sequence[int]) -> Locks:
        """With the other cluster's hub, which the hubs of the others around may not join, except
        those locked to the school."""
        hubs, group = hubs_of(self.here.there), self.here.there.model.group
        own = group[self.here.number[self.school]]
        others = [hubs[at] for at in places if at != self.at and group[hubs[at]] != own]
        apart = [(self.hub, other) for other in self.here.ids(others)]
        if self.left is not None:
            apart.append((self.hub, self.left))
        return Locks(fixed={self.school: self.label}, apart=tuple(dict.fromkeys(apart)))

    def _possible(self, resolved: Resolved) -> ExactAlternative:
        changes = resolved.changes
        own = next(change for change in changes.schools if change.school == self.school)
        minutes = None
        if own.minutes_before is not None and own.minutes_after is not None:
            minutes = own.minutes_after - own.minutes_before
        blank = self._impossible((), proved=resolved.proved)
        found = replace(
            blank,
            allowed=True,
            cost=resolved.objective_after - resolved.objective_before,
            minutes=minutes,
            travel=changes.after.total_travel - changes.before.total_travel,
            moves=tuple(
                change
                for change in changes.schools
                if change.school != self.school and change.before != change.after
            ),
            sizes=tuple(
                (change.label, 0 if change.after is None else len(change.after.members))
                for change in changes.clusters
            ),
            resolved=resolved,
        )
        return self._said(found)

    def _impossible(self, against: tuple[RuleAgainst, ...], *, proved: bool) -> ExactAlternative:
        nothing: tuple[()] = ()
        blank = ExactAlternative(
            school=self.school,
            cluster=self.label,
            allowed=False,
            proved=proved,
            cost=None,
            minutes=None,
            travel=None,
            moves=nothing,
            sizes=nothing,
            plainly=self._plainly(),
            against=against,
            resolved=None,
            message=Message(""),
        )
        return self._said(blank)

    def _said(self, found: ExactAlternative) -> ExactAlternative:
        return replace(found, message=alternative_message(self.here.instance, found))

    def _plainly(self) -> tuple[Breach, ...]:
        """What is broken when the school moves and nobody else does."""
        there, number = self.here.there, self.here.number[self.school]
        named = {
            label: [i for i in members if i != number]
            for label, members in zip(there.labels, there.clusters, strict=True)
        }
        named[self.label].append(number)
        after = evaluated(rearranged(there, named))
        return difference(self.here.instance.policy, self.here.before, after).broken
