"""Sums of pupils' rows by group, in memory or in the engine that holds them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import narwhals as nw
import numpy as np
from numpy.typing import NDArray

from clusterwork.impact.coding import coded
from clusterwork.impact.frames import Frame, Term
from clusterwork.impact.value_added.cells import Columns

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]


@dataclass(frozen=True)
class Design:
    """What is taken from each row: terms of the covariates and the outcome, keys, constants."""

    terms: tuple[Term, ...]
    columns: Columns

    def values(self) -> list[nw.Expr]:
        """Covariates and outcome less their constants, named v0, v1, ..."""
        return [
            term.expression(constant).alias(f"v{place}")
            for place, (term, constant) in enumerate(
                zip(self.terms, self.columns.constants, strict=True)
            )
        ]

    @property
    def names(self) -> list[str]:
        """The names of the values."""
        return [f"v{place}" for place in range(len(self.terms))]

    @property
    def slope(self) -> int | None:
        """The place of the slope among the values."""
        if self.columns.slope is None:
            return None
        return self.columns.covariates.index(self.columns.slope)


@dataclass(frozen=True)
class Groups:
    """J groups of the lowest level, none twice.

    keys: one array a level, outermost first. sums: K x J; the count, the sum of each value, and
    with a slope the sums of slope times each value.
    """

    keys: tuple[NDArray[Any], ...]
    sums: Floats


@dataclass(frozen=True)
class Part:
    """Of some rows: their groups, the cross-product of [1, values], and rows left out."""

    groups: Groups
    products: Floats
    missing: int


def part_of(batch: Frame, design: Design) -> Part:
    """The sums of one batch of rows; a frame of another engine is summed there."""
    if isinstance(batch, nw.DataFrame) and _by_whole_numbers(batch, design.columns.levels):
        return _part_of_numbers(batch, design)
    kinds = batch.collect_schema()
    keys = [_key(level, broken=kinds[level].is_float()) for level in design.columns.levels]
    rows = batch.select(*keys, *(value.fill_nan(None) for value in design.values()))
    if isinstance(rows, nw.LazyFrame):
        return _part_there(rows, rows.drop_nulls(), design)
    whole = rows.drop_nulls()
    return _part_here(whole, len(rows) - len(whole), design)


def _by_whole_numbers(batch: nw.DataFrame[Any], levels: Sequence[str]) -> bool:
    """Whether every row's groups are known by whole numbers."""
    keys = [batch[level] for level in levels]
    return all(key.dtype.is_integer() and not key.null_count() for key in keys)


def _part_of_numbers(batch: nw.DataFrame[Any], design: Design) -> Part:
    """The quick way: the columns as one matrix, its gaps found and its groups counted there."""
    columns = [term.expression().alias(f"v{place}") for place, term in enumerate(design.terms)]
    table = batch.select(*columns)
    values = np.empty((len(columns), len(table)))
    for row, name, constant in zip(values, design.names, design.columns.constants, strict=True):
        np.subtract(table[name].to_numpy(), constant, out=row)
    keys = [batch[level].to_numpy() for level in design.columns.levels]
    gaps = np.isnan(values).any(axis=0)
    if gaps.any():
        values, keys = values[:, ~gaps], [key[~gaps] for key in keys]
    codes, different = grouped(keys)
    groups = Groups(different, _by_codes(codes, values, design))
    return Part(groups, _products(values.T), int(gaps.sum()))


def merged(parts: Sequence[Part]) -> Part:
    """All parts as one, each group once."""
    if len(parts) == 1:
        return parts[0]
    levels = range(len(parts[0].groups.keys))
    together = [np.concatenate([part.groups.keys[level] for part in parts]) for level in levels]
    codes, keys = grouped(together)
    sums = np.concatenate([part.groups.sums for part in parts], axis=1)
    return Part(
        Groups(keys, _added(codes, sums)),
        np.sum([part.products for part in parts], axis=0),
        sum(part.missing for part in parts),
    )


def _key(level: str, *, broken: bool) -> nw.Expr:
    """A gap in a column of whole numbers makes it one of fractions."""
    return nw.col(level).fill_nan(None) if broken else nw.col(level)


def _added(codes: Integers, rows: Sequence[Floats] | Floats) -> Floats:
    """Sums of each row of numbers by code."""
    return np.array([np.bincount(codes, row) for row in rows])


def _part_here(whole: nw.DataFrame[Any], missing: int, design: Design) -> Part:
    """Cross-products by matrix multiplication; sums by the frame's own engine."""
    values = np.asarray(whole.select(*design.names).to_numpy(), dtype=np.float64)
    return Part(_by_engine(whole, design), _products(values), missing)


def _products(values: Floats) -> Floats:
    return _with_counts(values.T @ values, values.sum(axis=0), len(values))


def _by_codes(codes: Integers, values: Floats, design: Design) -> Floats:
    """Counts and sums of K x N values by group."""
    sums = [np.bincount(codes).astype(np.float64), *_added(codes, values)]
    if design.slope is not None:
        slope = values[design.slope]
        sums += [np.bincount(codes, slope * value) for value in values]
    return np.array(sums)


def grouped(keys: Sequence[NDArray[Any]]) -> tuple[Integers, tuple[NDArray[Any], ...]]:
    """Each row's group by all of its keys, outermost first; and the keys of each group.

    Where keys are whole numbers and every one of the lowest level stands in one group of each level
    above, as it should, it tells the group alone.
    """
    if any(key.dtype.kind not in "iu" for key in keys):
        codes, groups = _by_name(keys)
    else:
        codes, groups = _by_number(keys)
    places = np.zeros(groups, dtype=np.int64)
    places[codes] = np.arange(len(codes))
    return codes, tuple(key[places] for key in keys)


def _by_name(keys: Sequence[NDArray[Any]]) -> tuple[Integers, int]:
    place: dict[tuple[object, ...], int] = {}
    rows = zip(*(key.tolist() for key in keys), strict=True)
    codes = [place.setdefault(row, len(place)) for row in rows]
    return np.array(codes, dtype=np.int64), len(place)


def _by_number(keys: Sequence[NDArray[Any]]) -> tuple[Integers, int]:
    codes, lowest = coded(keys[-1])
    places = np.zeros(len(lowest), dtype=np.int64)
    places[codes] = np.arange(len(codes))
    if all(np.array_equal(key[places][codes], key) for key in keys[:-1]):
        return codes, len(lowest)
    for key in reversed(keys[:-1]):
        outer, different = coded(key)
        codes, lowest = coded(codes * len(different) + outer)
    return codes, len(lowest)


def _by_engine(whole: nw.DataFrame[Any], design: Design) -> Groups:
    """Group sums by the frame's own engine."""
    times_slope = whole.with_columns(*_times_slope(design))
    return _groups(times_slope.group_by(*design.columns.levels).agg(*_sums(design)), design)


def _groups(told: nw.DataFrame[Any], design: Design) -> Groups:
    levels = design.columns.levels
    keys = tuple(
        told[level].to_numpy()
        if told[level].dtype.is_integer()
        else np.array(told[level].to_list(), dtype=object)
        for level in levels
    )
    names = ["n", *(f"s{name}" for name in design.names)]
    names += [f"t{name}" for name in design.names if design.slope is not None]
    return Groups(keys, np.array([told[name].to_numpy() for name in names], dtype=np.float64))


def _part_there(rows: nw.LazyFrame[Any], whole: nw.LazyFrame[Any], design: Design) -> Part:
    """Everything by one GROUP BY in the engine that holds the rows."""
    names = design.names
    pairs = [(i, j) for i in range(len(names)) for j in range(i, len(names))]
    crosses = [(nw.col(names[i]) * nw.col(names[j])).alias(f"p{i}_{j}") for i, j in pairs]
    groups = (
        whole.with_columns(*_times_slope(design), *crosses)
        .group_by(*design.columns.levels)
        .agg(*_sums(design), *(nw.col(f"p{i}_{j}").sum() for i, j in pairs))
        .collect()
    )
    every = int(rows.select(nw.len().alias("n")).collect().item())
    square = np.zeros((len(names), len(names)))
    for i, j in pairs:
        square[i, j] = square[j, i] = groups[f"p{i}_{j}"].sum()
    n = int(groups["n"].sum())
    products = _with_counts(square, np.array([groups[f"s{name}"].sum() for name in names]), n)
    return Part(_groups(groups, design), products, every - n)


def _sums(design: Design) -> list[nw.Expr]:
    """Count and sums of a group, and with a slope the sums of slope times each."""
    names = design.names
    sums = [nw.len().alias("n"), *(nw.col(name).sum().alias(f"s{name}") for name in names)]
    return sums + [nw.col(f"t{name}").sum() for name in names if design.slope is not None]


def _times_slope(design: Design) -> list[nw.Expr]:
    """Each value times the slope's, where there is one."""
    if design.slope is None:
        return []
    slope = nw.col(f"v{design.slope}")
    return [(slope * nw.col(name)).alias(f"t{name}") for name in design.names]


def _with_counts(square: Floats, sums: Floats, n: int) -> Floats:
    """The cross-product with the intercept, from that of the values."""
    products = np.empty((len(sums) + 1, len(sums) + 1))
    products[0, 0], products[0, 1:], products[1:, 0] = n, sums, sums
    products[1:, 1:] = square
    return products
