"""Puts beside each unit that takes part the nearest of those that do not."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace as changed
from typing import Any, Literal, cast

import numpy as np

from clusterwork.impact.frames import framed, must_have
from clusterwork.impact.matching.assigning import assigned
from clusterwork.impact.matching.nearest import Gap, Pairs, Rule, Ties, joined, nearest
from clusterwork.impact.matching.propensity import Scores, Separated, scores_of
from clusterwork.impact.matching.reading import Bools, Covariates, Missing, Units, units_of
from clusterwork.impact.matching.result import Choices, Inside, Matched
from clusterwork.impact.matching.scaling import Covariance, Space, euclidean, mahalanobis
from clusterwork.impact.matching.support import Support, support_of
from clusterwork.impact.matching.telling import cells_of, told
from clusterwork.kernel.errors import Problem
from clusterwork.kernel.messages import N_, Message

Metric = Literal["euclidean", "mahalanobis", "propensity"]
METRICS = ("euclidean", "mahalanobis", "propensity")
AUSTIN = 0.2


class OneGroupOnly(Problem):
    """All units take part, or none does."""


class NotPossible(Problem):
    """A choice lies outside what there is to choose."""


def match(
    frame: object,
    treated: str,
    unit: str,
    covariates: str | Covariates,
    exact: str | Sequence[str] = (),
    k: int = 1,
    metric: Metric = "euclidean",
    caliper: float | None = None,
    replace: bool = True,
    *,
    ties: Ties = "all",
    cluster: str | None = None,
    covariance: Covariance = "within",
    within: Mapping[str, float] | None = None,
    support: Literal["keep", "drop"] = "keep",
    missing: Missing = "refuse",
) -> Matched:
    """Nearest neighbours for those who take part, among those who do not.

    frame: any data frame, one row a unit (a school, or a cluster as `pooled` describes it).
    treated: a column of 0 and 1. covariates: see `units_of`; exact: columns that must be equal.
    k: neighbours a unit. metric: "euclidean" (standardised), "mahalanobis", or "propensity" (the
    difference of logits). covariance: whose variances standardise: "within" both groups pooled,
    "control", "all"; over all units, not by exact cell.
    caliper: the largest difference of the logit of the propensity, in its standard deviations, for
    any metric; None is 0.2 for "propensity" (Austin 2011, Pharmaceutical Statistics 10, page 150)
    and none for the others; math.inf is none. within: by covariate the largest difference, in its
    units. replace: False pairs each other unit once at most, optimally, not greedily; `ties` then
    makes no difference. ties: "all" or "id", see `nearest`. cluster: nobody is put beside one of
    the same cluster. support: "drop" leaves out who takes part and lies outside the others' range
    of propensities. missing: "refuse" or "leave_out".

    Rows' order makes no difference. Raises what `units_of` raises, OneGroupOnly, NotPossible,
    NothingToCompareBy, TellsThemApart, Separated (where the propensity is needed), TooManyTies,
    TooManyToAssign. Source: Stuart 2010, Statistical Science 25.
    """
    covariates, exact = in_list(covariates), in_list(exact)
    choices = Choices(
        treated,
        unit,
        tuple(each if isinstance(each, str) else tuple(each) for each in covariates),
        tuple(exact),
        k,
        metric,
        covariance,
        AUSTIN if caliper is None and metric == "propensity" else caliper,
        tuple(sorted((within or {}).items())),
        replace,
        ties,
        support,
        missing,
        cluster,
    )
    must_have(framed(frame), [treated])
    _must_be_possible(choices)
    units = units_of(
        frame,
        unit=unit,
        treated=treated,
        covariates=covariates,
        exact=exact,
        cluster=cluster,
        missing=missing,
    )
    return matched_units(units, choices)


def matched_units(units: Units, choices: Choices) -> Matched:
    """The same for units that were read before; so that many choices need one reading."""
    must_have_both(units)
    scores = _scores(units, choices)
    space = _space(units, choices, scores)
    rule = Rule(units.clusters, _gaps(units, choices, scores))
    support = support_of(units, scores)
    stays = units.treated & ~_dropped(choices, support)
    pairs = _pairs(units, space, rule, choices, stays)
    return told(units, choices, Inside(units, space, rule, pairs), support, stays)


def is_count(k: object) -> bool:
    """Whether it is a whole number from 1."""
    return isinstance(k, int | np.integer) and bool(k >= 1)


def in_list(names: str | Sequence[Any]) -> Sequence[Any]:
    """A single name as a list of one."""
    return [names] if isinstance(names, str) else names


def _must_be_possible(choices: Choices) -> None:
    wrong = [
        (not is_count(choices.k), "k", choices.k),
        (
            choices.metric not in ("euclidean", "mahalanobis", "propensity"),
            "metric",
            choices.metric,
        ),
        (choices.covariance not in ("within", "control", "all"), "covariance", choices.covariance),
        (choices.ties not in ("all", "id"), "ties", choices.ties),
        (choices.support not in ("keep", "drop"), "support", choices.support),
        (choices.missing not in ("refuse", "leave_out"), "missing", choices.missing),
        (choices.caliper is not None and not choices.caliper > 0.0, "caliper", choices.caliper),
        *((not most >= 0.0, name, most) for name, most in choices.within),
        *((name not in choices.covariates, "within", name) for name, _ in choices.within),
    ]
    for is_wrong, name, value in wrong:
        if is_wrong:
            raise NotPossible(
                Message(
                    N_("This choice is not possible: %(name)s %(value)s"),
                    {"name": name, "value": value},
                ),
                next_step=Message(N_("Read in the documentation of `match` what there is.")),
            )


def must_have_both(units: Units) -> None:
    """Raises OneGroupOnly."""
    n_treated = int(units.treated.sum())
    if 0 < n_treated < len(units.ids):
        return
    raise OneGroupOnly(
        Message(N_("There is nobody to compare: all units take part, or none does.")),
        why=Message(
            N_("Of %(of)s units with all values %(n)s take part."),
            {"of": len(units.ids), "n": n_treated},
        ),
        next_step=Message(N_("Add units that do not take part, or check the column.")),
    )


def _scores(units: Units, choices: Choices) -> Scores | None:
    """The propensities; None where they cannot be told and nothing needs them."""
    needed = (
        choices.metric == "propensity" or choices.support == "drop" or _is_finite(choices.caliper)
    )
    try:
        return scores_of(units)
    except Separated:
        if needed:
            raise
        return None


def _is_finite(caliper: float | None) -> bool:
    return caliper is not None and bool(np.isfinite(caliper))


def _space(units: Units, choices: Choices, scores: Scores | None) -> Space:
    whose = cast(Covariance, choices.covariance)
    if choices.metric == "euclidean":
        return euclidean(units, whose)
    if choices.metric == "mahalanobis" or scores is None:
        return mahalanobis(units, whose)
    whole = mahalanobis(units, "all")
    return changed(whole, points=scores.points)


def _gaps(units: Units, choices: Choices, scores: Scores | None) -> tuple[Gap, ...]:
    gaps = [Gap(units.values[:, units.names.index(name)], most) for name, most in choices.within]
    if scores is not None and choices.caliper is not None and _is_finite(choices.caliper):
        gaps.append(Gap(scores.points[:, 0], choices.caliper))
    return tuple(gaps)


def _dropped(choices: Choices, support: Support) -> Bools:
    if choices.support == "drop" and support.by_propensity is not None:
        return support.by_propensity
    return np.zeros(len(support.by_range), dtype=bool)


def _pairs(units: Units, space: Space, rule: Rule, choices: Choices, stays: Bools) -> Pairs:
    """Within each cell of the exact columns."""
    ties = cast(Ties, choices.ties)
    parts = []
    for of, among in cells_of(units, stays):
        if choices.replace:
            parts.append(nearest(space.points, of, among, choices.k, rule, ties))
        else:
            parts.append(assigned(space.points, of, among, choices.k, rule))
    return joined(parts)
