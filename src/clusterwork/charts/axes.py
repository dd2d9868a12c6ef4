"""Scales: where round numbers lie and how they are written."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from math import ceil, floor, log10

ROUND = (1, 2, 2.5, 5, 10)


def number_text(value: float, places: int = 0) -> str:
    """1,234.5, with a minus of full width and no sign before nothing."""
    text = f"{value if round(value, places) else 0:,.{places}f}"
    return text.replace("-", "−")


@dataclass(frozen=True, slots=True)
class Axis:
    """What a scale measures, in words with the unit, and how its numbers are written.

    `percent` is for shares of 0–1. `write(value, places)` writes a number in the reader's
    language, a share as a percentage; without it numbers read as in English and Welsh.
    """

    title: str
    percent: bool = False
    write: Callable[[float, int], str] | None = None
    from_zero: bool = False

    def text(self, value: float, places: int) -> str:
        """The number as it stands at the scale."""
        places = max(0, places - 2) if self.percent else places
        if self.write:
            return self.write(value, places)
        return (
            f"{number_text(value * 100, places)}%" if self.percent else number_text(value, places)
        )


@dataclass(frozen=True, slots=True)
class Scale:
    """A stretch of numbers with the marks on it: value and text."""

    low: float
    high: float
    ticks: tuple[tuple[float, str], ...] = ()


def scale_of(axis: Axis, values: Iterable[float | None], n_ticks: int = 5) -> Scale:
    """A scale with round ends that holds all values."""
    low, high = _stretch([float(value) for value in values if value is not None], axis)
    step = round_step((high - low) / n_ticks)
    first, last = floor(low / step + 1e-9), ceil(high / step - 1e-9)
    places = max(0, -floor(log10(step) + 1e-9) + (1 if f"{step:e}".startswith("2.5") else 0))
    ticks = tuple(
        (tick, axis.text(tick, places))
        for tick in (round(i * step, places + 2) for i in range(first, last + 1))
    )
    return Scale(ticks[0][0], ticks[-1][0], ticks)


def _stretch(values: Sequence[float], axis: Axis) -> tuple[float, float]:
    low, high = min(values), max(values)
    if axis.from_zero:
        low, high = min(low, 0.0), max(high, 0.0)
    if low < high:
        return low, high
    reach = abs(low) / 2 or 0.5
    return (low - reach, high + reach) if not axis.percent else _around_share(low)


def _around_share(share: float) -> tuple[float, float]:
    """A tenth to both sides, within what a share can be."""
    low, high = share - 0.1, share + 0.1
    return (max(0.0, low), min(1.0, high)) if 0 <= share <= 1 else (low, high)


def round_step(rough: float) -> float:
    """The smallest round number that is no less."""
    power: float = 10.0 ** floor(log10(rough))
    return next(power * each for each in ROUND if power * each >= rough * (1 - 1e-9))
