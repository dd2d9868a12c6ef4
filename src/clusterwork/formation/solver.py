"""The order of work: bound, first plans, local search, exact re-solving of neighbourhoods.

Knows nothing of people: the instance is already a `Model`, the answer a `Plan` and a bound.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from clusterwork.formation.ascent import Ascent, ascent_of
from clusterwork.formation.book import Book, Key
from clusterwork.formation.clock import Clock, Progress, gap_share
from clusterwork.formation.exact import Exact
from clusterwork.formation.feasibility import find_any
from clusterwork.formation.guiding import Guide
from clusterwork.formation.labelled import labelled
from clusterwork.formation.model import Model
from clusterwork.formation.narrowing import choose_among
from clusterwork.formation.partition import Chosen, Pool, choose, prices
from clusterwork.formation.plan import Plan, make_plan
from clusterwork.formation.pricing import leave_price
from clusterwork.formation.question import ROUNDS, Answer, Limits, Prices, Question
from clusterwork.formation.relaxed import Bound
from clusterwork.formation.search import Search
from clusterwork.formation.star_costs import by_peers
from clusterwork.formation.start import counts_to_try, settle, spread_hubs
from clusterwork.formation.tiles import Tiles

Floats = NDArray[np.float64]
ALL_CLUSTERS = 40_000
ALL_SHARE = 0.6
MOST_KNOWN = 400_000
FEW_UNITS = 60
MISLEADING = 0.03
GUIDE_EVERY = 12
GUIDE_COLUMNS = 5_000
TILE_COLUMNS = 2_000
WHOLE_COLUMNS = 4_000
WHOLE_SCHOOLS = 450
WHOLE_POOL = 330_000
PEERS_POOL = 450_000
EARLY_ROUNDS = 8
EARLY_SHARE = 0.4
NEARLY = 0.005
MOST_POOL = 2_000_000
GROWTH = 2.0
TILE_POOL = 60_000
PROVED = 1e-7
PLAN_STAGES = (0, 1, 2)
"""The stages of the bound after which a plan is built around its hubs."""


class Solver:
    """One run on one model. `best` and `bound` are kept up to date all the way.

    `fewest_proved`: somebody else has proved that no plan leaves out fewer schools.
    """

    def __init__(
        self, model: Model, *, seed: int, clock: Clock, progress: Progress | None = None
    ) -> None:
        self.model, self.seed, self.clock, self.progress = model, seed, clock, progress
        self.random = np.random.default_rng(seed)
        self.book = Book(model)
        self.best: Plan | None = None
        self.bound = -math.inf
        self.impossible = False
        self.fewest_proved = False
        self.leave = leave_price(model)
        self.penalty = self.leave
        self.guide = Guide(model, self.book)
        self.whole_pool = PEERS_POOL if self._settles() else WHOLE_POOL
        self.tiles = Tiles(model, self.book, self.random)

    # Keeping the best -------------------------------------------------------------------

    def keep(self, plan: Plan | None) -> bool:
        """Remember a plan if it is better; tell the caller."""
        if plan is None or not plan.better_than(self.best):
            return False
        self.best = plan
        self._tell()
        return True

    def raise_bound(self, value: float) -> None:
        """A bound on the objective, given how many schools the best plan leaves out."""
        if self.best is not None:
            value = min(value, self.best.value)
        if value > self.bound:
            self.bound = value
            self._tell()

    def proven(self) -> bool:
        """True when no plan can be better."""
        if self.best is None:
            return False
        return self.best.value - self.bound <= PROVED * max(1.0, abs(self.best.value))

    def _tell(self) -> None:
        if self.progress is None:
            return
        objective = None if self.best is None else self.best.value
        share = None if objective is None else gap_share(objective, self.floor())
        self.progress(self.clock.seconds(), objective, self.floor(), share)

    def floor(self) -> float:
        """The bound, at least 0: no part of the objective is negative."""
        return max(0.0, self.bound)

    def _done(self) -> bool:
        return self.proven() or self.impossible or self.clock.stop()

    # The order of work ------------------------------------------------------------------

    def run(self, duals: Floats | None = None) -> None:
        """Work until proved, impossible, or told to stop. `duals`: (n,) prices about right."""
        if self.model.may_leave_out and not self.model.count_high:
            self._leave_everybody()
            return
        if self.few_clusters():
            self._all_clusters()
            if self.impossible or (self.best is not None and self._done()):
                return
        self._first_plans(duals)
        if not self._done() and self.best is not None:
            self._improve()

    def _leave_everybody(self) -> None:
        """No cluster can be: there are too few schools."""
        everybody = frozenset(range(len(self.model.units)))
        if self.keep(make_plan(self.model, self.book, [], everybody)) and self.best is not None:
            self.raise_bound(self.best.value)

    # Where no plan keeps the rules at first ----------------------------------------------

    def _mend(self) -> None:
        """Look for any plan: exactly for a while, then by leaving schools out and taking them
        in again one after another, then exactly for the rest of the time."""
        left = self.clock.left()
        for share in (0.3, 0.5):
            if share > 0.3 or len(self.model.units) <= FEW_UNITS:
                self._find_exactly(share * left)
            if self.best is not None or self._done():
                return
            self._take_in(share * left)
            if self.best is not None or self._done():
                return
        self._find_exactly(self.clock.left())

    def _settle_mended(self, clusters: tuple[Key, ...]) -> None:
        self.keep(make_plan(self.model, self.book, clusters, frozenset()))
        if self.best is not None:
            self._descend(set(self.best.clusters))

    def _find_exactly(self, seconds: float) -> None:
        if self.model.may_leave_out:
            return
        clock = Clock(seconds, self.clock.stop)
        verdict = find_any(self.model, self.book, seconds=seconds, seed=self.seed, stop=clock.stop)
        if verdict.clusters is not None:
            self._settle_mended(verdict.clusters)
        self.impossible = verdict.proved

    def _take_in(self, seconds: float) -> None:
        """Solve with leaving out allowed at a high price until nobody is left out."""
        if self.model.may_leave_out:
            return
        easier = replace(self.model, may_leave_out=True, count_low=0)
        helper: Solver

        def stop() -> bool:
            done = helper.best is not None and helper.best.n_left == 0
            return done or self.clock.stop()

        helper = Solver(easier, seed=self.seed, clock=Clock(seconds, stop))
        helper.run()
        if helper.best is not None and not helper.best.left:
            self._settle_mended(helper.best.clusters)

    def few_clusters(self) -> bool:
        n = len(self.model.units)
        sizes = range(1, min(self.model.high, n) + 1)
        return sum(math.comb(n, size) for size in sizes) <= ALL_CLUSTERS

    def _all_clusters(self) -> None:
        """Exact: price every cluster there is and choose among them. Cut short, it leaves the
        rest of the time to the usual way."""
        n = len(self.model.units)
        sizes = range(1, min(self.model.high, n) + 1)
        keys = [frozenset(c) for size in sizes for c in combinations(range(n), size)]
        self.book.learn(keys)
        sound = [key for key in keys if not self.book[key].broken]
        pool = self._labelled(sound, list(range(n)), (self.model.count_low, self.model.count_high))
        clock = Clock(ALL_SHARE * self.clock.left(), self.clock.stop)
        chosen = choose_among(pool, seconds=clock.left, seed=self.seed, stop=clock.stop)
        self._take_whole(chosen, pool)
        if chosen.columns is None and chosen.proved:
            self.impossible = True
        elif chosen.proved and self.best is not None:
            self.raise_bound(self.best.value)
        elif not self.model.may_leave_out and chosen.bound < math.inf:
            self._raise_by(chosen.bound)

    def _take_whole(self, chosen: Chosen, pool: Pool) -> None:
        if chosen.columns is not None:
            keys = [pool.columns[k] for k in chosen.columns]
            self.keep(make_plan(self.model, self.book, keys, frozenset(chosen.left)))

    def _ascent(self, duals: Floats | None) -> Ascent:
        most = self.leave if self.model.may_leave_out else math.inf
        ascent = ascent_of(self.model, most)
        if duals is not None:
            ascent.duals = duals.copy()
        return ascent

    def _first_plans(self, duals: Floats | None = None) -> None:
        """Climb the bound in stages; after each, build a plan around its hubs and descend."""
        ascent = self._ascent(duals)
        stages = (40, 80, 160, 320, 320)
        for stage, steps in enumerate(stages):
            upper = math.inf
            if self.best is not None:
                upper = self.best.value + self.leave * self.best.n_left
            bound = ascent.climb(steps, upper, self.clock.stop if stage else lambda: False)
            self._note(bound)
            if self.best is None or stage in PLAN_STAGES:
                self._plan_from(bound)
            if self.best is None and stage >= 2 and not self._done():
                self._mend()
            if self._done() or (self._settles() and self.best is not None and stage):
                return

    def _note(self, bound: Bound) -> None:
        self.guide.bound = bound
        if bound.value == math.inf:
            return
        n_left = 0 if self.best is None else self.best.n_left
        if self.best is not None or not self.model.may_leave_out:
            self.raise_bound(bound.value - self.leave * n_left)

    def _plan_from(self, bound: Bound) -> None:
        for k in counts_to_try(self.model, bound, self.best):
            if self.best is not None and self.clock.stop():
                return
            hubs = spread_hubs(self.guide.costs, bound, k, max(1, self.model.n // k))
            if not hubs:
                continue
            clusters, left = settle(self.model, self.book, self.guide.costs, hubs, self.leave)
            search = Search(self.model, self.book, penalty=self.penalty, leave=self.leave)
            search.load(clusters, left)
            self.keep(search.plan())
            search.descend(self.clock.stop if self.best is not None else self.clock.asked)
            self.keep(search.plan() or self._without_broken(search))

    def _without_broken(self, search: Search) -> Plan | None:
        """The plan that leaves out whoever is in a broken cluster, where that is allowed."""
        if not self.model.may_leave_out:
            return None
        used = search.clusters[:-1]
        sound = [cluster for cluster in used if not self.book[cluster].broken]
        gone = [cluster for cluster in used if self.book[cluster].broken]
        left = search.clusters[-1].union(*gone)
        search.load(sound, left)
        search.descend(self.clock.stop)
        return search.plan() or make_plan(self.model, self.book, sound, left)

    # Improving --------------------------------------------------------------------------

    def _improve(self) -> None:
        """Re-solve neighbourhoods exactly, ever larger ones when nothing improves."""
        tiles = whole_from = 6.0
        idle = n_tiles = 0
        if self.model.n <= WHOLE_SCHOOLS and self.guide.is_exact:
            self._whole(EARLY_ROUNDS)
        elif self._settles():
            self._whole(EARLY_ROUNDS, TILE_POOL, EARLY_SHARE)
            if not self._done() and self._nearly():
                self._whole()
        while not self._done() and self.best is not None:
            if n_tiles % GUIDE_EVERY == 0 and self._bound_misleads():
                self._find_guide()
            n_tiles += 1
            n_clusters = len(self.best.clusters)
            if tiles > whole_from and self.model.n <= WHOLE_SCHOOLS:
                if not self._whole():
                    if self.whole_pool >= MOST_POOL:
                        return
                    self.whole_pool *= 4
                tiles, whole_from = 6.0, 12.0
                continue
            improved = self._tile(int(min(tiles, n_clusters)))
            idle = 0 if improved else idle + 1
            if idle > max(4, 3 * n_clusters // int(tiles)):
                tiles, idle = min(tiles * GROWTH, 40.0), 0
            self._trim()

    def _nearly(self) -> bool:
        return self.best is not None and gap_share(self.best.value, self.floor()) <= NEARLY

    def _settles(self) -> bool:
        """Are prices found by the clusters that pay, so that the bound's are for a start only?"""
        return (
            by_peers(self.model) and self.model.n <= WHOLE_SCHOOLS and not self.model.may_leave_out
        )

    def _bound_misleads(self) -> bool:
        """Is the bound too far off for its prices to say which clusters are worth a try?"""
        assert self.best is not None  # noqa: S101
        if self._settles() and self.guide.found is not None:
            return False
        return not self.guide.is_exact and gap_share(self.best.value, self.floor()) > MISLEADING

    def _find_guide(self) -> None:
        """Prices of places by the linear relaxation over the cheapest known clusters."""
        assert self.best is not None  # noqa: S101
        duals = self.guide.duals().tolist()
        sound = [key for key, entry in self.book.entries.items() if key and not entry.broken]
        sound.sort(key=lambda key: (self.guide.excess(key, duals), sorted(key)))
        keys = list(dict.fromkeys([*self.best.clusters, *sound[:GUIDE_COLUMNS]]))
        units = range(len(self.model.units))
        count = (self.model.count_low, self.model.count_high)
        pool = self._labelled(keys, list(units), count)
        pool = replace(pool, leave_out=self._guide_leave(pool.rows))
        found = prices(pool, seconds=0.25 * self.clock.left(), seed=self.seed, stop=self.clock.stop)
        if found is not None:
            self.guide.follow(np.array(found[0]), found[1])

    def _guide_leave(self, rows: Sequence[int]) -> list[float]:
        """A ceiling for the guide's prices: a few times what a school costs in the plan."""
        assert self.best is not None  # noqa: S101
        share = [0.0] * len(self.model.units)
        for cluster in self.best.clusters:
            for unit in cluster:
                share[unit] = self.book[cluster].cost / len(cluster)
        spare = 3.0 * sum(abs(value) for value in share) / max(1, len(share)) + 1e-6
        return [share[row] + spare for row in rows]

    def _trim(self) -> None:
        if self.best is not None:
            self.book.forget(self.best.clusters, MOST_KNOWN)

    def _tile(self, n_clusters: int) -> bool:
        """Re-solve the clusters around a wasteful one; True if the plan got better."""
        assert self.best is not None  # noqa: S101 - callers have a plan
        plan, duals = self.best, self.guide.duals()
        if not plan.clusters:
            return False
        waste = np.array([max(0.0, self.guide.excess(c, duals)) for c in plan.clusters])
        near, left_here = self.tiles.fresh(plan, waste, n_clusters, self.guide.n_found)
        inside = [plan.clusters[k] for k in near]
        if not inside:
            return False
        units = sorted({u for cluster in inside for u in cluster} | left_here)
        slack = float(waste[near].sum()) + 1e-6 + self.leave * len(left_here)
        outside = len(plan.clusters) - len(inside)
        low = max(0, self.model.count_low - outside)
        high = self.model.count_high - outside
        keys = self._exact_pool(units, (low, high), inside)
        if keys is None:
            width = self._first_width()
            keys = self.guide.pool(units, slack, width, TILE_COLUMNS, self.clock.stop)
            keys |= set(inside)
        chosen, pool = self._choose(sorted(keys, key=sorted), units, (low, high), start=inside)
        if chosen.columns is None:
            return False
        rest = [cluster for k, cluster in enumerate(plan.clusters) if k not in set(near)]
        fresh = [pool.columns[k] for k in chosen.columns]
        left = (plan.left - set(units)) | set(chosen.left)
        better = self.keep(make_plan(self.model, self.book, rest + fresh, frozenset(left)))
        return (better and self._descend(set(fresh))) or better

    def _exact_pool(
        self, units: list[int], count: tuple[int, int], inside: list[Key]
    ) -> set[Key] | None:
        """Every cluster that a better division of `units` could use, None if there are too many."""
        assert self.best is not None  # noqa: S101 - callers have a plan
        rest = sum(self.book[cluster].cost for cluster in self.best.clusters)
        spare = self._upper(self.best) - rest
        upper = sum(self.book[cluster].cost for cluster in inside) + spare
        answer = self._exactly(Question(units, count, inside, upper), TILE_POOL)
        if answer is None or (len(answer.keys) <= len(inside) and answer.reach < upper):
            return None
        return set(answer.keys[:TILE_COLUMNS]) | set(inside)

    def _descend(self, fresh: set[Key]) -> bool:
        """Local search from the best plan, beginning with these clusters."""
        assert self.best is not None  # noqa: S101
        search = Search(self.model, self.book, penalty=self.penalty, leave=self.leave)
        search.load(self.best.clusters, self.best.left)
        dirty = [at for at, cluster in enumerate(search.clusters) if cluster in fresh]
        search.descend(self.clock.stop, dirty)
        return self.keep(search.plan())

    def _choose(
        self,
        keys: list[Key],
        units: list[int] | range,
        count: tuple[int, int],
        start: list[Key] | None = None,
        seconds: float = math.inf,
        max_nodes: int | None = 300,
    ) -> tuple[Chosen, Pool]:
        """Set partitioning over `units` by `keys` with the prices in the book."""
        pool = self._labelled(keys, list(units), count)
        place = {key: k for k, key in enumerate(pool.columns)}
        chosen = choose(
            pool,
            seconds=min(seconds, self.clock.left() + 0.05),
            seed=self.seed,
            stop=self.clock.stop,
            start=[place[key] for key in start] if start else None,
            max_nodes=max_nodes,
        )
        return chosen, pool

    def _labelled(self, keys: list[Key], units: list[int], count: tuple[int, int]) -> Pool:
        """The pool; units may be left out at their price where the policy allows that."""
        pool = labelled(self.model, self.book, keys, units, count)
        if not self.model.may_leave_out:
            return pool
        return replace(pool, leave_out=[self.leave * len(self.model.units[u]) for u in units])

    def _whole(self, rounds: int = ROUNDS, most: int | None = None, share: float = 1.0) -> bool:
        """Partition everything at once, in this share of the time left; True if that helped. May
        prove the plan best."""
        assert self.best is not None  # noqa: S101 - callers have a plan
        before, count = self.best, (self.model.count_low, self.model.count_high)
        units = range(len(self.model.units))
        question = Question(units, count, before.clusters, self._upper(before))
        answer = self._exactly(question, most or self.whole_pool, self._raise_by, rounds, share)
        if answer is None:
            return self._whole_by_pool()
        if self._settles():
            self.guide.follow(*answer.prices.guide)
        self._raise_by(answer.bound)
        chosen, pool = self._choose(
            list(dict.fromkeys([*answer.keys[:WHOLE_COLUMNS], *before.clusters])),
            units,
            count,
            start=list(before.clusters),
            seconds=max(1.0, 0.25 * self.clock.left()),
            max_nodes=5000,
        )
        self._take_whole(chosen, pool)
        if len(answer.keys) <= WHOLE_COLUMNS and math.isfinite(chosen.bound):
            self._raise_by(min(chosen.bound, answer.reach))
        return self.best is not before

    def _raise_by(self, value: float) -> None:
        """A bound on the clusters' own costs becomes one on the objective."""
        self.raise_bound(value + self.model.gain_total)

    def _upper(self, plan: Plan) -> float:
        """What the clusters' own costs may add up to in a plan that is no worse."""
        return plan.value - self.model.gain_total

    def _exactly(
        self,
        question: Question,
        most: int,
        tell: Callable[[float], None] = lambda _: None,
        rounds: int = ROUNDS,
        share: float = 1.0,
    ) -> Answer | None:
        if self.model.may_leave_out:
            return None
        clock = Clock(share * self.clock.left(), self.clock.stop)
        limits = Limits(most, clock.left() + 0.05, self.seed, clock.stop, tell, rounds)
        best = self.guide.is_exact and self.guide.found is None and most >= WHOLE_POOL
        prices = Prices(self.guide.duals(), self.guide.count(), best)
        return self._exact().answer(question, prices, limits)

    def _exact(self) -> Exact:
        if not hasattr(self, "_kept_exact"):
            self._kept_exact = Exact(self.model, self.book)
        return self._kept_exact

    def _first_width(self) -> float:
        """A tenth of what a cluster costs in the best plan."""
        assert self.best is not None  # noqa: S101 - callers have a plan
        return 0.1 * max(1e-6, self.best.value / max(1, len(self.best.clusters)))

    def _whole_by_pool(self) -> bool:
        """Choose from the likeliest clusters where all cannot be listed."""
        assert self.best is not None  # noqa: S101 - callers have a plan
        before, units = self.best, list(range(len(self.model.units)))
        slack = before.value - self.bound
        keys = self.guide.paying(units, slack, self._first_width(), WHOLE_COLUMNS, self.clock.stop)
        self.book.learn(keys)
        sound = {key for key in keys if not self.book[key].broken} | set(before.clusters)
        chosen, pool = self._choose(
            sorted(sound, key=sorted),
            units,
            (self.model.count_low, self.model.count_high),
            start=list(before.clusters),
            max_nodes=5000,
        )
        self._take_whole(chosen, pool)
        return self.best is not before
