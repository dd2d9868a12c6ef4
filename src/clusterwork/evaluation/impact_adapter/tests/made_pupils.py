"""Invented pupils, as rows and as the statistics that the command line makes of them."""

from __future__ import annotations

import random
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import polars as pl

from clusterwork.impact.value_added import cells_of, fit_cells
from clusterwork.impact.value_added.storing import (
    CutShort,
    NotCells,
    NotFinite,
    OtherFormat,
    from_json,
    to_json,
)

CONSTANTS = {"ks1": 15.0, "fsm": 0.2, "ks2": 100.0}


def rows(
    schools: Sequence[str] = (), *, sizes: Sequence[int] = (), seed: int = 1
) -> list[dict[str, Any]]:
    """One row a pupil; schools of the sizes, the first half in one authority."""
    drawn = random.Random(seed)
    sizes = sizes or [12] * 11 + [3]
    names = schools or [str(900_000 + number) for number in range(len(sizes))]
    found = []
    for place, (name, size) in enumerate(zip(names, sizes, strict=True)):
        school = drawn.gauss(0, 3)
        for _ in range(size):
            ks1, fsm = drawn.gauss(15, 3), int(drawn.random() < 0.2)
            ks2 = 100 + 1.5 * (ks1 - 15) - 2 * fsm + school + drawn.gauss(0, 5)
            authority = "925" if place < len(sizes) / 2 else "926"
            found.append(
                {"authority": authority, "school": name, "ks1": ks1, "fsm": fsm, "ks2": ks2}
            )
    return found


def cells_text(
    pupils: list[dict[str, Any]] | None = None,
    *,
    covariates: Sequence[str] = ("ks1", "fsm"),
    **other: Any,
) -> str:
    """What `clusterwork impact cells` writes of the rows."""
    made = cells_of(
        pl.DataFrame(pupils or rows()),
        outcome="ks2",
        covariates=list(covariates),
        levels=["authority", "school"],
        **{"constants": CONSTANTS, **other},
    )
    return to_json(made)


def write_pupils(path: Path, pupils: list[dict[str, Any]]) -> None:
    """The rows as the file that an authority holds."""
    pl.DataFrame(pupils).write_csv(path)


__all__ = [
    "CONSTANTS",
    "CutShort",
    "NotCells",
    "NotFinite",
    "OtherFormat",
    "cells_text",
    "fit_cells",
    "from_json",
    "rows",
    "write_pupils",
]
