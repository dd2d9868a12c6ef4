"""What cannot be chosen for an analysis, and why; the checks behind `services.planning`."""

from __future__ import annotations

from collections.abc import Collection

from django.db.models import QuerySet

from clusterwork.evaluation.models import AlikeBy, Alternative, Analysis, Comparison, Where
from clusterwork.evaluation.rules.choices import MOST_NEIGHBOURS, nothing_to_see, school_year
from clusterwork.evaluation.selectors.choices import (
    Offer,
    comparisons_possible,
    measures_offered,
)
from clusterwork.evaluation.selectors.groups import starts_of
from clusterwork.kernel.errors import Problem
from clusterwork.kernel.messages import N_, Message
from clusterwork.measures.models import Measure


class ClusterNotInIt(Problem):
    """The cluster never took part in the programme."""


class MeasureNotFit(Problem):
    """The schools have no figures of the measure that an analysis could use."""


class GroupNotFit(Problem):
    """The measure is not given for the group, or not for enough years."""


class NobodyToCompareWith(Problem):
    """There is no cluster of the kind that the comparison asks for."""


class ComparisonImpossible(Problem):
    """A number of similar schools, or a way to be alike, that cannot be."""


class AlternativeTheSame(Problem):
    """The alternative would be the main choice over again."""


def measure_among(offer: Offer, pk: int) -> Measure:
    """The measure among those offered. Raises `MeasureNotFit`, `NothingBeforeTheStart`."""
    found = measures_offered(offer).filter(pk=pk).first()
    if found is not None:
        return found
    if not offer.enough:
        raise nothing_to_see()
    raise MeasureNotFit(
        Message(N_("This measure has no figures of these schools before and after the start.")),
        why=Message(
            N_("Only figures of single schools, by school year, that you may see count here.")
        ),
        next_step=Message(N_("Choose one of the measures in the list, or bring figures in.")),
    )


def placebo_among(offered: QuerySet[Measure], pk: int) -> Measure:
    """The measure among those offered. Raises `MeasureNotFit`."""
    found = offered.filter(pk=pk).first()
    if found is None:
        raise MeasureNotFit(
            Message(N_("This measure cannot be compared in the same way.")),
            why=Message(N_("It is the one looked at, or has no figures of these schools.")),
            next_step=Message(N_("Choose one of the measures in the list, or none.")),
        )
    return found


def check_comparison(
    comparison: str, where: str, neighbours: int, alike_by: Collection[str]
) -> None:
    """Raises `ComparisonImpossible`."""
    known = comparison in Comparison.values and where in Where.values
    if not known or not set(alike_by) <= set(AlikeBy.values):
        raise ComparisonImpossible(
            Message(N_("This comparison is not one of those offered.")),
            next_step=Message(N_("Choose one of the list.")),
        )
    if not 1 <= neighbours <= MOST_NEIGHBOURS:
        raise ComparisonImpossible(
            Message(N_("The number of groups for each cluster lies between 1 and %(most)s."),
                    {"most": MOST_NEIGHBOURS}),
            next_step=Message(N_("Enter a number within these; three is usual.")),
        )  # fmt: skip
    if comparison == Comparison.SCHOOLS and not alike_by:
        raise ComparisonImpossible(
            Message(N_("It is not said in what the schools are to be alike.")),
            next_step=Message(N_("Choose at least one thing.")),
        )


def check_somebody(analysis: Analysis, comparison: str) -> None:
    """Raises `NobodyToCompareWith`."""
    if comparison in comparisons_possible(analysis, starts_of(analysis.study.programme)):
        return
    if comparison == Comparison.LATER:
        year = school_year(analysis.last_year or 0)
        raise NobodyToCompareWith(
            Message(
                N_("No cluster of the programme starts after this school year: %(year)s."),
                {"year": year},
            ),
            next_step=Message(N_("Choose another comparison, or an earlier last year.")),
        )
    raise NobodyToCompareWith(
        Message(N_("There is no cluster outside the programme that was there before it.")),
        next_step=Message(N_("Choose similar schools instead.")),
    )


def not_in_it() -> Problem:
    """For a cluster from elsewhere."""
    return ClusterNotInIt(
        Message(N_("This cluster never took part in the programme.")),
        next_step=Message(N_("Choose one of its clusters, or all of them.")),
    )


def group_not_fit() -> Problem:
    """For a group without figures."""
    return GroupNotFit(
        Message(N_("There are not enough figures of this measure for this group of pupils.")),
        why=Message(N_("Figures of the group are needed from before the first start and after.")),
        next_step=Message(N_("Choose another group, or all pupils.")),
    )


def the_same(alternative: str) -> Problem:
    """For an alternative that does not differ from the plan."""
    known = alternative in Alternative.values
    label = Alternative(alternative).label if known else alternative
    return AlternativeTheSame(
        Message(N_("This would not be another choice: %(choice)s."), {"choice": str(label)}),
        why=Message(N_("It says what the plan says already, or there are no years for it.")),
        next_step=Message(N_("Choose among those that the page offers.")),
    )
