"""What a matching has to say of itself: balance, support, who stands alone and why."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from clusterwork.impact.matching.balance import balance_diagnostic, balance_of
from clusterwork.impact.matching.nearest import Pairs, Rule
from clusterwork.impact.matching.reading import Bools, Ints, Units
from clusterwork.impact.matching.result import (
    REASONS,
    Alone,
    Choices,
    Inside,
    Matched,
    Pair,
    reasons_table,
)
from clusterwork.impact.matching.support import Support, support_diagnostic
from clusterwork.impact.result import Diagnostic
from clusterwork.kernel.messages import N_, Message


def cells_of(units: Units, stays: Bools) -> list[tuple[Ints, Ints]]:
    """By exact cell the places of those who take part and of the others."""
    order = np.argsort(units.cells, kind="stable")
    parts = np.split(order, np.flatnonzero(np.diff(units.cells[order])) + 1)
    return [(part[stays[part]], part[~units.treated[part]]) for part in parts]


def told(units: Units, choices: Choices, inside: Inside, support: Support, stays: Bools) -> Matched:
    """The matching with balance, support, reasons and notes; stays: N, who was to be matched."""
    pairs = inside.pairs
    weights = np.bincount(pairs.other, pairs.weight, minlength=len(units.ids)).astype(np.float64)
    counts = np.bincount(pairs.unit, minlength=len(units.ids))
    got = (counts > 0).astype(np.float64)
    alone = _alone(units, inside.rule, choices, stays, counts)
    lines = balance_of(units, got, weights)
    return Matched(
        data_hash=units.data_hash,
        assumptions=_assumptions(choices),
        diagnostics=(
            balance_diagnostic(lines),
            support_diagnostic(units, support),
            _alone_diagnostic(alone, int(units.treated.sum())),
        ),
        tables=(reasons_table(alone),),
        choices=choices,
        pairs=_listed(units, pairs),
        alone=alone,
        weights={units.ids[row]: float(weights[row]) for row in np.flatnonzero(weights)},
        balance=lines,
        n_treated=int(units.treated.sum()),
        n_controls=int((~units.treated).sum()),
        n_matched=int(got.sum()),
        fewer=tuple(units.ids[row] for row in np.flatnonzero((counts > 0) & (counts < choices.k))),
        left_out=units.left_out,
        constant=inside.space.constant,
        notes=_notes(units, choices, inside, support),
        inside=inside,
    )


def _listed(units: Units, pairs: Pairs) -> tuple[Pair, ...]:
    return tuple(
        Pair(units.ids[unit], units.ids[other], distance, weight)
        for unit, other, distance, weight in zip(
            pairs.unit.tolist(),
            pairs.other.tolist(),
            pairs.distance.tolist(),
            pairs.weight.tolist(),
            strict=True,
        )
    )


def _alone(
    units: Units, rule: Rule, choices: Choices, stays: Bools, counts: Ints
) -> tuple[Alone, ...]:
    """Everybody who takes part and has no pair, with the reason."""
    others = {
        int(units.cells[of[0]]): among for of, among in cells_of(units, units.treated) if len(of)
    }
    told = []
    for row in np.flatnonzero(units.treated & (counts == 0)).tolist():
        among = others[int(units.cells[row])]
        reason = _reason(row, among, rule) if stays[row] else "support"
        told.append(Alone(units.ids[row], reason, REASONS[reason]))
    return tuple(told)


def _reason(row: int, among: Ints, rule: Rule) -> str:
    mine = np.array([row])
    if not len(among):
        return "exact"
    if not Rule(rule.clusters).allows(mine, among[None]).any():
        return "cluster"
    return "taken" if rule.allows(mine, among[None]).any() else "caliper"


def _alone_diagnostic(alone: Sequence[Alone], n_treated: int) -> Diagnostic:
    params = {"n": len(alone), "of": n_treated}
    said = (
        Message(
            N_(
                "Some who take part have nobody similar and are not in the comparison: %(n)s of "
                "%(of)s. It says nothing about them."
            ),
            params,
        )
        if alone
        else Message(N_("All who take part have somebody similar beside them."))
    )
    return Diagnostic("unmatched", said, not alone, reasons_table(alone))


def _assumptions(choices: Choices) -> tuple[Message, ...]:
    said = [
        Message(
            N_(
                "Units with equal covariates would have had the same outcomes on average if nobody "
                "had taken part: nothing else that matters for the outcome decided who did."
            )
        ),
        Message(N_("What some take part in does not change the outcomes of the others.")),
    ]
    if choices.cluster is None:
        said.append(
            Message(N_("No column of clusters was given: units count as assigned one by one."))
        )
    return tuple(said)


def _notes(units: Units, choices: Choices, inside: Inside, support: Support) -> tuple[Message, ...]:
    notes = []
    if units.left_out:
        notes.append(
            Message(
                N_("Units left out because a value is missing: %(n)s."), {"n": len(units.left_out)}
            )
        )
    if inside.space.constant:
        notes.append(
            Message(
                N_("Alike for all units and so without weight: %(names)s."),
                {"names": ", ".join(inside.space.constant)},
            )
        )
    if choices.metric != "euclidean" and inside.space.combinations:
        notes.append(
            Message(
                N_("Columns that are combinations of others and add nothing: %(n)s."),
                {"n": inside.space.combinations},
            )
        )
    if support.by_propensity is None:
        notes.append(
            Message(
                N_(
                    "The covariates tell for some units exactly who takes part, so that no "
                    "propensity can be told and the common support is seen by ranges only."
                )
            )
        )
    return tuple(notes)
