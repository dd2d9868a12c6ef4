"""What remains of an effect if the trends were not parallel: intervals, and where they break."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy import optimize

from clusterwork.impact.honest.smoothness import shortest_interval, two_sided
from clusterwork.impact.honest.study import EventStudy, Floats
from clusterwork.impact.result import Estimate, Result, Table
from clusterwork.impact.written import significant
from clusterwork.kernel.errors import Problem
from clusterwork.kernel.messages import N_, Message

COLUMNS = ("bend", "estimate", "low", "high")
STEPS = (0.0, 0.5, 1.0, 2.0)


class NotABend(Problem):
    """A bound on how far a trend bends is below zero or no number."""


class WeightsDoNotFit(Problem):
    """There is not one weight for each year after the start, or all are zero."""


@dataclass(frozen=True)
class Honest(Result):
    """Intervals for an effect under departures from parallel trends; in the outcome's unit.

    original: under parallel trends. by_bend: (M, interval) for each bound M on how far the slope of
    the departure changes from one year to the next. seen: the largest such change among the years
    before, None where these are too few to show one. breakdown: the smallest M whose interval holds
    zero; 0 where that of M = 0 does.
    """

    original: Estimate
    by_bend: tuple[tuple[float, Estimate], ...]
    seen: float | None
    breakdown: float

    def sentences(self) -> Sequence[Message]:
        """The interval by bound, and how much bending the conclusion bears."""
        said = [_said_interval(bend, each) for bend, each in self.by_bend]
        return (*said, _said_breakdown(self.breakdown, self.original), *_said_seen(self.seen))


def honest_smooth(
    study: EventStudy,
    *,
    weights: Sequence[float] | None = None,
    bends: Sequence[float] | None = None,
    level: float = 0.95,
) -> Honest:
    """Fixed-length intervals for the weighted effect after the start (`shortest_interval`).

    weights: of the years after, the first year's effect where left out. bends: the bounds M,
    in units of the outcome a year and year; left out, 0, half, one and two times the largest bend
    seen before (of the standard error, where none can be seen). M = 0: a straight line departs.
    Raises WeightsDoNotFit, NotABend.
    """
    chosen = _weights(study, weights)
    seen = _seen(study)
    bounds = _bends(study, chosen, seen) if bends is None else tuple(bends)
    _must_be_bends(bounds)
    by_bend = tuple((bend, shortest_interval(study, chosen, bend, level)) for bend in bounds)
    assumption = Message(
        N_(
            "Without the work the gap between the two groups would have bent by no more than the "
            "bound from one year to the next."
        )
    )
    return Honest(
        data_hash=study.data_hash,
        assumptions=(assumption,),
        diagnostics=(),
        tables=(_table(by_bend),),
        original=_original(study, chosen, level),
        by_bend=by_bend,
        seen=seen,
        breakdown=_breakdown(study, chosen, level),
    )


def _weights(study: EventStudy, weights: Sequence[float] | None) -> Floats:
    if weights is None:
        return np.array([1.0, *np.zeros(len(study.after) - 1)])
    chosen = np.asarray(weights, dtype=np.float64)
    if chosen.shape != study.after.shape or not np.isfinite(chosen).all() or not chosen.any():
        raise WeightsDoNotFit(
            Message(
                N_("Years after the start: %(n)s. Weights given: %(given)s"),
                {"n": len(study.after), "given": ", ".join(map(str, weights)) or "—"},
            ),
            why=Message(N_("The effect is a weighted sum of those of the years after.")),
            next_step=Message(N_("Give one weight for each year, for example 0.5, 0.5.")),
        )
    return chosen


def _seen(study: EventStudy) -> float | None:
    """The largest |second difference| of the estimates before, the reference year's zero last."""
    if len(study.before) < 2:
        return None
    return float(np.abs(np.diff([*study.before, 0.0], n=2)).max())


def _bends(study: EventStudy, weights: Floats, seen: float | None) -> tuple[float, ...]:
    unit = seen or float(_original(study, weights, 0.95).se or 0.0)
    return tuple(step * unit for step in STEPS)


def _must_be_bends(bends: Sequence[float]) -> None:
    wrong = [bend for bend in bends if not 0 <= bend < np.inf]
    if wrong:
        raise NotABend(
            Message(N_("A trend cannot bend by at most this much: %(bend)s"), {"bend": wrong[0]}),
            why=Message(N_("The bound is a size, in units of the outcome.")),
            next_step=Message(N_("Give 0 for a straight line, or a number above.")),
        )


def _original(study: EventStudy, weights: Floats, level: float) -> Estimate:
    n = len(study.after)
    middle = float(weights @ study.after)
    se = float(np.sqrt(weights @ study.covariance[-n:, -n:] @ weights))
    half = two_sided(level) * se
    return Estimate(middle, se, middle - half, middle + half, level=level, method="parallel")


def _breakdown(study: EventStudy, weights: Floats, level: float) -> float:
    """The bend at which the interval first touches zero."""

    def away(bend: float) -> float:
        told = shortest_interval(study, weights, bend, level)
        return max(float(told.low or 0.0), -float(told.high or 0.0))

    if away(0.0) <= 0:
        return 0.0
    high = float(np.abs(study.estimates).max() + np.sqrt(np.diag(study.covariance).max()))
    while away(high) > 0:
        high *= 2
    steps = np.linspace(0.0, high, 21)
    first = next(place for place, bend in enumerate(steps) if away(bend) <= 0)
    return float(optimize.brentq(away, steps[first - 1], steps[first], rtol=1e-6))


def _table(by_bend: Sequence[tuple[float, Estimate]]) -> Table:
    rows = tuple((bend, each.estimate, each.low, each.high) for bend, each in by_bend)
    return Table("honest", COLUMNS, rows)


def _said_interval(bend: float, told: Estimate) -> Message:
    ends = {
        "low": significant(float(told.low or 0.0)),
        "high": significant(float(told.high or 0.0)),
        "level": f"{100 * told.level:g}",
    }
    if bend == 0:
        return Message(
            N_(
                "If the two groups were drifting apart in a straight line, the effect lies between "
                "%(low)s and %(high)s (%(level)s %% interval)."
            ),
            ends,
        )
    return Message(
        N_("If that line bent by at most %(bend)s a year, between %(low)s and %(high)s."),
        {"bend": significant(bend), **ends},
    )


def _said_breakdown(breakdown: float, original: Estimate) -> Message:
    if breakdown == 0.0:
        return Message(
            N_("Not even a straight drift is needed for these figures to fit with no effect.")
            if float(original.low or 0) <= 0 <= float(original.high or 0)
            else N_("A straight drift is enough for these figures to fit with no effect.")
        )
    return Message(
        N_("A bend of %(bend)s a year is needed before these figures fit with no effect."),
        {"bend": significant(breakdown)},
    )


def _said_seen(seen: float | None) -> tuple[Message, ...]:
    if seen is None:
        return (Message(N_("How far it bent before cannot be seen from one year.")),)
    return (
        Message(
            N_("Before the start the largest bend seen was %(seen)s, chance included."),
            {"seen": significant(seen)},
        ),
    )
