"""Schools by size band: which bands, which floor, and what may be said of them."""

from __future__ import annotations

import statistics
from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from clusterwork.evaluation.rules.pictures import Ends, Write
from clusterwork.kernel.errors import Problem
from clusterwork.kernel.messages import N_, Message

USUAL_ENDS = (50, 100, 200)
MOST_ENDS = 6
WIDER = 1.25
NOT_WHY = Message(
    N_(
        "This sets schools of a size beside each other; it does not show what made the difference "
        "between them."
    )
)


class NoBands(Problem):
    """What was typed names no bands of size."""


@dataclass(frozen=True, slots=True)
class SchoolFigure:
    """A school's published percentage of a school year, the number counted, and its pupils."""

    year: int
    school: int
    value: float
    of: int
    pupils: int


@dataclass(frozen=True, slots=True)
class Band:
    """Schools of a size in a year. `least` and `most` are pupils; None is open.

    `value` is the percentage of all pupils counted, with its interval; `under` how many schools
    lie beyond the floor, with the interval of their number. `is_hidden`: nothing but the number of
    schools may be told.
    """

    least: int | None
    most: int | None
    n_schools: int
    of: int
    value: float
    ends: Ends
    under: int | None
    under_ends: Ends | None
    is_hidden: bool

    @property
    def is_all(self) -> bool:
        """Whether it is the line of all sizes together."""
        return self.least is None and self.most is None


@dataclass(frozen=True, slots=True)
class Pair:
    """The same band of ours and of all others; None where no school is in it."""

    least: int | None
    most: int | None
    ours: Band | None
    others: Band | None

    @property
    def told(self) -> tuple[Band, Band] | None:
        """Both, where both may be told."""
        if self.ours and self.others and not (self.ours.is_hidden or self.others.is_hidden):
            return self.ours, self.others
        return None

    @property
    def is_all(self) -> bool:
        """Whether it is the line of all sizes together."""
        return self.least is None and self.most is None


def ends_of(text: str) -> tuple[int, ...]:
    """The largest size of each band but the last: 50, 100, 200. Raises `NoBands`."""
    words = text.replace(",", " ").split()
    numbers = [int(word) for word in words if word.isascii() and word.isdigit()]
    rises = all(low < high for low, high in pairwise(numbers))
    if len(numbers) != len(words) or not 1 <= len(numbers) <= MOST_ENDS or not rises:
        raise _no_bands(text)
    if numbers[0] < 1 or numbers[-1] > 10_000:
        raise _no_bands(text)
    return tuple(numbers)


def _no_bands(text: str) -> NoBands:
    return NoBands(
        Message(N_("These are no bands of size: %(text)s."), {"text": text[:80] or "–"}),
        why=Message(N_("Each number is the largest size of its band, so that they rise.")),
        next_step=Message(N_("Write one to six numbers from the smallest up: 50, 100, 200.")),
    )


def limits_of(ends: Sequence[int]) -> list[tuple[int | None, int | None]]:
    """The least and most pupils of each band: none to 50, 51 to 100, 101 to none."""
    starts: list[int | None] = [None, *(end + 1 for end in ends)]
    return list(zip(starts, [*ends, None], strict=True))


def band_of(pupils: int, ends: Sequence[int]) -> int:
    """The place of the band of a school of this size."""
    return bisect_left(ends, pupils)


def usual_floor(values: Iterable[float], *, is_lower_better: bool) -> float | None:
    """The multiple of five nearest to what a tenth of all schools do not reach; None of few.

    Where lower is better, what a tenth exceed.
    """
    known = sorted(values)
    if len(known) < 10:
        return None
    tenths = statistics.quantiles(known, n=10, method="inclusive")
    return min(95.0, max(5.0, 5.0 * round((tenths[-1] if is_lower_better else tenths[0]) / 5)))


def is_beyond(value: float, floor: float, *, is_lower_better: bool) -> bool:
    """Whether a school's published figure lies on the far side of the floor."""
    return value > floor if is_lower_better else value < floor


def finding(pairs: Sequence[Pair]) -> Message | None:
    """Of bands with both figures: in how many ours could be that of all other schools."""
    told = [pair.told for pair in pairs if pair.told and not pair.is_all]
    if not told:
        return None
    n = sum(ours.ends.holds(others.value) for ours, others in told)
    words = {"n": n, "all": len(told)}
    if len(told) == 1 and n:
        return Message(N_("The figure of all other schools lies within the interval of these"))
    if len(told) == 1:
        return Message(N_("The figure of all other schools lies outside the interval of these"))
    if n == 0:
        said = N_(
            "In none of the %(all)s bands that can be told does the figure of all other schools "
            "lie within the interval of these"
        )
        return Message(said, words)
    said = N_(
        "In %(n)s of the %(all)s bands that can be told the figure of all other schools lies "
        "within the interval of these"
    )
    return Message(said, words)


def widths_said(pairs: Sequence[Pair], write: Write) -> Message | None:
    """That the smallest schools' interval is the wider one, where it is by a quarter or more."""
    bands = [pair.ours for pair in pairs if pair.ours and not pair.is_all]
    told = [band for band in bands if not band.is_hidden]
    if len(told) < 2 or told[0].ends.width < WIDER * told[-1].ends.width:
        return None
    return Message(
        N_(
            "Small schools had wider intervals: %(small)s points among the smallest, %(large)s "
            "among the largest. A figure of few pupils moves more from year to year by chance."
        ),
        {"small": write(told[0].ends.width), "large": write(told[-1].ends.width)},
    )


def floors_said(pairs: Sequence[Pair], floor: str, *, is_lower_better: bool) -> Message | None:
    """How many of our schools lie beyond the floor, and of all others."""
    whole = next((pair.told for pair in pairs if pair.is_all and pair.told), None)
    if whole is None or whole[0].under is None or whole[1].under is None:
        return None
    words: Mapping[str, object] = {
        "floor": floor,
        "n": whole[0].under,
        "of": whole[0].n_schools,
        "share": f"{100 * whole[1].under / max(whole[1].n_schools, 1):.0f}",
    }
    if is_lower_better:
        said = N_("Schools above %(floor)s: %(n)s of these %(of)s; of all others %(share)s in 100.")
        return Message(said, words)
    return Message(
        N_("Schools below %(floor)s: %(n)s of these %(of)s; of all others %(share)s in 100."), words
    )
