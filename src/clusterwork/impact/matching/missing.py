"""Refuses values that are not there or are no measurement."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from clusterwork.kernel.errors import Problem
from clusterwork.kernel.messages import N_, Message

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]
SHOWN = 5


class ValuesMissing(Problem):
    """Some units have no value of a covariate."""


class ValuesInfinite(Problem):
    """A covariate holds infinite values."""


def must_be_finite(names: Sequence[str], values: Floats) -> None:
    """Raises ValuesInfinite."""
    for name, column in zip(names, values.T, strict=True):
        if np.isinf(column).any():
            raise ValuesInfinite(
                Message(N_("The column holds infinite values: %(name)s"), {"name": name}),
                why=Message(N_("They come from dividing by zero and are no measurement.")),
                next_step=Message(N_("Make them empty or put the number right.")),
            )


def must_be_whole(lacking: Mapping[str, Bools], lost: int) -> None:
    """Raises ValuesMissing where a unit is lost; lacking: by column who has no value."""
    if not lost:
        return
    told = [f"{name} {int(each.sum())}" for name, each in lacking.items() if each.any()]
    raise ValuesMissing(
        Message(N_("Units without a value that is needed: %(n)s"), {"n": lost}),
        why=Message(
            N_("Without it nobody can say whom they are like: %(names)s"),
            {"names": ", ".join(told[:SHOWN])},
        ),
        next_step=Message(
            N_("Fill the values in, take other covariates, or ask for these units to be left out.")
        ),
    )
