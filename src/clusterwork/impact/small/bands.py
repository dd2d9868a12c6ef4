"""Results by size band: shares with intervals, schools under a floor, small numbers hidden."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from clusterwork.impact.result import Diagnostic, Result, Table
from clusterwork.impact.small.intervals import clopper_pearson, not_a_count, two_sided, wilson
from clusterwork.impact.small.rows import Floats, rows_of
from clusterwork.impact.small.wording import percent
from clusterwork.kernel.disclosure import HIDDEN, TOTAL, percentages, shown, suppress
from clusterwork.kernel.errors import Problem
from clusterwork.kernel.messages import N_, Message

SMALLEST = 6  # pupils; the performance tables suppress results of five or fewer
FEWEST = 3  # schools, below which a band would be told of one by the others
COLUMNS = (
    *("year", "band", "schools", "pupils", "reached", "share", "low", "high"),
    *("under", "under_low", "under_high"),
)
Floor = float | Mapping[str, float] | None


class BandsNotInOrder(Problem):
    """The upper ends of the bands do not rise."""


@dataclass(frozen=True)
class Band:
    """One band in one year. Shares 0 to 1; hidden: no number of it but schools may be told.

    under: schools whose share is under the floor, with the exact interval of their share of all;
    None without a floor. low, high: Wilson's at the number of pupils that is worth as much when
    pupils of a school are alike.
    """

    year: str
    band: str
    schools: int
    pupils: int
    reached: int
    share: float
    low: float
    high: float
    under: int | None
    under_low: float | None
    under_high: float | None
    hidden: bool


@dataclass(frozen=True)
class Bands(Result):
    """Bands from the smallest schools to the largest, then all; by year."""

    bands: tuple[Band, ...]
    smallest: int

    def sentences(self) -> Sequence[Message]:
        """A warning against reading more into the bands than they bear."""
        n = sum(each.hidden for each in self.bands)
        said = Message(
            N_(
                "Bands are compared within one year only. Intervals allow for schools of a band "
                "differing from each other. Hidden because few pupils or schools are behind "
                "them, or to keep these from being worked out: %(n)s."
            ),
            {"n": n},
        )
        return (said,)


def by_size_band(
    frame: object,
    *,
    unit: str,
    size: str,
    count: str,
    of: str,
    year: str | None = None,
    ends: Sequence[float] = (90, 180, 270),
    floor: Floor = None,
    smallest: int = SMALLEST,
    level: float = 0.95,
) -> Bands:
    """Shares count/of by bands of size, as in Small rural schools, Figure 7.

    size: pupils on roll. ends: the largest size of each band but the last. floor: a share 0 to 1,
    or one by year, under which schools are counted. smallest: numbers from 1 to smallest - 1 are
    hidden, and what else would give them away (`kernel.disclosure`); so are bands of fewer than
    three schools. Intervals: Wilson's at the effective number p(1-p)/v, v the variance of the ratio
    Σx/Σn between schools (Korn and Graubard 1998, Survey Methodology 24, 193-201), at most the
    pupils. Raises BandsNotInOrder, NotACount, and what `rows_of` raises.
    """
    _must_rise(ends)
    two_sided(level)
    rows = rows_of(frame, [*([year] if year else []), unit], [size, count, of])
    counts, sizes = rows[count], rows[of]
    _must_be_counts(counts, sizes)
    which = np.searchsorted(np.asarray(ends, dtype=float), rows[size], side="left")
    years = np.array([label[0] if year else "" for label in rows.labels])
    made: list[Band] = []
    for each in sorted(set(years.tolist())):
        at = years == each
        made += _year(each, which[at], counts[at], sizes[at], ends, floor, smallest, level)
    return Bands(
        data_hash=rows.data_hash,
        assumptions=(Message(N_("Schools of a size were not chosen for their results.")),),
        diagnostics=_left_out(rows.left_out),
        tables=(_table(made),),
        bands=tuple(made),
        smallest=smallest,
    )


def _must_rise(ends: Sequence[float]) -> None:
    if not ends or any(high <= low for low, high in pairwise(ends)):
        raise BandsNotInOrder(
            Message(
                N_("These are no bands of size: %(ends)s"), {"ends": ", ".join(map(str, ends))}
            ),
            why=Message(N_("Each number is the largest size of its band, so that they rise.")),
            next_step=Message(N_("Write them from the smallest up, for example 90, 180, 270.")),
        )


def _must_be_counts(counts: Floats, sizes: Floats) -> None:
    wrong = (
        (counts < 0) | (counts > sizes) | (counts != np.rint(counts)) | (sizes != np.rint(sizes))
    )
    if wrong.any():
        raise not_a_count(float(counts[np.argmax(wrong)]))


def names_of(ends: Sequence[float]) -> tuple[str, ...]:
    """The bands in words that need no language: "-90", "91-180", "271-"."""
    starts = ["", *(f"{end + 1:g}" for end in ends)]
    return tuple(
        f"{start}-{end}" for start, end in zip(starts, [*(f"{e:g}" for e in ends), ""], strict=True)
    )


def _year(
    year: str,
    which: Floats,
    counts: Floats,
    sizes: Floats,
    ends: Sequence[float],
    floor: Floor,
    smallest: int,
    level: float,
) -> list[Band]:
    names = names_of(ends)
    parts = {name: which == place for place, name in enumerate(names)}
    parts = {name: at for name, at in parts.items() if at.any()}
    hidden = _hidden(parts, counts, sizes, smallest)
    parts[TOTAL] = np.ones(len(counts), dtype=bool)
    least = floor.get(year) if isinstance(floor, Mapping) else floor
    return [
        _band(year, name, counts[at], sizes[at], least, name in hidden, level)
        for name, at in parts.items()
    ]


def _hidden(
    parts: Mapping[str, Floats], counts: Floats, sizes: Floats, smallest: int
) -> frozenset[str]:
    """Bands, and perhaps the total, of which no number may be told."""
    numbers: dict[Hashable, tuple[int, int]] = {
        name: (int(counts[at].sum()), int(sizes[at].sum())) for name, at in parts.items()
    }
    groups: dict[Hashable, Iterable[Hashable]] = {name: [name] for name in parts}
    groups[TOTAL] = list(parts)
    facts, cells = percentages(numbers, groups)
    few = [name for name, at in parts.items() if at.sum() < FEWEST] if smallest > 1 else []
    private = [(name, reached) for name in few for reached in (True, False)]
    return frozenset(suppress(facts, cells, smallest, private=private).hidden)


def _band(
    year: str,
    name: str,
    counts: Floats,
    sizes: Floats,
    floor: float | None,
    hidden: bool,
    level: float,
) -> Band:
    told = interval_between(counts, sizes, level)
    under = None if floor is None else int((counts < floor * sizes - 1e-9).sum())
    ends = None if under is None else clopper_pearson(under, len(counts), level=level)
    return Band(
        year,
        name,
        schools=len(counts),
        pupils=int(sizes.sum()),
        reached=int(counts.sum()),
        share=told[0],
        low=told[1],
        high=told[2],
        under=under,
        under_low=ends.low if ends else None,
        under_high=ends.high if ends else None,
        hidden=hidden,
    )


def interval_between(counts: Floats, sizes: Floats, level: float) -> tuple[float, float, float]:
    """Share of all, and Wilson's interval at the pupils' effective number; (k,) each."""
    whole = float(sizes.sum())
    share = float(counts.sum()) / whole if whole else 0.0
    worth = min(whole, _worth(counts, sizes, share))
    told = wilson(share * worth, worth, level=level)
    return told.estimate, float(told.low or 0.0), float(told.high or 0.0)


def _worth(counts: Floats, sizes: Floats, share: float) -> float:
    """The pupils drawn one by one whose share would vary as much; infinite where schools agree."""
    k = len(counts)
    variance = float(((counts - share * sizes) ** 2).sum())
    if k < 2 or variance == 0.0:
        return np.inf
    variance *= k / (k - 1) / float(sizes.sum()) ** 2
    return share * (1 - share) / variance


def _left_out(n: int) -> tuple[Diagnostic, ...]:
    said = Message(N_("Rows without a figure, left out: %(n)s"), {"n": n})
    return (Diagnostic("left_out", said),)


def _table(bands: Sequence[Band]) -> Table:
    """As shown: hidden numbers as the symbol of the Department for Education."""
    return Table("bands", COLUMNS, tuple(_row(each) for each in bands))


def _row(band: Band) -> tuple[object, ...]:
    code = HIDDEN if band.hidden else ""
    shares = (band.share, band.low, band.high)
    under = (band.under, band.under_low, band.under_high)
    return (
        band.year,
        band.band,
        band.schools,
        *(shown(value, code) for value in (band.pupils, band.reached)),
        *(shown(percent(value), code) for value in shares),
        *(shown(under[0], code), *(shown(value, code, _percent) for value in under[1:])),
    )


def _percent(value: object) -> str:
    return percent(float(str(value)))
