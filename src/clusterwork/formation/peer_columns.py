"""Candidate clusters by what their schools travel to each other: every one that could still pay."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial

import numpy as np
from numpy.typing import NDArray

from clusterwork.formation.columns import Floats, Listed
from clusterwork.formation.model import Ints, Model
from clusterwork.formation.peer_growth import Growth, Shape
from clusterwork.formation.pricing import besides, unit_rows


class PeersEnumerator:
    """Lists clusters by their cost."""

    def __init__(self, model: Model) -> None:
        self.model = model
        n = model.n
        self.weight = np.array([len(unit) for unit in model.units], dtype=np.int64)
        self.travel = self._by_unit((model.travel + model.travel.T)[:n, :n])
        self.gain = None if model.gain is None else self._by_unit(model.gain[:n, :n])
        self.longest = self._longest() if model.policy.weights.worst else None
        self.foes = self._foes()
        self.padded = unit_rows(model)

    def _longest(self) -> Floats:
        """(units, units) the price of the longest journey between them; inside on the diagonal."""
        model, n_units = self.model, len(self.model.units)
        either = np.maximum(model.travel, model.travel.T)[: model.n, : model.n]
        rows = np.zeros((n_units, model.n))
        np.maximum.at(rows, model.group, either)
        out = np.zeros((n_units, n_units))
        np.maximum.at(out.T, model.group, rows.T)
        return out * model.policy.weights.worst

    def _by_unit(self, pairs: Floats) -> Floats:
        """(units, units) sums over pairs of schools; on the diagonal over pairs inside."""
        group, n_units = self.model.group, len(self.model.units)
        rows = np.zeros((n_units, pairs.shape[1]))
        np.add.at(rows, group, pairs)
        out = np.zeros((n_units, n_units))
        np.add.at(out.T, group, rows.T)
        out[np.diag_indices(n_units)] /= 2.0
        return out

    def _foes(self) -> NDArray[np.bool_]:
        """(units, units) True where two units may not be in one cluster."""
        model = self.model
        n, n_units = model.n, len(model.units)
        apart = model.bad[:n, :n] != 0
        may = model.may_hub[:n, :n]
        if not may.all():
            shared = may.astype(np.float32) @ may.T.astype(np.float32)
            apart = apart | (shared < 0.5)
        out = np.zeros((n_units, n_units), dtype=bool)
        rows, columns = np.nonzero(apart)
        out[model.group[rows], model.group[columns]] = True
        return out

    def all_within(
        self,
        hubs: Sequence[int],
        duals: Floats,
        limits: Sequence[float],
        *,
        most: int,
        stop: Callable[[], bool],
        among: Sequence[int] | None = None,
    ) -> Listed:
        """Clusters of the units `among` whose cost less duals is at most the largest limit.

        As `Enumerator.all_within`, but that no hub is asked for: `hubs` are not looked at.
        """
        pool = np.arange(len(self.weight)) if among is None else np.asarray(among, dtype=np.int64)
        limit = max(limits, default=-np.inf)
        found: list[Ints] = []
        slack: list[Floats] = []
        n_found = 0
        beyond = partial(self._beyond, pool) if self._has_more() else None
        for shape in self._shapes(pool, duals, limit):
            growth = Growth(shape, self.weight[pool], most - n_found, stop, beyond)
            complete = growth.run()
            found.extend(self._filled(pool[units]) for units in growth.found)
            slack.extend(growth.slack)
            n_found += growth.n_found
            if not complete:
                return self._listed(found, slack, complete=False)
        return self._listed(found, slack, complete=True)

    def _has_more(self) -> bool:
        weights = self.model.policy.weights
        named = weights.need, weights.need_pupils, weights.need_support, weights.change
        return any(named)

    def _beyond(self, pool: Ints, units: Ints) -> Floats:
        """(m,) what imbalances and changes cost."""
        rows = self.padded[pool[units]].reshape(len(units), -1)
        return besides(self.model, np.sort(rows, axis=1)[:, : self.model.high])

    def _filled(self, units: Ints) -> Ints:
        missing = self.model.high - units.shape[1]
        return np.pad(units, ((0, 0), (0, missing)), constant_values=-1)

    def _listed(self, found: list[Ints], slack: list[Floats], *, complete: bool) -> Listed:
        units = np.concatenate([np.zeros((0, self.model.high), dtype=np.int64), *found])
        return Listed(units, np.concatenate([np.zeros(0), *slack]), complete)

    # Shapes -------------------------------------------------------------------------------

    def _shapes(self, pool: Ints, duals: Floats, limit: float) -> Iterator[Shape]:
        """What to grow: all sizes at once where a pair's share of the travel is all that depends
        on them, else by number of schools and of units."""
        model = self.model
        if not len(pool) or not np.isfinite(limit):
            return
        heaviest = int(self.weight[pool].max())
        if heaviest == 1 and self.gain is None:
            yield self._every_size(pool, duals, limit)
            return
        for size in range(model.low, model.high + 1):
            for n_units in range(-(-size // heaviest), min(size, len(pool)) + 1):
                yield self._one_size(pool, duals, limit, size, n_units)

    def _every_size(self, pool: Ints, duals: Floats, limit: float) -> Shape:
        model = self.model
        sizes = range(model.low, model.high + 1)
        ends = {size: limit - model.size_price(size) for size in sizes}
        shares = {
            k: k * max(ends[size] / size for size in sizes if size >= k)
            for k in range(1, model.high + 1)
        }
        pairs, far = self.travel[np.ix_(pool, pool)] * model.policy.weights.travel, self._far(pool)
        return Shape(*self._guarded(pool, pairs, -duals[pool]), ends, shares, 1.0, 0, far)

    def _one_size(self, pool: Ints, duals: Floats, limit: float, size: int, n_units: int) -> Shape:
        weights = self.model.policy.weights
        pairs = self.travel[np.ix_(pool, pool)] * (weights.travel / max(1, size - 1))
        if self.gain is not None:
            pairs = pairs - self.gain[np.ix_(pool, pool)]
        end = limit - self.model.size_price(size)
        shares = {k: k * end / n_units for k in range(1, n_units + 1)}
        own = pairs.diagonal() - duals[pool]
        guarded = self._guarded(pool, pairs, own)
        far = self._far(pool)
        return Shape(*guarded, {n_units: end}, shares, float(n_units - 1), size, far)

    def _far(self, pool: Ints) -> Floats | None:
        return None if self.longest is None else self.longest[np.ix_(pool, pool)]

    def _guarded(self, pool: Ints, pairs: Floats, own: Floats) -> tuple[Floats, Floats]:
        """Foes and a unit with itself at an infinite price."""
        foes = self.foes[np.ix_(pool, pool)]
        pairs = np.where(foes, np.inf, pairs)
        np.fill_diagonal(pairs, np.inf)
        return pairs, np.where(foes.diagonal(), np.inf, own)
