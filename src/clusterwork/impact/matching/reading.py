"""From rows in any frame to units in the order of their ids; which column says what."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

import narwhals as nw
import numpy as np
from numpy.typing import NDArray

from clusterwork.impact.frames import covariate, framed, must_have, number
from clusterwork.impact.matching.missing import must_be_finite, must_be_whole
from clusterwork.kernel.errors import Problem
from clusterwork.kernel.messages import N_, Message

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]
Missing = Literal["refuse", "leave_out"]


class UnitsTwice(Problem):
    """A unit stands in several rows, or a row has none."""


class NotYesOrNo(Problem):
    """The column of who takes part holds something other than yes and no."""


@dataclass(frozen=True, eq=False)
class Units:
    """Units sorted by id (as numbers where all ids are whole numbers), so that row order is lost.

    values: N x m, in the units of the columns. names: m; a category's is "column: category".
    blocks: m numbers; columns of one number are shares of one mix and count as one covariate.
    treated: N; all False where nobody takes part. cells: N numbers of the exact values.
    clusters: N numbers; a unit without a cluster has one of its own.
    """

    ids: tuple[str, ...]
    values: Floats
    names: tuple[str, ...]
    blocks: Ints
    treated: Bools
    cells: Ints
    clusters: Ints
    has_clusters: bool
    left_out: tuple[str, ...] = ()

    def only(self, keep: Bools) -> Units:
        """The units where `keep`; the rest is counted among those left out."""
        return replace(
            self,
            ids=tuple(unit for unit, kept in zip(self.ids, keep, strict=True) if kept),
            values=self.values[keep],
            treated=self.treated[keep],
            cells=self.cells[keep],
            clusters=self.clusters[keep],
            left_out=tuple(unit for unit, kept in zip(self.ids, keep, strict=True) if not kept),
        )

    @property
    def data_hash(self) -> str:
        """SHA-256 of ids, names and values; the order of rows makes no difference."""
        told = hashlib.sha256(repr((self.ids, self.names, self.left_out)).encode())
        for part in (self.values + 0.0, self.treated, self.cells, self.clusters):
            told.update(np.ascontiguousarray(part).tobytes())
        return told.hexdigest()


Covariates = Sequence[str | Sequence[str]]


def units_of(
    data: object,
    *,
    unit: str,
    covariates: Covariates,
    treated: str | None = None,
    exact: Sequence[str] = (),
    cluster: str | None = None,
    missing: Missing = "refuse",
) -> Units:
    """The units of a frame.

    covariates: names; several names in one tuple are the shares of one mix. A column of texts is a
    mix of its categories. missing: "refuse", or "leave_out" units without a value (also of
    `treated` or `exact`).

    Raises NoSuchColumn, NotNumbers, TooManyCategories, UnitsTwice, ValuesMissing, ValuesInfinite,
    NotYesOrNo.
    """
    frame = framed(data)
    flat = [name for each in covariates for name in _names(each)]
    keys = [name for name in (unit, *exact, cluster) if name]
    must_have(frame, [*keys, *flat, *([treated] if treated else [])])
    columns = [_column(frame, each, block) for block, each in enumerate(covariates)]
    kinds = [name for each in columns if not each.numbers for name in each.names]
    rows = _collected(frame, [*keys, *kinds], _numbers(frame, columns, treated))
    order, ids = _sorted_ids(rows.texts[unit], unit)
    units = _put_together(rows, columns, order, ids, treated, exact, cluster)
    return _without_missing(units, rows, order, [*exact], treated, missing)


def _names(each: str | Sequence[str]) -> tuple[str, ...]:
    return (each,) if isinstance(each, str) else tuple(each)


@dataclass(frozen=True)
class _Column:
    """A covariate: numbers by expressions, or a column of texts."""

    block: int
    names: tuple[str, ...]
    numbers: tuple[nw.Expr, ...]


def _column(frame: Any, each: str | Sequence[str], block: int) -> _Column:
    names = _names(each)
    if isinstance(each, str):
        terms = covariate(frame, each)
        if len(terms) != 1 or terms[0].category is not None:
            return _Column(block, names, ())
    return _Column(block, names, tuple(number(frame, name).expression() for name in names))


@dataclass(frozen=True)
class _Rows:
    texts: dict[str, list[str | None]]
    numbers: dict[str, Floats]


def _collected(frame: Any, texts: Sequence[str], numbers: dict[str, nw.Expr]) -> _Rows:
    """Numbers as floats (missing as not-a-number), keys and categories as texts."""
    texts = list(dict.fromkeys(texts))
    got = (
        frame.lazy()
        .select(
            *(expr.alias(f"_number_{place}") for place, expr in enumerate(numbers.values())),
            *(nw.col(name).alias(f"_text_{place}") for place, name in enumerate(texts)),
        )
        .collect()
    )
    return _Rows(
        {
            name: [text_of(value) for value in got[f"_text_{place}"].to_list()]
            for place, name in enumerate(texts)
        },
        {
            name: np.array(got[f"_number_{place}"].to_numpy(), dtype=np.float64)
            for place, name in enumerate(numbers)
        },
    )


def _numbers(frame: Any, columns: Sequence[_Column], treated: str | None) -> dict[str, nw.Expr]:
    """By name the columns that are read as numbers."""
    numbers = {
        name: expr for each in columns for name, expr in zip(each.names, each.numbers, strict=False)
    }
    if treated is not None:
        numbers[treated] = number(frame, treated).expression()
    return numbers


def text_of(value: object) -> str | None:
    """A key as text, whole numbers without a point; None where nothing stands."""
    if value is None or value != value or value == "":
        return None
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


def _sorted_ids(ids: Sequence[str | None], unit: str) -> tuple[Ints, tuple[str, ...]]:
    """Where each unit stands in the rows, in the order of ids."""
    known = [each for each in ids if each is not None]
    twice = len(ids) - len(set(known))
    if twice:
        raise UnitsTwice(
            Message(N_("Each unit needs one row and an id of its own: %(name)s"), {"name": unit}),
            why=Message(N_("Rows without an id or with one that came before: %(n)s"), {"n": twice}),
            next_step=Message(N_("Keep one row a unit, for instance those of one year.")),
        )
    numeric = all(each.isdecimal() for each in known)
    order = sorted(
        range(len(known)), key=lambda row: (int(known[row]) if numeric else 0, known[row])
    )
    return np.array(order, dtype=np.int64), tuple(known[row] for row in order)


def _put_together(
    rows: _Rows,
    columns: Sequence[_Column],
    order: Ints,
    ids: tuple[str, ...],
    treated: str | None,
    exact: Sequence[str],
    cluster: str | None,
) -> Units:
    parts = [_values(rows, each) for each in columns]
    names = tuple(name for names, _ in parts for name in names)
    values = np.column_stack([np.zeros((len(ids), 0)), *(part for _, part in parts)])[order]
    blocks = np.repeat([each.block for each in columns], [part.shape[1] for _, part in parts])
    took = rows.numbers[treated][order] if treated else np.zeros(len(ids))
    return Units(
        ids,
        values,
        names,
        blocks.astype(np.int64),
        _yes_or_no(took, treated or ""),
        _numbered([tuple(rows.texts[name][row] for name in exact) for row in order]),
        _clusters(rows, order, cluster),
        cluster is not None,
    )


def _values(rows: _Rows, column: _Column) -> tuple[tuple[str, ...], Floats]:
    """The columns of one covariate; one a category for texts, also the first."""
    if column.numbers:
        return column.names, np.column_stack([rows.numbers[name] for name in column.names])
    texts = rows.texts[column.names[0]]
    kinds = sorted({text for text in texts if text is not None})
    values = np.array([[text == kind for kind in kinds] for text in texts], dtype=np.float64)
    values = values.reshape(len(texts), len(kinds))
    values[[text is None for text in texts]] = np.nan
    return tuple(f"{column.names[0]}: {kind}" for kind in kinds), values


def _yes_or_no(took: Floats, name: str) -> Bools:
    strange = took[~np.isnan(took) & (took != 0.0) & (took != 1.0)]
    if len(strange):
        raise NotYesOrNo(
            Message(N_("The column has to hold 0 and 1 only: %(name)s"), {"name": name}),
            why=Message(N_("It also holds: %(value)s"), {"value": f"{strange[0]:g}"}),
            next_step=Message(N_("Write 1 for those who take part and 0 for all others.")),
        )
    taken: Bools = took == 1.0
    return taken


def _clusters(rows: _Rows, order: Ints, cluster: str | None) -> Ints:
    if cluster is None:
        return np.arange(len(order))
    texts = rows.texts[cluster]
    return _numbered(
        [(texts[row], None) if texts[row] is not None else (None, str(row)) for row in order]
    )


def _numbered(keys: Sequence[tuple[str | None, ...]]) -> Ints:
    """Numbers from 0 in the order of first appearance."""
    seen: dict[tuple[str | None, ...], int] = {}
    return np.array([seen.setdefault(key, len(seen)) for key in keys], dtype=np.int64)


def _without_missing(
    units: Units,
    rows: _Rows,
    order: Ints,
    exact: Sequence[str],
    treated: str | None,
    missing: Missing,
) -> Units:
    """Only units with every value; raises ValuesInfinite, and ValuesMissing where asked to."""
    must_be_finite(units.names, units.values)
    lacking = {name: np.isnan(units.values[:, place]) for place, name in enumerate(units.names)} | {
        name: np.array([rows.texts[name][row] is None for row in order], dtype=bool)
        for name in exact
    }
    if treated is not None:
        lacking[treated] = np.isnan(rows.numbers[treated][order])
    lost = np.any([*lacking.values()], axis=0) if lacking else np.zeros(len(order), dtype=bool)
    if missing == "refuse":
        must_be_whole(lacking, int(lost.sum()))
    return units.only(~lost)
