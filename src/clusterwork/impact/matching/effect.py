"""The outcome of those who take part beside that of their neighbours, with its uncertainty."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass

import narwhals as nw
import numpy as np

from clusterwork.impact.frames import framed, must_have, number
from clusterwork.impact.matching.nearest import Pairs
from clusterwork.impact.matching.reading import Floats, Ints, text_of
from clusterwork.impact.matching.result import Matched
from clusterwork.impact.matching.scaling import Space, mahalanobis
from clusterwork.impact.matching.uncertainty import estimate_of
from clusterwork.impact.refusing import outcome_all_alike
from clusterwork.impact.result import Estimate, Result
from clusterwork.impact.written import significant
from clusterwork.kernel.errors import Problem
from clusterwork.kernel.messages import N_, Message

NEIGHBOURS = 2
ENOUGH = 12


class NoOutcomes(Problem):
    """No pair has an outcome on both sides."""


@dataclass(frozen=True)
class Difference(Result):
    """The average difference for those who take part (ATT), in units of the outcome.

    n: units that take part with an outcome and a neighbour with one; n_controls: different
    neighbours; n_clusters: clusters of those who take part, None where none were given. adjusted:
    whether for what remains of differences in covariates. lost: matched units without outcomes.
    """

    outcome: str
    estimate: Estimate
    treated_mean: float
    control_mean: float
    n: int
    n_controls: int
    n_clusters: int | None
    adjusted: bool
    lost: tuple[str, ...]
    notes: tuple[Message, ...]

    def sentences(self) -> Sequence[Message]:
        """The difference with its interval; never a cause."""
        return (_said(self.outcome, self.estimate), *self.notes)

    def to_dict(self) -> dict[str, object]:
        """Plain values with the keys of the command line's file."""
        return {
            "outcome": self.outcome,
            **asdict(self.estimate),
            "treated_mean": self.treated_mean,
            "control_mean": self.control_mean,
            "n": self.n,
            "n_controls": self.n_controls,
            "n_clusters": self.n_clusters,
            "adjusted": self.adjusted,
            "lost": list(self.lost),
            "notes": [str(note) for note in self.notes],
        }


def att(
    matched: Matched,
    frame: object,
    outcome: str,
    *,
    adjust: bool = True,
    neighbours: int = NEIGHBOURS,
    level: float = 0.95,
) -> Difference:
    """The average effect on those who take part, if the matching's assumptions hold.

    With w the weights of pairs and K_j their sum over the pairs of control j:
    estimate = mean over treated i of (Y_i - sum_j w_ij (Y_j + m(X_i) - m(X_j))); m the least
    squares regression of Y on the covariates among the controls, weighted by K; m = 0 without
    `adjust` (Abadie and Imbens 2011, Journal of Business & Economic Statistics 29, section 3).
    Variance = 1/n^2 [sum_i (d_i - estimate)^2 + sum_j (K_j^2 - sum_i w_ij^2) s_j^2], d_i the
    differences and s_j^2 = J/(J+1) (Y_j - mean of the J = `neighbours` nearest controls)^2 (Abadie
    and Imbens 2006, Econometrica 74, theorem 7; with ties Abadie and others 2004, Stata Journal 4,
    page 296). Where the matching knows clusters both sums are taken of clusters' totals, the
    neighbours of j are of other clusters, and the interval is Student's with clusters of treated
    less one degrees of freedom. One treated cluster has neither error nor p.

    The propensity score is taken as known (Abadie and Imbens 2016 show that to estimate it can
    lower or raise the variance). Pairs without both outcomes are left out; weights of the rest of
    a unit's pairs are raised to one. Raises NoSuchColumn, NotNumbers, NoOutcomes,
    OutcomeAllAlike.
    """
    values = _outcomes(matched, frame, outcome)
    pairs, lost = _with_outcomes(matched, values)
    space = mahalanobis(matched.inside.units, "all")
    shifts = _shifts(pairs, values, space) if adjust else None
    gains = _gains(pairs, values, shifts)
    treated, per_unit = np.unique(pairs.unit), gains[np.unique(pairs.unit)]
    mean = float(per_unit.mean())
    whole = estimate_of(matched, pairs, values, treated, per_unit - mean, mean, neighbours, level)
    return _result(matched, outcome, whole, values, pairs, treated, adjust, shifts, lost)


def _outcomes(matched: Matched, frame: object, outcome: str) -> Floats:
    """N outcomes in the order of the units; not a number where none is known."""
    data = framed(frame)
    unit = matched.choices.unit
    must_have(data, [unit, outcome])
    got = (
        data.lazy()
        .select(nw.col(unit).alias("unit"), number(data, outcome).expression().alias("value"))
        .collect()
    )
    values = np.array(got["value"].to_numpy(), dtype=np.float64)
    values[~np.isfinite(values)] = np.nan
    known = {
        text_of(each): value for each, value in zip(got["unit"].to_list(), values, strict=True)
    }
    return np.array([known.get(each, np.nan) for each in matched.inside.units.ids])


def _with_outcomes(matched: Matched, values: Floats) -> tuple[Pairs, tuple[str, ...]]:
    pairs = matched.inside.pairs
    both = ~np.isnan(values[pairs.unit]) & ~np.isnan(values[pairs.other])
    if not both.any():
        raise NoOutcomes(
            Message(N_("No unit with an outcome stands beside another with one.")),
            why=Message(
                N_("Pairs without an outcome on one side: %(n)s."), {"n": int((~both).sum())}
            ),
            next_step=Message(N_("Check the column of the outcome, or take more neighbours.")),
        )
    _must_differ(values[np.concatenate([pairs.unit[both], pairs.other[both]])])
    left = Pairs(pairs.unit[both], pairs.other[both], pairs.distance[both])
    gone = np.setdiff1d(pairs.unit, left.unit)
    return left, tuple(matched.inside.units.ids[row] for row in gone)


def _must_differ(values: Floats) -> None:
    if np.ptp(values) > 0.0:
        return
    raise outcome_all_alike()


def _shifts(pairs: Pairs, values: Floats, space: Space) -> Floats | None:
    """N predictions by the weighted regression among matched controls; None where too few."""
    weights = np.bincount(pairs.other, pairs.weight, minlength=len(values))
    used = np.flatnonzero(weights)
    design = np.column_stack([np.ones(len(values)), space.points])
    if len(used) <= design.shape[1] + 1:
        return None
    roots = np.sqrt(weights[used])
    beta = np.linalg.lstsq(design[used] * roots[:, None], values[used] * roots, rcond=1e-10)[0]
    shifts: Floats = design @ beta
    return shifts


def _gains(pairs: Pairs, values: Floats, shifts: Floats | None) -> Floats:
    """N; the difference of each treated unit from its neighbours, 0 elsewhere."""
    difference = values[pairs.unit] - values[pairs.other]
    if shifts is not None:
        difference = difference - (shifts[pairs.unit] - shifts[pairs.other])
    gains: Floats = np.bincount(
        pairs.unit, pairs.weight * difference, minlength=len(values)
    ).astype(np.float64)
    return gains


def _result(
    matched: Matched,
    outcome: str,
    estimate: Estimate,
    values: Floats,
    pairs: Pairs,
    treated: Ints,
    adjust: bool,
    shifts: Floats | None,
    lost: tuple[str, ...],
) -> Difference:
    units = matched.inside.units
    n_clusters = len(np.unique(units.clusters[treated])) if units.has_clusters else None
    weights = np.bincount(pairs.other, pairs.weight, minlength=len(values))
    used = np.flatnonzero(weights)
    return Difference(
        data_hash=matched.data_hash,
        assumptions=matched.assumptions,
        diagnostics=matched.diagnostics,
        tables=matched.tables,
        outcome=outcome,
        estimate=estimate,
        treated_mean=float(values[treated].mean()),
        control_mean=float(weights[used] @ values[used] / weights.sum()),
        n=len(treated),
        n_controls=len(used),
        n_clusters=n_clusters,
        adjusted=shifts is not None,
        lost=lost,
        notes=_notes(n_clusters, estimate.se is None, adjust and shifts is None, lost),
    )


def _notes(
    n_clusters: int | None, no_error: bool, could_not_adjust: bool, lost: Sequence[str]
) -> tuple[Message, ...]:
    notes = []
    if n_clusters == 1:
        notes.append(
            Message(N_("One cluster takes part, so that no uncertainty can be told this way."))
        )
    elif no_error:
        notes.append(
            Message(
                N_(
                    "Too few units are compared to say how much outcomes vary by themselves, so "
                    "that no uncertainty can be told."
                )
            )
        )
    elif n_clusters is not None and n_clusters < ENOUGH:
        notes.append(
            Message(
                N_(
                    "Few clusters take part (%(n)s), so that the interval may be too narrow. "
                    "Take a method for few clusters."
                ),
                {"n": n_clusters},
            )
        )
    if could_not_adjust:
        notes.append(
            Message(N_("There are too few controls to adjust for what differences remain."))
        )
    if lost:
        notes.append(
            Message(N_("Matched units without an outcome to compare: %(n)s."), {"n": len(lost)})
        )
    return tuple(notes)


def _said(outcome: str, estimate: Estimate) -> Message:
    if estimate.low is None or estimate.high is None:
        return Message(
            N_(
                "Outcome: %(outcome)s. Those who take part differ by %(estimate)s from similar "
                "others. How uncertain this is cannot be told."
            ),
            {"outcome": outcome, "estimate": significant(estimate.estimate)},
        )
    return Message(
        N_(
            "Outcome: %(outcome)s. Those who take part differ by %(estimate)s from similar others "
            "(%(level)s %% interval %(low)s to %(high)s)."
        ),
        {
            "outcome": outcome,
            "estimate": significant(estimate.estimate),
            "level": f"{100 * estimate.level:g}",
            "low": significant(estimate.low),
            "high": significant(estimate.high),
        },
    )
