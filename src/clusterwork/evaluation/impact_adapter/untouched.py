"""The same comparison with a measure that the work cannot have changed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from clusterwork.evaluation.impact_adapter.estimating import Scale, chosen
from clusterwork.evaluation.impact_adapter.grouping import Grouped
from clusterwork.evaluation.impact_adapter.table import table_of
from clusterwork.evaluation.rules.sample import Sample, Unit, whole
from clusterwork.impact.diagnostics import placebo_outcomes
from clusterwork.impact.result import Diagnostic, Estimate
from clusterwork.impact.saying import Outcome

Groups = Mapping[str, Sequence[Unit]]


def by_another_measure(sample: Sample, groups: Grouped) -> Diagnostic | None:
    """The difference of changes in the placebo, in its units; None where the plan names none.

    Of the schools of the main comparison those that have the placebo in every year; a group
    without any falls out.
    """
    if not sample.placebo:
        return None
    other = replace(
        groups,
        ours=_instead(groups.ours, sample.years),
        others=_instead(groups.others, sample.years),
    )

    def refit(_outcome: str) -> Estimate:
        return chosen(table_of(other, sample.years), Scale(1.0, Outcome.AMOUNT)).estimate

    return placebo_outcomes([sample.placebo], refit)


def _instead(groups: Groups, years: tuple[int, ...]) -> dict[str, tuple[Unit, ...]]:
    """The groups with the placebo in place of the figures."""
    found = {
        label: tuple(
            unit
            for unit in (replace(each, figures=each.placebo) for each in units)
            if whole(unit, years)
        )
        for label, units in groups.items()
    }
    return {label: units for label, units in found.items() if units}
