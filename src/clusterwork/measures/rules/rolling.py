"""Figures of schools put together: each school and each figure once, whatever the overlaps."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum

TO_FOUR_PLACES = 10_000
SUM, WEIGHTED = "sum", "weighted"


class By(Enum):
    """How the figures were put together."""

    SUM = "sum"
    NUMBERS = "numbers"  # each by the number that it counts
    SCHOOLS = "schools"  # every figure alike, because no number counted is known
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class Part:
    """One figure: a value, or the code that stands in its place. `key` tells it from all others."""

    key: Hashable
    value: Decimal | None
    code: str = ""
    denominator: int | None = None
    numerator: int | None = None


@dataclass(frozen=True, slots=True)
class Rolled:
    """A figure of several schools.

    `n_schools` were asked for; `n_in` have a value that is in, `n_left_out` one that is not (its
    number counted is not known while others' are, or it came too late), `n_missing` nothing at all.
    `codes` says how many schools have which code: these are neither zero nor missing. `denominator`
    is the number counted in all, None of sums and where it is not known of every value that is in.
    `keys` are the figures in it.
    """

    value: Decimal | None
    by: By
    n_schools: int
    n_in: int
    n_left_out: int
    n_missing: int
    codes: tuple[tuple[str, int], ...]
    denominator: int | None
    keys: frozenset[Hashable]


def roll_up(
    schools: Iterable[Hashable],
    figures: Mapping[Hashable, Sequence[Part]],
    way: str,
    only: Collection[Hashable] | None = None,
) -> Rolled:
    """The figure of all `schools` together; `figures` are by school.

    A school that is given twice counts once, and so does a figure that two schools share, such as
    that of the school that both came out of. `way` is one of `models.Way`. With `only` no other
    figures are in.
    """
    asked = set(schools)
    parts = {part.key: part for school in asked for part in figures.get(school, ())}
    chosen, by = _chosen(list(parts.values()), way)
    chosen = chosen if only is None else [part for part in chosen if part.key in only]
    keys = frozenset(part.key for part in chosen)
    n_in = sum(any(p.key in keys for p in figures.get(each, ())) for each in asked)
    silent = [each for each in asked if not any(p.key in keys for p in figures.get(each, ()))]
    codes, n_left_out, n_missing = _silent(silent, figures)
    return Rolled(
        _value(chosen, by),
        by,
        len(asked),
        n_in,
        n_left_out,
        n_missing,
        codes,
        None if by is By.SUM else _together(chosen),
        keys,
    )


def _chosen(parts: list[Part], way: str) -> tuple[list[Part], By]:
    """Those that can be put together, and how."""
    valued = [part for part in parts if part.value is not None]
    if way == SUM:
        return valued, By.SUM
    if way != WEIGHTED:
        return [], By.NOTHING
    counted = [part for part in valued if part.denominator is not None]
    if counted and any(part.denominator for part in counted):
        return counted, By.NUMBERS
    return valued, By.SCHOOLS


def _value(parts: list[Part], by: By) -> Decimal | None:
    """In whole ten-thousandths throughout, so that no order of adding up matters."""
    if not parts or by is By.NOTHING:
        return None
    if by is By.SUM:
        return Decimal(sum(map(_scaled, parts))) / TO_FOUR_PLACES
    if by is By.SCHOOLS:
        return Decimal(_nearest(sum(map(_scaled, parts)), len(parts))) / TO_FOUR_PLACES
    n = sum(part.denominator or 0 for part in parts)
    return Decimal(_nearest(sum(map(_weighed, parts)), n)) / TO_FOUR_PLACES


def _nearest(total: int, n: int) -> int:
    return (2 * total + n) // (2 * n)


def _scaled(part: Part) -> int:
    return int((part.value or 0) * TO_FOUR_PLACES)


def _weighed(part: Part) -> int:
    """The value times the number counted. Of a percentage whose counts say the same, unrounded."""
    n = part.denominator or 0
    told = _scaled(part) * n
    if part.numerator is None:
        return told
    exact = 100 * part.numerator * TO_FOUR_PLACES
    return exact if abs(exact - told) * 2 <= n * TO_FOUR_PLACES else told


def _together(parts: list[Part]) -> int | None:
    known = [part.denominator for part in parts if part.denominator is not None]
    return sum(known) if parts and len(known) == len(parts) else None


def _silent(
    schools: Iterable[Hashable], figures: Mapping[Hashable, Sequence[Part]]
) -> tuple[tuple[tuple[str, int], ...], int, int]:
    """Of schools without a value that is in: their codes, how many have a value, or nothing."""
    codes: Counter[str] = Counter()
    n_left_out = n_missing = 0
    for school in schools:
        parts = figures.get(school, ())
        if any(part.value is not None for part in parts):
            n_left_out += 1
        elif parts:
            codes[min(part.code for part in parts)] += 1
        else:
            n_missing += 1
    return tuple(sorted(codes.items())), n_left_out, n_missing
