"""Plans nearly as good as a given one that differ from it and from each other."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from clusterwork.formation.around import Run, Stop
from clusterwork.formation.clock import Clock
from clusterwork.formation.evaluating import Arrangement, Partition
from clusterwork.formation.instance import Instance
from clusterwork.formation.local_changes import Change, after, changes_nearby, objective_of
from clusterwork.formation.mixing import Mix, by_difference, mixtures
from clusterwork.formation.pricing import price, rows_of
from clusterwork.formation.standing import Standing, divided, partition_of, standing

WITHIN, N_PLANS, SECONDS = 0.01, 12, 20.0
SEARCHING = 0.85
"""The share of the time for finding changes; the rest is for making plans of them."""

DRAWS = 20
ROUNDING = 1e-9


@dataclass(frozen=True)
class NearBest:
    """A plan that keeps the rules. `objective` is that of `evaluate`; `more` is what it costs
    more than the given plan, less than 0 where that was not the best."""

    partition: Mapping[str, tuple[str, ...]]
    objective: float
    more: float


def near_best(
    instance: Instance,
    partition: Partition,
    *,
    within: float = WITHIN,
    n: int = N_PLANS,
    time_limit_s: float = SECONDS,
    seed: int = 0,
    should_stop: Stop | None = None,
) -> tuple[NearBest, ...]:
    """Up to `n` other plans whose objective is at most (1 + within) times the given one's,
    cheapest first; they feed `firmness` and `robustness`.

    Each differs from the given plan in some neighbourhoods of about six clusters, every one of
    them an exact answer; the cheapest such change is among them, and all clusters of a plan
    with eight or fewer are one neighbourhood. Clusters keep the label of the one that they
    resemble most; schools left out stay so. Where the given plan breaks a rule only plans that
    mend it are returned. The same seed gives the same answer, unless the time cuts it short;
    then fewer neighbourhoods have been tried. Raises `NotAPartition`.
    """
    if within < 0 or n < 0:
        raise ValueError("within and n have to be at least 0")
    here, clock = standing(instance, partition), Clock(time_limit_s, should_stop)
    most = within * here.before.objective + ROUNDING * max(1.0, here.before.objective)
    looking = Clock(SEARCHING * time_limit_s, clock.asked)
    changes = changes_nearby(here, most, Run(looking, seed))
    mixes = mixtures(changes, most, DRAWS * n, seed)
    found: dict[frozenset[tuple[int, ...]], NearBest] = {}
    for mix in by_difference(here.there.clusters, changes, mixes):
        if len(found) >= n or (found and clock.stop()):
            break
        found.update(_made(here, changes, mix, most))
    return tuple(sorted(found.values(), key=lambda plan: plan.more))


def _made(
    here: Standing, changes: Sequence[Change], mix: Mix, most: float
) -> Iterator[tuple[frozenset[tuple[int, ...]], NearBest]]:
    """The plan with these changes, or with as many of them as keep the rules and the limit."""
    for k in range(len(mix), 0, -1):
        there = _changed(here, [changes[at] for at in mix[:k]])
        objective = objective_of(there.model, there.clusters)
        more = objective - here.before.objective
        if more <= most and _sound(there):
            yield frozenset(there.clusters), NearBest(partition_of(there), objective, more)
            return


def _sound(there: Arrangement) -> bool:
    """Whether `evaluate` would name no rule that is broken."""
    model, n = there.model, len(there.clusters)
    low, high = model.policy.count or (0, n)
    broken = price(model, rows_of(model, there.clusters)).broken.any()
    placed = not there.left_out or model.policy.leaves_out
    return low <= n <= high and placed and not broken


def _changed(here: Standing, changes: Sequence[Change]) -> Arrangement:
    places, fresh = after(here.there, changes)
    return divided(here, places, fresh, {})[0]
