"""An event study: effects year by year around the start, and how they vary together."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from clusterwork.kernel.errors import Problem
from clusterwork.kernel.messages import N_, Message

Floats = NDArray[np.float64]


class YearsNotInARow(Problem):
    """A year is missing, comes twice, or none lies before or after."""


class NotACovariance(Problem):
    """The covariance does not fit the estimates, or is none."""


@dataclass(frozen=True)
class EventStudy:
    """Made by `event_study`. before: (K,) estimates of the K years before the reference year, the
    earliest first; after: (L,) of the years after it; covariance: (K+L, K+L) in that order."""

    before: Floats
    after: Floats
    covariance: Floats

    @property
    def estimates(self) -> Floats:
        return np.concatenate([self.before, self.after])

    @property
    def data_hash(self) -> str:
        told = repr((self.before.tolist(), self.after.tolist(), self.covariance.tolist()))
        return hashlib.sha256(told.encode()).hexdigest()


def event_study(
    years: Sequence[int], estimates: ArrayLike, covariance: ArrayLike, *, reference: int = -1
) -> EventStudy:
    """The study of estimates by year relative to the start.

    years: of the estimates, without the reference year (whose estimate is zero by definition; if
    it is given it is left out); with it they are consecutive whole numbers. covariance: of the
    estimates in the order of `years`. Raises YearsNotInARow, NotACovariance.
    """
    values = np.asarray(estimates, dtype=np.float64)
    matrix = np.asarray(covariance, dtype=np.float64)
    if values.shape != (len(years),) or matrix.shape != (len(years), len(years)):
        raise _not_a_covariance(matrix.shape)
    kept = [place for place, year in enumerate(years) if year != reference]
    order = sorted(kept, key=lambda place: years[place])
    _must_be_in_a_row([years[place] for place in order], reference)
    matrix = matrix[np.ix_(order, order)]
    _must_be_a_covariance(values[order], matrix)
    n_before = sum(years[place] < reference for place in order)
    return EventStudy(values[order][:n_before], values[order][n_before:], matrix)


def _must_be_in_a_row(years: Sequence[int], reference: int) -> None:
    whole = sorted([*years, reference])
    in_a_row = whole == list(range(whole[0], whole[0] + len(whole)))
    if not in_a_row or whole[0] == reference or whole[-1] == reference:
        raise YearsNotInARow(
            Message(
                N_(
                    "These are not years in a row about the reference year %(reference)s: %(years)s"
                ),
                {"reference": reference, "years": ", ".join(map(str, years)) or "—"},
            ),
            why=Message(N_("How a trend bends is told from one year to the next.")),
            next_step=Message(
                N_("Give one estimate for every year, at least one before and one after.")
            ),
        )


def _must_be_a_covariance(values: Floats, matrix: Floats) -> None:
    finite = np.isfinite(values).all() and np.isfinite(matrix).all()
    if not finite or not np.allclose(
        matrix, matrix.T, rtol=1e-6, atol=1e-12 * np.abs(matrix).max()
    ):
        raise _not_a_covariance(matrix.shape)
    if np.linalg.eigvalsh(matrix)[0] <= 1e-12 * np.abs(matrix).max():
        raise _not_a_covariance(matrix.shape)


def _not_a_covariance(shape: tuple[int, ...]) -> NotACovariance:
    return NotACovariance(
        Message(
            N_("This is no covariance of the estimates: %(shape)s"),
            {"shape": " × ".join(map(str, shape))},
        ),
        why=Message(
            N_(
                "It has a row and a column for each estimate, is symmetric, and no combination of "
                "estimates is without chance."
            )
        ),
        next_step=Message(
            N_(
                "Take the covariance that came with the estimates; with fewer clusters than years "
                "there is none."
            )
        ),
    )
