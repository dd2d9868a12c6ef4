"""What a chart cannot show, and the checks that every chart passes."""

from __future__ import annotations

from collections.abc import Iterable, Sized
from math import isfinite

from clusterwork.kernel.errors import Problem
from clusterwork.kernel.messages import N_, Message

SLACK = 1e-9  # of rounding in shares and limits


class NothingToShow(Problem):
    """The chart holds no value."""


class NotANumber(Problem):
    """A value of the chart is infinite or no number."""


class IntervalOutsideOrder(Problem):
    """The lower end of an interval lies above its upper end."""


class SharesDoNotAdd(Problem):
    """The parts of a whole are below nothing, or together not a hundred per cent."""


class TooManyToTell(Problem):
    """More series than shapes and colours can tell apart."""


def check_filled(things: Sized) -> None:
    """Raises `NothingToShow` where there are none."""
    if not len(things):
        raise NothingToShow(
            Message(N_("There is nothing to show in this chart.")),
            next_step=Message(N_("Choose other years, schools or a measure that has figures.")),
        )


def check_numbers(values: Iterable[float | None]) -> None:
    """Raises `NotANumber` for a value that is infinite or no number; none is allowed."""
    if any(value is not None and not isfinite(value) for value in values):
        raise NotANumber(
            Message(N_("A value of this chart is not a number.")),
            why=Message(N_("A chart shows only what can be placed on its scale.")),
            next_step=Message(N_("Look in the table for a value that is missing or infinite.")),
        )


def check_interval(low: float | None, high: float | None) -> None:
    """Raises `IntervalOutsideOrder` where the lower end lies above the upper end."""
    if low is not None and high is not None and low > high:
        raise IntervalOutsideOrder(
            Message(N_("An interval of this chart ends before it starts.")),
            next_step=Message(N_("Look in the table for limits in the wrong order.")),
        )


def check_shares(shares: Iterable[float]) -> None:
    """Raises `SharesDoNotAdd` unless the shares are parts of one whole."""
    kept = list(shares)
    check_numbers(kept)
    if any(share < -SLACK for share in kept) or abs(sum(kept) - 1) > 0.005:
        raise SharesDoNotAdd(
            Message(N_("The parts of this chart do not add up to a hundred per cent.")),
            next_step=Message(N_("Look in the table for a part that is missing or held back.")),
        )


def check_few(things: Sized, most: int) -> None:
    """Raises `TooManyToTell` where there are more than `most`."""
    if len(things) > most:
        raise TooManyToTell(
            Message(
                N_("This chart tells at most %(most)s things apart, and was given %(given)s."),
                {"most": most, "given": len(things)},
            ),
            next_step=Message(N_("Choose fewer.")),
        )
