"""A measure's figures as the whole numbers over which `kernel.disclosure` decides."""

from __future__ import annotations

import math
from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass

from clusterwork.measures.rules.rolling import SUM, Part

Fact = tuple[Hashable, bool]
PERCENT = "percent"
PEOPLE = ("pupils", "staff", "answers")
AS_IF = 100  # counted, where nobody knows how many: large enough to be no small number
SCALE = 10_000  # of values, which have four decimals, where few people are not the matter


@dataclass(frozen=True, slots=True)
class Sort:
    """Of a measure: its unit, unit of count, and way from schools to clusters."""

    unit: str
    counts: str
    way: str

    @property
    def is_of_people(self) -> bool:
        """Whether a small number would be one of few people."""
        return self.counts in PEOPLE

    @property
    def halves(self) -> tuple[bool, ...]:
        """Who knows a percentage knows how many do, and how many do not."""
        return (True, False) if self.unit == PERCENT and self.way != SUM else (True,)

    def facts(self, parts: Iterable[Part]) -> dict[Fact, int]:
        """The numbers behind figures with a value.

        Of a mean it is the number counted: who cannot tell from what is told how many a school
        counts cannot tell the sum of its scores either.
        """
        found: dict[Fact, int] = {}
        for part in parts:
            if part.value is not None:
                numbers = self._numbers(part)
                found.update(((part.key, half), numbers[half]) for half in self.halves)
        return found

    def _numbers(self, part: Part) -> Mapping[bool, int]:
        if self.way == SUM:
            scale = 1 if self.is_of_people else SCALE
            return {True: max(0, math.ceil((part.value or 0) * scale))}
        if part.denominator is None:
            return {True: AS_IF, False: AS_IF}
        if len(self.halves) == 1:
            return {True: part.denominator}
        some = part.numerator
        if some is None:
            some = min(part.denominator, round((part.value or 0) * part.denominator / 100))
        return {True: some, False: part.denominator - some}

    def cell(self, keys: Iterable[Hashable]) -> list[list[Fact]]:
        """What a reader knows who is told the figure of `keys` together."""
        keys = list(keys)
        return [[(key, half) for key in keys] for half in self.halves]
