"""A model with other travel times: everything that hangs on them, and nothing else, made anew."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from clusterwork.formation.model import LIMIT, TOLERANCE, Flags, Model
from clusterwork.formation.pricing import Floats
from clusterwork.formation.travel import Matrix


def scaled(model: Model, factors: Floats) -> Model:
    """The model with kilometres and minutes multiplied by `factors` (n, n), symmetric."""
    times = np.pad(factors, (0, 1), constant_values=1.0)
    km, minutes, worse = model.km * times, model.minutes * times, model.worse * times
    return replace(
        model,
        km=km,
        minutes=minutes,
        worse=worse,
        travel=km if model.policy.unit == "km" else minutes,
        bad=_bad(model, worse),
        may_hub=_may_hub(model, worse),
    )


def _too_far(model: Model, worse: Matrix) -> Flags:
    return np.asarray(worse > model.policy.limit_minutes + TOLERANCE)


def _bad(model: Model, worse: Matrix) -> NDArray[np.uint8]:
    """The bits of the other rules stay."""
    if not model.policy.limit_minutes or model.policy.limit_to != "pairs":
        return model.bad
    bad = model.bad & np.uint8(~LIMIT & 255)
    bad[_too_far(model, worse)] |= LIMIT
    return bad


def _may_hub(model: Model, worse: Matrix) -> Flags:
    """Whom the limit kept away before may be a hub now: the other rules are asked again."""
    if not model.policy.limit_minutes or model.policy.limit_to != "hub":
        return model.may_hub
    may = ~_too_far(model, worse)
    if model.policy.pyramid:
        may[:-1, :-1] &= model.anchor[None, :]
    forced = np.flatnonzero(model.forced_hub >= 0)
    may[forced, :-1] &= np.arange(model.n) == model.forced_hub[forced, None]
    return may
