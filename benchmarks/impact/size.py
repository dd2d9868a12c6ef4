"""How often the default finds an effect where there is none, and where there is one.

`python -m benchmarks.impact.size`: invented clusters with a shock by cluster and year; beside the
default the errors by school that an ordinary regression gives, and errors by cluster read from the
normal distribution.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from benchmarks.impact.shocks import BEFORE, Drawn, World, drawn
from clusterwork.impact.choose import Method, estimated, method_for, ready_wild
from clusterwork.impact.few.changes import Changes
from clusterwork.impact.few.randomising import randomised

Floats = NDArray[np.float64]
DESIGNS = ((6, 3), (8, 4), (8, 1), (12, 2), (12, 6), (20, 10), (40, 3), (40, 20))
BETWEEN = ((10, 5), (12, 4), (16, 4), (24, 12), (40, 4), (40, 8), (40, 12), (12, 10))
AT, MOST, NORMAL = 0.05, 0.075, 1.959964


@dataclass(frozen=True)
class Row:
    """Shares of repetitions that reject, by method and without and with an effect."""

    clusters: int
    treated: int
    method: Method
    default: tuple[float, float]
    by_school: tuple[float, float]
    by_cluster: tuple[float, float]
    seconds: float

    @property
    def holds(self) -> bool:
        """Whether true nulls are rejected at most as often as is promised."""
        return self.default[0] <= MOST


def main(words: Sequence[str] | None = None) -> None:
    """Print the table."""
    asked = arguments(words)
    designs = (*DESIGNS, *BETWEEN) if asked.between else DESIGNS
    world = World(shock=asked.shock, stays=asked.stays)
    rows = [measured(*each, asked.repetitions, asked.effect, asked.seed, world) for each in designs]
    print(f"{asked.repetitions:,} repetitions, effect {asked.effect:g}, {world}")
    print(shown(rows))


def arguments(words: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.impact.size", description=__doc__)
    parser.add_argument("--repetitions", type=int, default=2_000)
    parser.add_argument("--effect", type=float, default=0.2, help="in standard deviations")
    parser.add_argument("--shock", type=float, default=World.shock)
    parser.add_argument("--stays", type=float, default=World.stays)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--between", action="store_true", help="designs between those of the aim")
    return parser.parse_args(words)


def measured(
    clusters: int, n_treated: int, repetitions: int, effect: float, seed: int, world: World
) -> Row:
    """One design, without and with an effect."""
    began = time.perf_counter()
    method = method_for(n_treated, clusters - n_treated)
    treated = np.arange(clusters) < n_treated
    p = p_of(method, treated)
    shares = []
    for true in (0.0, effect):
        rows = drawn(clusters, n_treated, repetitions, true, seed, world)
        changes = after_less_before(rows.cluster_means())
        default = float(np.mean([p(each) <= AT + 1e-12 for each in changes]))
        shares.append((default, by_school(rows, treated), by_cluster(changes, treated)))
    without, with_effect = shares
    default, school, cluster = zip(without, with_effect, strict=True)
    seconds = time.perf_counter() - began
    return Row(clusters, n_treated, method, default, school, cluster, seconds)


def after_less_before(means: Floats) -> Floats:
    """R×C, from R×C×T."""
    return np.asarray(
        means[..., BEFORE:].mean(axis=-1) - means[..., :BEFORE].mean(axis=-1), dtype=float
    )


def p_of(method: Method, treated: NDArray[np.bool_]) -> Callable[[Floats], float]:
    """The p of a vector of changes by the default; never below one where none is given."""
    if method is Method.PLACEBO_RANK:
        return lambda values: 1.0
    if method is Method.WILD_BOOTSTRAP:
        return ready_wild(treated).p
    if method is Method.RANDOMISATION:
        return lambda values: randomised(one_start(values, treated)).p
    return lambda values: estimated(one_start(values, treated), method).p or 0.0


def one_start(values: Floats, treated: NDArray[np.bool_]) -> Changes:
    """Changes of clusters that started together."""
    return Changes(
        clusters=tuple(map(str, range(len(values)))),
        starts=(BEFORE,),
        by_start=values[:, None],
        carried=treated[:, None].astype(float),
        assigned=np.where(treated, 0, -1),
    )


def by_school(rows: Drawn, treated: NDArray[np.bool_]) -> float:
    """The share rejected where every school counts as drawn by itself."""
    there = rows.pupils > 0
    return rejected(*difference(rows.school_changes(), there, treated[None, :, None]))


def by_cluster(changes: Floats, treated: NDArray[np.bool_]) -> float:
    """The share rejected with robust errors by cluster and the normal distribution."""
    if min(treated.sum(), (~treated).sum()) < 2:
        return float("nan")
    shaped = changes[:, :, None]
    return rejected(*difference(shaped, np.ones_like(shaped, dtype=bool), treated[None, :, None]))


def difference(
    values: Floats, there: NDArray[np.bool_], treated: NDArray[np.bool_]
) -> tuple[Floats, Floats]:
    """Differences of the arms' means by repetition (R), and their robust errors (CR1)."""
    means, variances = [], []
    for arm in (there & treated, there & ~treated):
        n = arm.sum(axis=(1, 2))
        mean = (values * arm).sum(axis=(1, 2)) / n
        rest = np.where(arm, values - mean[:, None, None], 0.0)
        means.append(mean)
        variances.append(np.square(rest).sum(axis=(1, 2)) / n**2)
    n = there.sum(axis=(1, 2))
    return means[0] - means[1], np.sqrt((variances[0] + variances[1]) * n / (n - 2))


def rejected(estimates: Floats, errors: Floats) -> float:
    """The share with an estimate beyond 1.96 errors."""
    return float(np.mean(np.abs(estimates) > NORMAL * errors))


HEAD = (
    "clusters, treated",
    "method",
    "no effect",
    "holds",
    "effect",
    "by school: no effect",
    "effect",
    "by cluster, 1.96: no effect",
    "effect",
    "seconds",
)


def shown(rows: Sequence[Row]) -> str:
    """The table; shares in per cent."""
    lines = [HEAD, *(line(row) for row in rows)]
    widths = [max(len(each[j]) for each in lines) for j in range(len(HEAD))]
    padded = ("  ".join(t.ljust(w) for t, w in zip(each, widths, strict=True)) for each in lines)
    return "\n".join(padded)


def line(row: Row) -> tuple[str, ...]:
    return (
        f"{row.clusters}, {row.treated}",
        row.method.value,
        per_cent(row.default[0]),
        "yes" if row.holds else "NO",
        per_cent(row.default[1]),
        *map(per_cent, row.by_school),
        *map(per_cent, row.by_cluster),
        f"{row.seconds:.1f}",
    )


def per_cent(share: float) -> str:
    return "-" if np.isnan(share) else f"{100 * share:.1f} %"


if __name__ == "__main__":
    main()
