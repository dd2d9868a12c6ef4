"""Columns of a frame as arrays: codes left out, what is impossible refused, order of no matter."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

import narwhals as nw
import numpy as np
from numpy.typing import NDArray

from clusterwork.impact.frames import framed, must_have, number
from clusterwork.impact.refusing import nothing_left
from clusterwork.kernel.errors import Problem
from clusterwork.kernel.messages import N_, Message

Floats = NDArray[np.float64]
Label = tuple[str, ...]


class NotFinite(Problem):
    """A figure is infinite."""


class TwiceThere(Problem):
    """Two rows are about the same thing."""


@dataclass(frozen=True)
class Rows:
    """Rows with every figure, in the order of their labels.

    labels: one tuple of texts a row. values: by column. left_out: rows without a figure.
    data_hash: SHA-256 of labels and values.
    """

    labels: tuple[Label, ...]
    values: Mapping[str, Floats]
    left_out: int
    data_hash: str

    def __getitem__(self, name: str) -> Floats:
        return self.values[name]


def rows_of(
    data: object, labels: Sequence[str], numbers: Sequence[str], *, once: bool = True
) -> Rows:
    """The rows of any frame whose figures are all there.

    once: no two rows may have the same labels. Raises NotAFrame, NoSuchColumn, NotNumbers,
    NotFinite, TwiceThere, NothingLeft.
    """
    frame = framed(data)
    must_have(frame, [*labels, *numbers])
    terms = [number(frame, name) for name in numbers]
    columns = [nw.col(name).cast(nw.String).alias(f"label {name}") for name in labels]
    columns += [term.expression().alias(f"number {term.name}") for term in terms]
    held = frame.lazy().select(*columns).collect()
    texts = [held[f"label {name}"].to_list() for name in labels]
    table = np.array(
        [
            [np.nan if value is None else value for value in held[f"number {name}"].to_list()]
            for name in numbers
        ],
        dtype=np.float64,
    ).reshape(len(numbers), -1)
    return _ordered(list(zip(*texts, strict=True)), numbers, table, once)


def _ordered(labels: list[Label], numbers: Sequence[str], table: Floats, once: bool) -> Rows:
    if np.isinf(table).any():
        raise NotFinite(
            Message(N_("A figure is infinite.")),
            why=Message(N_("It was divided by zero on the way here, or is a mark for nothing.")),
            next_step=Message(N_("Leave the cell empty, or write SUPP or x.")),
        )
    complete = [
        place
        for place, label in enumerate(labels)
        if None not in label and not np.isnan(table[:, place]).any()
    ]
    if not complete:
        raise nothing_left(numbers, len(labels))
    order = sorted(complete, key=lambda place: (labels[place], table[:, place].tolist()))
    kept = tuple(labels[place] for place in order)
    if once and len(set(kept)) < len(kept):
        raise _twice_there(kept)
    values = {name: table[row, order] for row, name in enumerate(numbers)}
    return Rows(kept, values, len(labels) - len(order), _hashed(kept, values))


def _twice_there(labels: Sequence[Label]) -> TwiceThere:
    again = next(one for one, other in pairwise(labels) if one == other)
    return TwiceThere(
        Message(N_("This has more than one row: %(label)s"), {"label": " ".join(again)}),
        why=Message(N_("Its figures would be counted twice.")),
        next_step=Message(N_("Keep one row of each, or name the column that tells them apart.")),
    )


def _hashed(labels: Sequence[Label], values: Mapping[str, Floats]) -> str:
    told = repr((labels, [(name, column.tolist()) for name, column in values.items()]))
    return hashlib.sha256(told.encode()).hexdigest()
