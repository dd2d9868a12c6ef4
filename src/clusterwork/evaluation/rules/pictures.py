"""What pictures of figures are made of: percentages with the number counted, and their ends."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

FEW = 30  # counted, below which a year is shown together with the two around it
Write = Callable[[float], str]
WriteYear = Callable[[int], str]


@dataclass(frozen=True, slots=True)
class Counted:
    """A percentage 0 to 100 and the number of which it is one."""

    value: float
    of: int

    @property
    def count(self) -> int:
        """Those to whom it applies; the nearest whole number to a rounded percentage."""
        return min(self.of, round(self.value * self.of / 100))


@dataclass(frozen=True, slots=True)
class Ends:
    """The 95 % interval of a figure, in its unit."""

    low: float
    high: float

    def holds(self, value: float) -> bool:
        """Whether the value lies in it."""
        return self.low <= value <= self.high

    def meets(self, other: Ends) -> bool:
        """Whether the two have a value in common."""
        return self.low <= other.high and other.low <= self.high

    @property
    def width(self) -> float:
        """How far its ends lie apart."""
        return self.high - self.low


@dataclass(frozen=True, slots=True)
class Together:
    """Several years as one figure. `alike`: nothing speaks against taking them together."""

    years: tuple[int, ...]
    value: float
    of: int
    ends: Ends
    alike: bool


@dataclass(frozen=True, slots=True)
class Told:
    """A figure of one school year as it may be told: a value, or the symbol in its place."""

    year: int
    value: float | None = None
    of: int | None = None
    ends: Ends | None = None
    symbol: str = ""
    n_in: int = 0
    n_schools: int = 0

    @property
    def counted(self) -> Counted | None:
        """The value with the number counted, where both are told."""
        return None if self.value is None or not self.of else Counted(self.value, self.of)
