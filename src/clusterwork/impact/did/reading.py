"""From any frame to columns of numbers and codes; nothing is reshaped here."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import narwhals as nw
import numpy as np
from numpy.typing import NDArray

from clusterwork.impact.coding import coded
from clusterwork.impact.did.panel import Floats, Ints
from clusterwork.impact.frames import (
    Frame,
    Term,
    covariate,
    framed,
    infinite_values,
    must_have,
    number,
)
from clusterwork.impact.written import labelled
from clusterwork.kernel.errors import Problem
from clusterwork.kernel.messages import N_, Message


class NoLabel(Problem):
    """A row does not say which unit, time or cluster it belongs to."""


class WeightsNotUsable(Problem):
    """A weight is below zero or not there."""


@dataclass(frozen=True)
class Rows:
    """N rows: places of units, clusters and times among their sorted labels, and numbers.

    start: infinite for never. outcome: NaN where there is no figure. covariates: N x p.
    """

    unit: Ints
    units: tuple[str, ...]
    cluster: Ints
    clusters: tuple[str, ...]
    time: Ints
    times: Floats
    start: Floats
    outcome: Floats
    weight: Floats | None
    covariates: Floats
    names: tuple[str, ...]


def rows_of(
    data: object,
    *,
    outcome: str,
    unit: str,
    time: str,
    start: str,
    cluster: str,
    covariates: Sequence[str] = (),
    weights: str | None = None,
) -> Rows:
    """The columns of a panel, one row a unit and time.

    data: any frame. start: the time from which the unit is treated; 0, empty, NaN or infinite for
    never. Codes such as SUPP in the outcome or a covariate are no figure.
    Raises NoSuchColumn, NotNumbers, TooManyCategories, InfiniteValues, NoLabel, WeightsNotUsable.
    """
    frame = framed(data)
    others = [weights] if weights is not None else []
    must_have(frame, [outcome, unit, time, start, cluster, *covariates, *others])
    terms = tuple(term for name in covariates for term in covariate(frame, name))
    wanted = [nw.col(unit).alias("u"), nw.col(cluster).alias("c"), _start(frame, start).alias("s")]
    wanted += [_value(number(frame, outcome), "y"), _value(number(frame, time), "t")]
    wanted += [_value(number(frame, name), "w") for name in others]
    wanted += [_value(term, f"x{place}") for place, term in enumerate(terms)]
    table = frame.lazy().select(*wanted).collect()
    codes, labels = _coded(table["u"], unit)
    owned = (codes, labels) if cluster == unit else _coded(table["c"], cluster)
    return Rows(
        codes,
        labels,
        *owned,
        *coded(_known(_numbers(table["t"]), time)),
        _never_infinite(_numbers(table["s"])),
        _finite(_numbers(table["y"]), outcome),
        _weights(table, weights),
        _covariates(table, terms),
        tuple(term.name for term in terms),
    )


def _value(term: Term, name: str) -> nw.Expr:
    return term.expression().alias(name)


def _start(frame: Frame, name: str) -> nw.Expr:
    """The start as a number; a column without any entry says that nobody starts."""
    kind = frame.collect_schema()[name]
    if not (kind.is_numeric() or kind == nw.Boolean):
        any_there = frame.lazy().select(nw.col(name).is_null().all().alias("none")).collect()
        if bool(any_there["none"].item()):
            return nw.col(name).cast(nw.String).cast(nw.Float64)
    return number(frame, name).expression()


def _numbers(column: nw.Series[Any]) -> Floats:
    """The numbers of a column, NaN for nothing."""
    return np.array(column.to_numpy(), dtype=np.float64)


def _covariates(table: nw.DataFrame[Any], terms: Sequence[Term]) -> Floats:
    columns = [
        _finite(_numbers(table[f"x{place}"]), term.source) for place, term in enumerate(terms)
    ]
    return np.column_stack(columns) if columns else np.zeros((len(table), 0))


def _weights(table: nw.DataFrame[Any], name: str | None) -> Floats | None:
    if name is None:
        return None
    values = _finite(_numbers(table["w"]), name)
    if np.isnan(values).any() or (values < 0.0).any() or not (values > 0.0).any():
        raise WeightsNotUsable(
            Message(N_("The weights cannot be used: %(name)s"), {"name": name}),
            why=Message(N_("Some are missing or below zero, or all are zero.")),
            next_step=Message(N_("Give every row a weight of zero or more.")),
        )
    return values


def _never_infinite(start: Floats) -> Floats:
    """Starts with every way of writing never as infinite."""
    return np.where(np.isfinite(start) & (start != 0.0), start, np.inf)


def _finite(values: Floats, name: str) -> Floats:
    if np.isinf(values).any():
        raise infinite_values(name)
    return values


def _known(values: Floats, name: str) -> Floats:
    missing = int((~np.isfinite(values)).sum())
    if missing:
        raise _no_label(name, missing)
    return values


def _coded(column: nw.Series[Any], name: str) -> tuple[Ints, tuple[str, ...]]:
    """Each row's place among the sorted labels, and the labels; raises NoLabel."""
    kind = column.dtype
    if kind.is_numeric():
        if _whole(column):
            codes, whole = coded(np.array(column.to_numpy(), dtype=np.int64))
            return codes, _labels(whole)
        codes, values = coded(_known(_numbers(column), name))
        return codes, _labels(values)
    texts = column.cast(nw.String)
    missing = int(texts.is_null().sum())
    if missing:
        raise _no_label(name, missing)
    rows = texts.to_list()
    labels = sorted(dict.fromkeys(rows))
    place = {label: count for count, label in enumerate(labels)}
    return np.fromiter(map(place.__getitem__, rows), np.int64, len(rows)), tuple(labels)


def _whole(column: nw.Series[Any]) -> bool:
    """Whether a column holds whole numbers only, which may be too long for a float."""
    return column.dtype.is_integer() and not bool(column.is_null().any())


def _labels(values: NDArray[Any]) -> tuple[str, ...]:
    if values.dtype.kind != "f":
        return tuple(map(str, values.tolist()))
    return tuple(map(labelled, values.tolist()))


def _no_label(name: str, missing: int) -> NoLabel:
    return NoLabel(
        Message(
            N_("Rows without an entry in this column: %(count)s. Column: %(name)s"),
            {"count": missing, "name": name},
        ),
        why=Message(N_("Each row has to say which unit, time and cluster it belongs to.")),
        next_step=Message(
            N_(
                "Fill the column or take these rows out. A unit that is in no cluster is a cluster "
                "of its own: write its own number there."
            )
        ),
    )
