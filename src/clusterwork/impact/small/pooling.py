"""Three to five years of one school together, and whether they may be."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy import stats

from clusterwork.impact.result import Diagnostic, Result, Table
from clusterwork.impact.small.intervals import not_a_count, two_sided, wilson
from clusterwork.impact.small.rows import Floats, Rows, rows_of
from clusterwork.impact.small.wording import chance, listed, percent
from clusterwork.kernel.errors import Problem
from clusterwork.kernel.messages import N_, Message

FEWEST, MOST = 3, 5
DRAWS = 999
SPARSE = 5.0  # pupils expected, below which χ² is not trusted and tables are drawn
COLUMNS = ("unit", "years", "count", "of", "share", "low", "high", "p_alike")


class YearsNotThreeToFive(Problem):
    """Fewer than three or more than five years would be taken together."""


@dataclass(frozen=True)
class PooledUnit:
    """A unit's years together: share 0 to 1 and Wilson's interval.

    years: those it has figures for. p_alike: the chance of years as different as these if the share
    behind them had been one; None with one year, or where nobody or everybody reached it.
    """

    unit: str
    years: tuple[str, ...]
    count: int
    of: int
    share: float
    low: float
    high: float
    p_alike: float | None


@dataclass(frozen=True)
class Pooled(Result):
    """Several years together. p_alike, p_trend: of all units at once; None as above."""

    units: tuple[PooledUnit, ...]
    years: tuple[str, ...]
    p_alike: float | None
    p_trend: float | None

    @property
    def alike(self) -> bool:
        """Whether nothing speaks against taking the years together (5 % for each of two tests)."""
        return all(p is None or p >= 0.05 for p in (self.p_alike, self.p_trend))

    def sentences(self) -> Sequence[Message]:
        """Which years, and whether something speaks against taking them together."""
        told = Message(
            N_("Years taken together: %(years)s. Schools: %(n)s."),
            {"years": listed(self.years), "n": len(self.units)},
        )
        return told, *(each.said for each in self.diagnostics)


def pool_years(
    frame: object, *, unit: str, year: str, count: str, of: str, level: float = 0.95
) -> Pooled:
    """Shares of three to five years together, one row a unit and year in the frame.

    Each unit's years are compared by Pearson's χ² given its total: against the χ² distribution
    where at least 5 are expected each way, else against 999 tables drawn with the same margins
    (seeded, so that the same data have the same answer). All units at once by the sum; a common
    trend over the years by the stratified Cochran-Armitage test (Mantel 1963, JASA 58, 690-700).
    Raises YearsNotThreeToFive, NotACount, and what `rows_of` raises.
    """
    rows = rows_of(frame, [unit, year], [count, of])
    two_sided(level)
    years = tuple(sorted({label[1] for label in rows.labels}))
    _must_be_few(years)
    _must_be_counts(rows[count], rows[of])
    strata = _strata(rows, rows[count], rows[of])
    units = tuple(_unit(*stratum, level) for stratum in strata)
    p_alike, p_trend = _all_alike(strata), _trend(strata, years)
    return Pooled(
        data_hash=rows.data_hash,
        assumptions=(Message(N_("The share behind a school's results was the same each year.")),),
        diagnostics=_diagnostics(units, years, p_alike, p_trend),
        tables=(_table(units),),
        units=units,
        years=years,
        p_alike=p_alike,
        p_trend=p_trend,
    )


Stratum = tuple[str, tuple[str, ...], Floats, Floats]


def _must_be_few(years: Sequence[str]) -> None:
    if not FEWEST <= len(years) <= MOST:
        raise YearsNotThreeToFive(
            Message(
                N_("Three to five years can be taken together, and here are %(n)s: %(years)s"),
                {"n": len(years), "years": listed(years[:10]) or "—"},
            ),
            why=Message(
                N_("Fewer tell little more than one, and over more a school becomes another.")
            ),
            next_step=Message(N_("Keep the rows of three, four or five years.")),
        )


def _must_be_counts(counts: Floats, sizes: Floats) -> None:
    wrong = (
        (counts < 0) | (counts > sizes) | (counts != np.rint(counts)) | (sizes != np.rint(sizes))
    )
    if wrong.any():
        raise not_a_count(float(counts[np.argmax(wrong)]))


def _strata(rows: Rows, counts: Floats, sizes: Floats) -> list[Stratum]:
    """By unit its years, counts and sizes; years without pupils left out."""
    found: dict[str, list[int]] = {}
    for place, (name, _) in enumerate(rows.labels):
        if sizes[place] > 0:
            found.setdefault(name, []).append(place)
    return [
        (name, tuple(rows.labels[place][1] for place in at), counts[at], sizes[at])
        for name, at in found.items()
    ]


def _unit(
    name: str, years: tuple[str, ...], counts: Floats, sizes: Floats, level: float
) -> PooledUnit:
    count, of = int(counts.sum()), int(sizes.sum())
    told = wilson(count, of, level=level)
    low, high = float(told.low or 0.0), float(told.high or 0.0)
    return PooledUnit(name, years, count, of, told.estimate, low, high, _p_alike(counts, sizes))


def _p_alike(counts: Floats, sizes: Floats) -> float | None:
    """P of Pearson's X² given the total; None where there is nothing to compare."""
    count, of = counts.sum(), sizes.sum()
    if len(counts) < 2 or count in (0, of):
        return None
    seen = float(_pearson(counts, sizes, count, of))
    if sizes.min() * min(count, of - count) / of >= SPARSE:
        return float(stats.chi2.sf(seen, len(counts) - 1))
    rng = np.random.default_rng([int(value) for value in (*counts, *sizes)])
    drawn = rng.multivariate_hypergeometric(sizes.astype(np.int64), int(count), size=DRAWS)
    as_far = _pearson(drawn.astype(float), sizes, count, of) >= seen * (1 - 1e-9)
    return float((1 + as_far.sum()) / (1 + DRAWS))


def _pearson(counts: Floats, sizes: Floats, count: float, of: float) -> Floats:
    """Σ (x - np)² / np(1-p) over the last axis."""
    share = count / of
    squares = (counts - sizes * share) ** 2 / (sizes * share * (1 - share))
    return np.asarray(squares.sum(axis=-1))


def _all_alike(strata: Sequence[Stratum]) -> float | None:
    """P of the sum of every unit's X², scaled to its expectation given the totals."""
    seen, freedom = 0.0, 0
    for _, _, counts, sizes in strata:
        count, of = counts.sum(), sizes.sum()
        if len(counts) > 1 and 0 < count < of:
            seen += float(_pearson(counts, sizes, count, of)) * (of - 1) / of
            freedom += len(counts) - 1
    return float(stats.chi2.sf(seen, freedom)) if freedom else None


def _trend(strata: Sequence[Stratum], years: Sequence[str]) -> float | None:
    """P of a trend over the order of the years that units have in common, given their totals."""
    place = {year: float(k) for k, year in enumerate(years)}
    beyond, spread = 0.0, 0.0
    for _, own, counts, sizes in strata:
        count, of = counts.sum(), sizes.sum()
        if of < 2:
            continue
        score = np.array([place[year] for year in own])
        mean = score @ sizes / of
        beyond += float(counts @ (score - mean))
        share = count / of
        spread += float(share * (1 - share) * of / (of - 1) * (sizes @ (score - mean) ** 2))
    return float(2 * stats.norm.sf(abs(beyond) / spread**0.5)) if spread > 0 else None


def _diagnostics(
    units: Sequence[PooledUnit], years: Sequence[str], p_alike: float | None, p_trend: float | None
) -> tuple[Diagnostic, ...]:
    missing = sum(len(unit.years) < len(years) for unit in units)
    return (
        Diagnostic(
            "alike", _said_alike(p_alike), passed=None if p_alike is None else p_alike >= 0.05
        ),
        Diagnostic(
            "trend", _said_trend(p_trend), passed=None if p_trend is None else p_trend >= 0.05
        ),
        Diagnostic(
            "years",
            Message(N_("Schools without figures for some of the years: %(n)s."), {"n": missing}),
            passed=None,
        ),
    )


def _said_alike(p: float | None) -> Message:
    if p is None:
        return Message(N_("Whether the years are alike cannot be told."))
    if p >= 0.05:
        return Message(
            N_("Schools' years differ no more than chance alone would make them (p %(p)s)."),
            {"p": chance(p)},
        )
    return Message(
        N_(
            "Schools' years differ by more than chance (p %(p)s): the figure is a mean of unlike "
            "years."
        ),
        {"p": chance(p)},
    )


def _said_trend(p: float | None) -> Message:
    if p is None:
        return Message(N_("Whether there is a trend cannot be told."))
    if p >= 0.05:
        return Message(N_("No trend over the years is seen (p %(p)s)."), {"p": chance(p)})
    return Message(
        N_("There is a trend over the years (p %(p)s), which a figure of all of them hides."),
        {"p": chance(p)},
    )


def _table(units: Sequence[PooledUnit]) -> Table:
    rows = tuple(
        (
            unit.unit,
            listed(unit.years),
            unit.count,
            unit.of,
            percent(unit.share),
            percent(unit.low),
            percent(unit.high),
            unit.p_alike,
        )
        for unit in units
    )
    return Table("pooled", COLUMNS, rows)
