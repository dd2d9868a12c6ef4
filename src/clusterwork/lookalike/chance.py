"""Draws with little variance, so that every seed gives a county of the same shape; pure numpy."""

from __future__ import annotations

from collections.abc import Sequence
from statistics import NormalDist
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

T = TypeVar("T")
Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

STREAMS = (
    "land", "stock", "groups", "history", "pupils", "figures", "standing", "partners",
)  # fmt: skip


def stream(seed: int, name: str) -> np.random.Generator:
    """The generator of one stage: a change in one stage leaves the draws of the others alone."""
    return np.random.default_rng([seed, STREAMS.index(name)])


def log_normal_sizes(rng: np.random.Generator, n: int, middle: float, spread: float) -> Floats:
    """`n` shuffled sizes, one from each n-th part of a log-normal with that median and spread."""
    where = (np.arange(n) + rng.uniform(0.05, 0.95, n)) / n
    normal = NormalDist()
    scores = np.array([normal.inv_cdf(float(part)) for part in where])
    return np.asarray(middle * np.exp(spread * rng.permutation(scores)), dtype=np.float64)


def deal(rng: np.random.Generator, n: int, shares: Sequence[tuple[T, float]]) -> list[T]:
    """`n` shuffled items in the given shares, rounded by largest remainder."""
    weights = np.array([share for _, share in shares]) / sum(share for _, share in shares)
    counts = np.floor(weights * n).astype(int)
    order = np.argsort(-(weights * n - counts), kind="stable")
    counts[order[: n - counts.sum()]] += 1
    items = [item for (item, _), count in zip(shares, counts, strict=True) for _ in range(count)]
    return [items[index] for index in rng.permutation(n)]


def logistic(score: Floats) -> Floats:
    """Scores as shares between 0 and 1."""
    return np.asarray(1.0 / (1.0 + np.exp(-score)), dtype=np.float64)
