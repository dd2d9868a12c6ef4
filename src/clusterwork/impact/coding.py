"""Numbers as places among the different ones, by counting where that is quicker than sorting."""

from __future__ import annotations

from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

Number = TypeVar("Number", np.float64, np.int64)
SPARSE = 20
"""Counting takes as many cells as the numbers reach; with more a number, sorting is quicker."""


def coded(values: NDArray[Number]) -> tuple[NDArray[np.int64], NDArray[Number]]:
    """Each value's place among the different ones, and these, sorted; none may be infinite."""
    if not len(values):
        return np.zeros(0, np.int64), values
    if values.dtype.kind == "i":
        values = values.astype(np.int64, copy=False)
    first = values.min()
    reach = int(values.max()) - int(first) + 1
    if reach > SPARSE * len(values) or not _whole(values):
        different, codes = np.unique(values, return_inverse=True)
        return codes.astype(np.int64, copy=False), different
    offsets = (values - first).astype(np.int64, copy=False)
    there = np.zeros(reach, dtype=bool)
    there[offsets] = True
    return (np.cumsum(there) - 1)[offsets], np.flatnonzero(there).astype(values.dtype) + first


def _whole(values: NDArray[Number]) -> bool:
    return values.dtype.kind in "iu" or np.array_equal(values, np.rint(values))
