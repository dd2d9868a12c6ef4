"""A comparison in sentences that say no more than the numbers bear."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from clusterwork.impact.did.noting import ALPHA, FEW_CLUSTERS
from clusterwork.kernel.messages import N_, Message

if TYPE_CHECKING:
    from clusterwork.impact.did.result import DidFit


def sentences_of(fit: DidFit) -> Sequence[Message]:
    """How the outcome differed, what that is consistent with, and what speaks against it.

    The number is the average over groups, each counted by its size (Callaway and Sant'Anna 2021,
    section 3.1, the one they recommend). Never that something made the difference, and never that
    there was none.
    """
    return tuple(_sentences(fit))


def _sentences(fit: DidFit) -> Iterator[Message]:
    average = fit.group
    low, high = average.low or 0.0, average.high or 0.0
    places = _places(average.se or 0.0)
    yield Message(
        N_(
            "After the start the outcome was on average %(size)s %(way)s than it would have been "
            "had it changed as where it was compared (%(level)s %% interval %(low)s to %(high)s)."
        ),
        {
            "size": f"{abs(average.estimate):.{places}f}",
            "way": Message(N_("higher")) if average.estimate >= 0 else Message(N_("lower")),
            "level": f"{100 * fit.level:g}",
            "low": _signed(low, places),
            "high": _signed(high, places),
        },
    )
    yield _consistent(low, high)
    yield from _against(fit)


def _consistent(low: float, high: float) -> Message:
    if low > 0.0:
        return Message(N_("This is not consistent with no difference, if the assumptions hold."))
    if high < 0.0:
        return Message(N_("This is consistent only with a lower outcome, if the assumptions hold."))
    return Message(N_("This is consistent with no difference, and with every one in the interval."))


def _against(fit: DidFit) -> Iterator[Message]:
    if fit.pretrend is not None and fit.pretrend.p < ALPHA:
        yield Message(
            N_(
                "The groups already moved differently before the start, so that the difference "
                "after it cannot be put down to it."
            )
        )
    if fit.treated_clusters < FEW_CLUSTERS:
        yield Message(
            N_("Few clusters started, so that the true uncertainty is larger: %(count)s"),
            {"count": fit.treated_clusters},
        )


def _places(error: float) -> int:
    """Decimal places that show the standard error to two digits, at most six."""
    if error <= 0.0:
        return 2
    return min(6, max(0, 1 - int(f"{error:e}".split("e")[1])))


def _signed(value: float, places: int) -> str:
    return f"{value:.{places}f}".replace("-", "−")
