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


class NotCells(Problem):
    """The text holds no statistics."""


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
    """The statistics again; raises NotCells where the text is something else or was damaged."""
    try:
        told = json.loads(text)
        if told["format"] != FORMAT:
            raise _not_cells(str(told["format"])[:40])
        return _checked(_read(told))
    except (KeyError, TypeError, ValueError, IndexError) as exc:
        raise _not_cells(str(exc)[:80]) from exc


def _read(told: dict[str, Any]) -> Cells:
    columns = Columns(
        tuple(told["covariates"]),
        told["outcome"],
        tuple(told["levels"]),
        told["slope"],
        tuple(float(value) for value in told["constants"]),
    )
    groups = sorted(told["groups"], key=lambda group: tuple(group["key"]))
    return Cells(
        columns,
        tuple(tuple(map(str, group["key"])) for group in groups),
        _matrix([group["sums"] for group in groups], columns.width),
        _matrix([group["slopes"] for group in groups], columns.width if columns.slope else 0),
        _matrix(told["products"], columns.width),
        int(told["missing"]),
    )


def _matrix(rows: list[list[float]], width: int) -> NDArray[np.float64]:
    return np.array(rows, dtype=float).reshape(len(rows), width)


def _checked(cells: Cells) -> Cells:
    """Refuses statistics whose parts contradict each other."""
    counted = cells.sums[:, 0].sum()
    finite = np.isfinite(cells.sums).all() and np.isfinite(cells.products).all()
    if not finite or len(set(cells.keys)) < len(cells.keys) or round(counted) != cells.n:
        raise ValueError("the counts of the groups are not those of the whole")
    return cells


def _not_cells(reason: str) -> NotCells:
    return NotCells(
        Message(N_("This file holds no statistics of pupils.")),
        why=Message(N_("Reading it stopped at: %(reason)s"), {"reason": reason}),
        next_step=Message(N_("Make it with the command: clusterwork impact cells")),
    )
