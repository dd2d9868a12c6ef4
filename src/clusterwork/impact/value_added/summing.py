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
class Part:
    """Of some rows: a frame of group sums, the cross-product, and rows left out.

    groups: the levels, the count `n`, the sums `sv0`, ..., and with a slope those of slope times
    each value, `tv0`, ...
    """

    groups: nw.DataFrame[Any]
    products: Floats
    missing: int


def part_of(batch: Frame, design: Design) -> Part:
    """The sums of one batch of rows; a frame of another engine is summed there."""
    values = (value.fill_nan(None) for value in design.values())
    rows = batch.select(*design.columns.levels, *values)
    if isinstance(rows, nw.LazyFrame):
        return _part_there(rows, rows.drop_nulls(), design)
    whole = rows.drop_nulls()
    return _part_here(whole, len(rows) - len(whole), design)


def merged(parts: Sequence[Part], design: Design) -> Part:
    """All parts as one, each group once."""
    if len(parts) == 1:
        return parts[0]
    levels = list(design.columns.levels)
    groups = nw.concat([part.groups for part in parts])
    others = [name for name in groups.columns if name not in levels]
    return Part(
        groups.group_by(*levels).agg(*(nw.col(name).sum() for name in others)),
        np.sum([part.products for part in parts], axis=0),
        sum(part.missing for part in parts),
    )


def _part_here(whole: nw.DataFrame[Any], missing: int, design: Design) -> Part:
    """Cross-products by matrix multiplication; sums by counting where keys are whole numbers."""
    values = np.asarray(whole.select(*design.names).to_numpy(), dtype=np.float64)
    if all(whole[level].dtype.is_integer() for level in design.columns.levels):
        groups = _by_codes(whole, values, design)
    else:
        groups = _by_engine(whole, design)
    return Part(groups, _with_counts(values.T @ values, values.sum(axis=0), len(values)), missing)


def _by_codes(whole: nw.DataFrame[Any], values: Floats, design: Design) -> nw.DataFrame[Any]:
    """Group sums without hashing: keys of whole numbers are places already."""
    levels = design.columns.levels
    codes, keys = nested([whole[level].to_numpy() for level in levels])
    told: dict[str, NDArray[Any]] = dict(zip(levels, keys, strict=True))
    told["n"] = np.bincount(codes)
    for place, name in enumerate(design.names):
        told[f"s{name}"] = np.bincount(codes, values[:, place])
    if design.slope is not None:
        slope = values[:, design.slope]
        for place, name in enumerate(design.names):
            told[f"t{name}"] = np.bincount(codes, slope * values[:, place])
    return nw.from_dict(told, backend=whole.implementation)


def nested(keys: Sequence[NDArray[Any]]) -> tuple[Integers, list[NDArray[Any]]]:
    """Each row's group by all of its keys, outermost first; and the keys of each group.

    Where every key of the lowest level stands in one group of each level above, as it should, it
    tells the group alone.
    """
    codes, lowest = coded(keys[-1])
    places = _a_row_of_each(codes, len(lowest))
    if all(np.array_equal(key[places][codes], key) for key in keys[:-1]):
        return codes, [key[places] for key in keys]
    for key in reversed(keys[:-1]):
        outer, different = coded(key)
        codes, _ = coded(codes * len(different) + outer)
    places = _a_row_of_each(codes, int(codes.max()) + 1)
    return codes, [key[places] for key in keys]


def _a_row_of_each(codes: Integers, groups: int) -> Integers:
    rows = np.zeros(groups, dtype=np.int64)
    rows[codes] = np.arange(len(codes))
    return rows


def _by_engine(whole: nw.DataFrame[Any], design: Design) -> nw.DataFrame[Any]:
    """Group sums by the frame's own engine."""
    times_slope = whole.with_columns(*_times_slope(design))
    return times_slope.group_by(*design.columns.levels).agg(*_sums(design))


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
    return Part(groups.drop([f"p{i}_{j}" for i, j in pairs]), products, every - n)


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
