"""What schools need as arrays: pupils, free school meals, support category; prices nothing."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from clusterwork.formation.instance import School

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Needs:
    """For n schools, each array (n + 1,) with a last entry of nobody.

    pupils: on roll, the mean where not known, 0 last. fsm: shares 0 to 1; roll: pupils;
    support: category; these three NaN where not known. fsm_all: everybody's share by pupils;
    roll_all, support_all: means of the schools where known; NaN where none is.
    """

    pupils: Floats
    fsm: Floats
    fsm_all: float
    roll: Floats
    roll_all: float
    support: Floats
    support_all: float


def needs_of(schools: Sequence[School]) -> Needs:
    """The arrays for these schools."""
    roll = _known(school.pupils for school in schools)
    fsm = _known(school.fsm_share for school in schools)
    support = _known(school.support for school in schools)
    roll_all = _mean(roll)
    pupils = np.where(np.isnan(roll), 1.0 if math.isnan(roll_all) else roll_all, roll)
    pupils[-1] = 0.0
    return Needs(pupils, fsm, _share(pupils, fsm), roll, roll_all, support, _mean(support))


def _known(values: Iterable[float | None]) -> Floats:
    return np.array([*(math.nan if v is None else v for v in values), math.nan], dtype=float)


def _mean(values: Floats) -> float:
    known = values[~np.isnan(values)]
    return float(known.mean()) if len(known) else math.nan


def _share(pupils: Floats, fsm: Floats) -> float:
    """Everybody's share of free school meals by pupils, NaN where none is known."""
    given = ~np.isnan(fsm)
    total = pupils[given].sum()
    return float((pupils[given] * fsm[given]).sum() / total) if total > 0 else math.nan
