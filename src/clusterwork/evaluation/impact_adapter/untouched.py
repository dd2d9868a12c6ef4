"""The same comparison with a measure that the work cannot have changed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from clusterwork.evaluation.impact_adapter.estimating import Scale, chosen, could_fail
from clusterwork.evaluation.impact_adapter.grouping import Grouped
from clusterwork.evaluation.impact_adapter.table import table_of
from clusterwork.evaluation.rules.sample import Sample, Unit, whole
from clusterwork.impact.diagnostics import placebo_outcomes
from clusterwork.impact.result import Diagnostic
from clusterwork.impact.saying import Outcome
from clusterwork.kernel.errors import Problem
from clusterwork.kernel.messages import N_, Message

Groups = Mapping[str, Sequence[Unit]]
NEVER_MOVES = N_(
    "With so few clusters no change in this measure could be told from chance, whatever happened: "
    "judge by the table."
)
HAD_IT = N_(
    "Of the clusters %(ours)s of %(all)s have figures of it in every year; of what they are held "
    "against, %(others)s of %(beside)s."
)


class MeasureNotThere(Problem):
    """No cluster, or nothing that they are held against, has the measure in every year."""


def by_another_measure(sample: Sample, groups: Grouped) -> tuple[Diagnostic, Message] | None:
    """The difference of changes in the placebo, in its units, and how many groups have it; None
    where the plan names none.

    Of the schools of the main comparison those that have the placebo in every year; a group
    without any falls out. Raises MeasureNotThere and what `choose` raises.
    """
    if not sample.placebo:
        return None
    other = replace(
        groups,
        ours=_instead(groups.ours, sample.years),
        others=_instead(groups.others, sample.years),
    )

    had = _had(groups, other)
    if not other.ours or not other.others:
        raise MeasureNotThere(
            Message(N_("This measure could not be compared: too few schools have it.")), why=had
        )
    main = chosen(table_of(other, sample.years), Scale(1.0, Outcome.AMOUNT))
    told = placebo_outcomes([sample.placebo], lambda _outcome: main.estimate)
    if told.passed and not could_fail(main):
        told = replace(told, said=Message(NEVER_MOVES), passed=None)
    return told, had


def _had(groups: Grouped, other: Grouped) -> Message:
    counts = {
        "ours": len(other.ours),
        "all": len(groups.ours),
        "others": len(other.others),
        "beside": len(groups.others),
    }
    return Message(HAD_IT, counts)


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
