"""Statistics as a file that can be carried to where they are added up."""

from __future__ import annotations

import json
from typing import Any

import numpy as np
from numpy.typing import NDArray

from clusterwork.impact.value_added.cells import Cells, Columns
from clusterwork.kernel.errors import Problem
from clusterwork.kernel.messages import N_, Message

FORMAT = "clusterwork-cells-1"
FAMILY = "clusterwork-cells-"
CLOSE = 1e-6


class NotCells(Problem):
    """The text holds no statistics, or has been damaged."""


class OtherFormat(NotCells):
    """The statistics were made by a version that writes them otherwise."""


class CutShort(NotCells):
    """The text ends before the statistics do."""


class NotFinite(NotCells):
    """A sum is infinite or no number."""


def to_json(cells: Cells) -> str:
    """The statistics as JSON; numbers with all their digits."""
    return json.dumps(
        {
            "format": FORMAT,
            "outcome": cells.columns.outcome,
            "covariates": cells.columns.covariates,
            "levels": cells.columns.levels,
            "slope": cells.columns.slope,
            "constants": cells.columns.constants,
            "missing": cells.missing,
            "products": cells.products.tolist(),
            "groups": [
                {"key": key, "sums": sums, "slopes": slopes}
                for key, sums, slopes in zip(
                    cells.keys, cells.sums.tolist(), cells.slopes.tolist(), strict=True
                )
            ],
        },
        ensure_ascii=False,
    )


def from_json(text: str) -> Cells:
    """The statistics again; what the text holds besides is not read.

    Raises NotCells where the text is something else, or one of its kinds: OtherFormat, CutShort,
    NotFinite.
    """
    told = _loaded(text)
    if told.get("format") != FORMAT:
        raise _other_format(str(told.get("format", ""))[:40])
    try:
        cells = _read(told)
    except (AttributeError, IndexError, KeyError, OverflowError, TypeError, ValueError) as exc:
        raise _not_cells(_reason(exc)) from exc
    _check_finite(cells)
    _check_agrees(cells)
    return cells


def _loaded(text: str) -> dict[str, Any]:
    """The text as an object."""
    try:
        told = json.loads(text)
    except (RecursionError, ValueError) as exc:
        if text.lstrip("\ufeff \t\r\n").startswith("{") and FAMILY in text[:200]:
            raise _cut_short() from exc
        raise _not_cells(_reason(exc)) from exc
    if not isinstance(told, dict):
        raise _not_cells("{")
    return told


def _read(told: dict[str, Any]) -> Cells:
    columns = Columns(
        _texts(told["covariates"]),
        str(told["outcome"]),
        _texts(told["levels"]),
        None if told["slope"] is None else str(told["slope"]),
        tuple(float(value) for value in told["constants"]),
    )
    groups = sorted(told["groups"], key=lambda group: _texts(group["key"]))
    return Cells(
        columns,
        tuple(_texts(group["key"]) for group in groups),
        _matrix([group["sums"] for group in groups], columns.width),
        _matrix([group["slopes"] for group in groups], columns.width if columns.slope else 0),
        _matrix(told["products"], columns.width),
        int(told["missing"]),
    )


def _texts(values: Any) -> tuple[str, ...]:
    if not isinstance(values, list):
        raise TypeError("a list of names")
    return tuple(str(value) for value in values)


def _matrix(rows: list[list[float]], width: int) -> NDArray[np.float64]:
    return np.array(rows, dtype=float).reshape(len(rows), width)


def _check_finite(cells: Cells) -> None:
    numbers = (cells.columns.constants, cells.sums, cells.slopes, cells.products)
    if not all(np.isfinite(each).all() for each in numbers):
        raise NotFinite(
            Message(N_("This file holds a sum that is infinite or no number.")),
            why=Message(N_("One value of a pupil was so, or the file has been changed since.")),
            next_step=Message(
                N_("Mend the column in the file of pupils and run clusterwork impact cells again.")
            ),
        )


def _check_agrees(cells: Cells) -> None:
    """Refuses statistics whose parts contradict each other."""
    columns, products = cells.columns, cells.products
    names = (*columns.covariates, columns.outcome)
    counts = cells.sums[:, 0]
    together = cells.sums.sum(axis=0)
    scale = 1.0 + np.sqrt(np.abs(np.diag(products)).max(initial=0.0) * (1.0 + cells.n))
    is_whole = (
        columns.levels != ()
        and len(columns.constants) == len(names) == len(set(names))
        and (columns.slope is None or columns.slope in columns.covariates)
        and all(len(key) == len(columns.levels) for key in cells.keys)
        and len(set(cells.keys)) == len(cells.keys)
        and products.shape == (columns.width, columns.width)
        and cells.missing >= 0
    )
    if not (
        is_whole
        and bool((counts >= 1.0).all())
        and np.array_equal(counts, np.rint(counts))
        and round(float(together[0])) == cells.n
        and np.allclose(products[0], together, rtol=CLOSE, atol=CLOSE * scale)
        and np.allclose(products, products.T, rtol=CLOSE, atol=CLOSE * scale)
    ):
        raise _not_cells("the sums of the groups are not those of the whole")


def _reason(exc: BaseException) -> str:
    return f"{type(exc).__name__}: {str(exc)[:80]}"


def _not_cells(reason: str) -> NotCells:
    return NotCells(
        Message(N_("This file holds no statistics of pupils.")),
        why=Message(N_("Reading it stopped at: %(reason)s"), {"reason": reason}),
        next_step=Message(N_("Make it with the command: clusterwork impact cells")),
    )


def _other_format(found: str) -> NotCells:
    if not found.startswith(FAMILY):
        return _not_cells(found or "format")
    return OtherFormat(
        Message(N_("These statistics were made by another version of Clusterwork.")),
        why=Message(
            N_("Their form is %(found)s; this version reads %(known)s."),
            {"found": found, "known": FORMAT},
        ),
        next_step=Message(
            N_("Bring Clusterwork up to date on both machines and make the statistics again.")
        ),
    )


def _cut_short() -> CutShort:
    return CutShort(
        Message(N_("This file of statistics is damaged or ends too early.")),
        why=Message(N_("It begins as one, but it cannot be read to its end.")),
        next_step=Message(
            N_("Copy the file again from where it was made, whole, or make it again.")
        ),
    )
