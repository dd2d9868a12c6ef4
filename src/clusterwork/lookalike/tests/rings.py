"""A second way of asking whether a school lies within a boundary, for the tests."""

from __future__ import annotations

import numpy as np

from clusterwork.lookalike.model import School


def is_inside(school: School, ring: np.ndarray) -> bool:
    """Even-odd rule: a second route, not the generator's own test."""
    (x1, y1), (x2, y2) = ring[:-1].T, ring[1:].T
    crosses = (y1 > school.northing) != (y2 > school.northing)
    with np.errstate(divide="ignore", invalid="ignore"):
        at = x1 + (school.northing - y1) / (y2 - y1) * (x2 - x1)
    return bool((crosses & (school.easting < at)).sum() % 2)
