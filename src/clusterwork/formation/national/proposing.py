"""`propose` for more schools than matrices can hold."""

from __future__ import annotations

import math
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor, wait

import numpy as np

from clusterwork.formation.clock import Clock, Progress, gap_share
from clusterwork.formation.conflict import NotFoundInTime
from clusterwork.formation.instance import Instance
from clusterwork.formation.national.climbing import ascent_over
from clusterwork.formation.national.improving import Improver
from clusterwork.formation.national.refusing import refuse_lonely, refuse_quickly
from clusterwork.formation.national.team import ASK_EVERY, team
from clusterwork.formation.national.telling import Teller
from clusterwork.formation.national.whole import Whole
from clusterwork.formation.proposal import Proposal
from clusterwork.formation.relaxed import Bound
from clusterwork.formation.too_many import MOST_BY_MATRIX, TooManySchools
from clusterwork.kernel.messages import N_, Message

STEPS_AT_ONCE = 20
AHEAD = 1.03
"""How far above the bound the ascent aims as long as there is no good plan."""

ENOUGH = 2e-5
"""Of the bound: what fewer steps than `PATIENCE` rounds have to add for it to go on."""

PATIENCE = 6
CLIMBING_SHARE = 0.25
"""Of the time, for the bound alone."""

TELLING_SECONDS = 0.004
"""About what a school's reason takes."""


def propose_large(
    instance: Instance,
    *,
    time_limit_s: float,
    seed: int,
    progress: Progress | None,
    should_stop: Callable[[], bool] | None,
    processes: int,
) -> Proposal:
    """As `propose`. Raises `CannotBeSatisfied` only for what counting shows, or a look at schools
    with few others around them; `TooManySchools` for pyramids and where schools may be left
    over."""
    if instance.policy.pyramid or instance.policy.may_leave_over:
        raise _too_many(len(instance.schools))
    reserve = min(0.3 * time_limit_s, TELLING_SECONDS * len(instance.schools) / processes)
    clock = Clock(time_limit_s - reserve, should_stop)
    whole = Whole(instance)
    refuse_quickly(whole)
    with team(whole, processes, clock.stop) as workers:
        run = _Run(whole, Improver(whole, workers, clock, seed), clock, progress)
        run.go()
        teller = Teller(whole, workers, [cluster.members for cluster in run.improver.clusters])
        return teller.proposal(run.floor(), run.bound.threshold, clock, seed)


class _Run:
    """The order of work: a first plan while the bound rises, a plan by the bound, better ones."""

    def __init__(
        self, whole: Whole, improver: Improver, clock: Clock, progress: Progress | None
    ) -> None:
        self.whole, self.improver, self.clock, self.progress = whole, improver, clock, progress
        self.bound = Bound(-math.inf, np.zeros(whole.n), np.zeros(whole.n), 0.0)
        self.done = False
        improver.tell = self.tell

    def go(self) -> None:
        """Everything, until the time is up. With processes that do the work the bound goes on
        rising beside them."""
        with ThreadPoolExecutor(1) as other:
            climbing = other.submit(self._climb)
            self._begin()
            while not climbing.done() and not (self._beside and self._enough_climbing()):
                wait([climbing], timeout=ASK_EVERY)
                self.tell()
            if not self.clock.stop():
                self._improve()
            climbing.result()

    def _improve(self) -> None:
        try:
            self.improver.begin_again(self.bound)
            self.improver.improve()
        finally:
            self.done = True

    @property
    def _beside(self) -> bool:
        return self.improver.team.size > 1

    def _enough_climbing(self) -> bool:
        return self.clock.seconds() > CLIMBING_SHARE * self.clock.limit_s

    def _begin(self) -> None:
        """A first plan, or why there is none."""
        try:
            self.improver.begin()
        except BaseException as problem:
            self.done = True
            if isinstance(problem, NotFoundInTime):
                refuse_lonely(self.whole, self.clock.asked)
            raise

    def _stop_climbing(self) -> bool:
        late = not self._beside and self._enough_climbing()
        return self.done or late or self.clock.stop()

    def _climb(self) -> None:
        ascent = ascent_over(self.whole)
        upper, values = math.inf, [-math.inf] * PATIENCE
        while not self._stop_climbing():
            self.bound = ascent.climb(STEPS_AT_ONCE, upper, self._stop_climbing)
            values.append(self.bound.value)
            upper = AHEAD * self.bound.value
            if values[-1] - values[-PATIENCE] <= ENOUGH * abs(values[-1]):
                return

    def floor(self) -> float:
        """The bound, at least 0: no part of the objective is negative."""
        return max(0.0, self.bound.value)

    def tell(self) -> None:
        """Tell the caller how it stands, and the workers the newest prices."""
        if self.improver.bound is not None:
            self.improver.bound = self.bound
        if self.progress is None:
            return
        plan = self.improver.value() if self.improver.clusters else None
        bound = self.floor() if plan is None else min(self.floor(), plan)
        share = None if plan is None else gap_share(plan, bound)
        self.progress(self.clock.seconds(), plan, bound, share)


def _too_many(n: int) -> TooManySchools:
    return TooManySchools(
        Message(
            N_("Schools to form at once: %(n)s. With this policy the most is %(most)s."),
            {"n": n, "most": MOST_BY_MATRIX},
        ),
        why=Message(
            N_("Pyramids, and schools left over, are found with every pair of schools in memory.")
        ),
        next_step=Message(N_("Form each authority by itself.")),
    )
