"""Travel between pairs of schools that are asked for one by one; estimates as in `travel.py`."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from clusterwork.formation.locked import Ints
from clusterwork.formation.national.whole import Whole

Floats = NDArray[np.float64]


class Distance:
    """Lower bounds of the travel between pairs: barriers, which only lengthen, are left out."""

    def __init__(self, whole: Whole) -> None:
        self.whole = whole
        policy = whole.policy
        self.km = policy.circuity / 1000.0
        """Kilometres for each metre of straight line."""
        self.minutes = self.km / policy.speed_kmh * 60.0
        self.given = whole.instance.minutes is not None
        self.travel = self.km if policy.unit == "km" else self.minutes
        """Units of travel for each metre of straight line, where nothing else is given."""
        self.shortest = self.travel * self._least_share()
        """The same for any pair, however short the given minutes are."""

    def metres(self, one: Ints, other: Ints) -> Floats:
        """Straight lines; the two are arrays of school numbers of one shape."""
        away = self.whole.places[one] - self.whole.places[other]
        return np.asarray(np.hypot(away[..., 0], away[..., 1]))

    def between(self, origin: Ints, target: Ints, metres: Floats) -> Floats:
        """Travel in the policy's unit from `origin` to `target`, so many metres away; all of one
        shape."""
        if self.given and self.whole.policy.unit == "minutes":
            return self._given(origin, target, metres * self.minutes)
        return metres * self.travel

    def worse(self, one: Ints, other: Ints, metres: Floats) -> Floats:
        """Minutes the worse way."""
        minutes = metres * self.minutes
        if not self.given:
            return minutes
        there = self._given(one, other, minutes)
        return np.maximum(there, self._given(other, one, minutes))

    def _given(self, origin: Ints, target: Ints, estimate: Floats) -> Floats:
        """Given minutes where there are any, else of the way back, else the estimate."""
        schools, known = self.whole.schools, self.whole.minutes_from
        out = estimate.ravel().copy()
        pairs = zip(origin.ravel().tolist(), target.ravel().tolist(), strict=True)
        for at, (i, j) in enumerate(pairs):
            a, b = schools[i].id, schools[j].id
            value = known.get(a, {}).get(b)
            value = known.get(b, {}).get(a) if value is None else value
            if value is not None and i != j:
                out[at] = value
        return out.reshape(estimate.shape)

    def _least_share(self) -> float:
        """The least share of its estimate that a given way has; 1 where none is given or used."""
        if not self.given or self.whole.policy.unit == "km":
            return 1.0
        index, least = self.whole.index, 1.0
        for (origin, target), minutes in (self.whole.instance.minutes or {}).items():
            if origin in index and target in index and origin != target:
                pair = np.array([index[origin]]), np.array([index[target]])
                metres = float(self.metres(*pair)[0])
                least = min(least, minutes / (metres * self.minutes)) if metres else least
        return least
