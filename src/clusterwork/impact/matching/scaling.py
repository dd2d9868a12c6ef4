"""Puts covariates on one scale, so that plain distances are standardised ones."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np

from clusterwork.impact.matching.reading import Bools, Floats, Units
from clusterwork.kernel.errors import Problem
from clusterwork.kernel.messages import N_, Message

Covariance = Literal["within", "control", "all"]
SMALL = 1e-10


class NothingToCompareBy(Problem):
    """No covariate differs between any two units."""


class TellsThemApart(Problem):
    """A covariate differs only between those who take part and all others."""


@dataclass(frozen=True, eq=False)
class Space:
    """Points whose Euclidean distance is the distance asked for.

    points: N x r, in standard deviations. constant: covariates that are alike for all.
    combinations: how many columns are sums of others.
    """

    points: Floats
    constant: tuple[str, ...] = ()
    combinations: int = 0


def euclidean(units: Units, covariance: Covariance) -> Space:
    """Standardised Euclidean distance.

    Each covariate is divided by its standard deviation; the columns of a mix by the root of the
    sum of their variances, so that a mix counts as one covariate. covariance: of whom the
    variances are: "within" both groups pooled, "control" of those who do not take part, "all".
    Raises NothingToCompareBy, TellsThemApart.
    """
    kept, centred = _varying(units)
    variances = np.diag(_covariance(centred, units.treated, covariance))
    blocks = units.blocks[kept]
    sums = np.array([variances[blocks == block].sum() for block in blocks])
    _must_vary(units, kept, centred, sums)
    return Space(centred / np.sqrt(sums), _constant(units, kept))


def mahalanobis(units: Units, covariance: Covariance) -> Space:
    """Mahalanobis distance: the root of (x - y)' S^-1 (x - y), S as `covariance` says.

    Whitened by the eigenvectors of the correlations; where columns are sums of others the
    generalised inverse is taken. Raises NothingToCompareBy, TellsThemApart. Source: Rubin 1980,
    Biometrics 36, page 293; Stuart 2010, Statistical Science 25, section 2.2 ("control").
    """
    kept, centred = _varying(units)
    spread = _covariance(centred, units.treated, covariance)
    _must_vary(units, kept, centred, np.diag(spread))
    deviations = np.sqrt(np.diag(spread))
    scaled = centred / deviations
    roots, vectors = np.linalg.eigh(spread / np.outer(deviations, deviations))
    real = roots > SMALL * roots[-1]
    if np.abs(scaled @ vectors[:, ~real]).max(initial=0.0) > 1e-4:
        raise _tells_apart(", ".join(np.array(units.names)[kept]))
    points = scaled @ (vectors[:, real] / np.sqrt(roots[real]))
    return Space(points, _constant(units, kept), int((~real).sum()))


def _varying(units: Units) -> tuple[Bools, Floats]:
    """Which columns differ at all, and these less their means."""
    values = units.values
    middle = values.mean(axis=0) if len(values) else np.zeros(values.shape[1])
    centred = values - middle
    kept: Bools = np.abs(centred).max(axis=0, initial=0.0) > 1e-12 * np.maximum(
        np.abs(middle), 1e-9
    )
    if not kept.any():
        raise NothingToCompareBy(
            Message(N_("No covariate differs between the units.")),
            why=Message(N_("All units are equally like each other.")),
            next_step=Message(N_("Add a covariate that tells units apart, such as size or need.")),
        )
    return kept, centred[:, kept]


def _constant(units: Units, kept: Bools) -> tuple[str, ...]:
    return tuple(np.array(units.names, dtype=object)[~kept])


def _covariance(centred: Floats, treated: Bools, whose: Covariance) -> Floats:
    """m x m with the divisor n - 1 (within: n - 2)."""
    if whose == "all" or not treated.any():
        return _products(centred) / max(len(centred) - 1, 1)
    control = _products(centred[~treated])
    if whose == "control":
        return control / max(int((~treated).sum()) - 1, 1)
    return (control + _products(centred[treated])) / max(len(centred) - 2, 1)


def _products(rows: Floats) -> Floats:
    less = rows - rows.mean(axis=0) if len(rows) else rows
    products: Floats = less.T @ less
    return products


def _must_vary(units: Units, kept: Bools, centred: Floats, variances: Floats) -> None:
    whole = centred.var(axis=0)
    alike = variances <= SMALL * whole
    if alike.any():
        raise _tells_apart(np.array(units.names)[kept][alike][0])


def _tells_apart(name: str) -> TellsThemApart:
    return TellsThemApart(
        Message(
            N_("The covariate does not vary among those it is measured against: %(name)s"),
            {"name": name},
        ),
        why=Message(
            N_("It tells those who take part from all others, so that nobody is like them in it.")
        ),
        next_step=Message(N_("Leave it out, or take a wider group to compare with.")),
    )
