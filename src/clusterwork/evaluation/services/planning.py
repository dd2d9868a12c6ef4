"""Writing the plan of an analysis, one choice after another, until it is registered."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection

from django.db import transaction

from clusterwork.accounts.models import Person
from clusterwork.evaluation.models import AlikeBy, Alternative, Analysis, Where
from clusterwork.evaluation.rules.choices import (
    check_reach,
    check_too_early,
    check_years,
    usual_neighbours,
)
from clusterwork.evaluation.selectors.choices import (
    alternatives_fitting,
    groups_offered,
    offer_for,
    placebos_offered,
)
from clusterwork.evaluation.selectors.groups import Start, starts_of
from clusterwork.evaluation.services.opening import check_outcome_chosen, keep, open_to_write
from clusterwork.evaluation.services.planning_checks import (
    check_comparison,
    check_somebody,
    group_not_fit,
    measure_among,
    not_in_it,
    placebo_among,
    the_same,
)
from clusterwork.kernel.messages import N_
from clusterwork.measures.models import Measure


@transaction.atomic
def choose_outcome(
    *,
    person: Person,
    day: dt.date,
    pk: int,
    measure_pk: int,
    group: str,
    first_year: int,
    last_year: int,
    cluster_pk: int | None = None,
) -> Analysis:
    """Which results, whose, over which school years, and of one cluster or of all.

    What depends on another measure, group or last year is asked again: whom the work reaches, what
    they are hoped to gain, the day before which it is too early. Alternatives that no longer differ
    fall away, and with another measure, group or cluster the measure that the work cannot have
    changed.
    Raises `NotThere`, `NotAllowed`, `IsRegistered`, `ClusterNotInIt`, `MeasureNotFit`,
    `GroupNotFit`, and what `rules.choices.check_years` raises.
    """
    analysis = open_to_write(person, pk, day)
    offer = offer_for(analysis, person, day, cluster_pk)
    if cluster_pk is not None and not offer.starts:
        raise not_in_it()
    measure = measure_among(offer, measure_pk)
    if group not in {each.code for each in groups_offered(offer, measure)}:
        raise group_not_fit()
    check_years(offer.ground(measure.pk, group), first_year, last_year)
    analysis = keep(
        analysis, person, "analysis.outcome", N_("Chose the results of an analysis: %(study)s."),
        measure=measure, group=group, first_year=first_year, last_year=last_year,
        cluster=offer.starts[0].cluster if cluster_pk is not None else None,
        **_neighbours(analysis, cluster_pk, offer.starts, last_year),
        **_forgotten(analysis, measure, group, last_year),
        **_placebo_left(analysis, measure, group, cluster_pk),
    )  # fmt: skip
    return _without_the_same(analysis, person, offer.starts)


@transaction.atomic
def choose_reach(
    *,
    person: Person,
    day: dt.date,
    pk: int,
    reached: float,
    expected: float | None,
    pupils_sd: float | None,
    too_early_before: dt.date,
) -> Analysis:
    """Whom the work reaches, what they are hoped to gain, and when a result can be told.

    Raises `NotThere`, `NotAllowed`, `IsRegistered`, `OutcomeNotChosen`, `ReachImpossible`,
    `TooEarlyDay`.
    """
    analysis = open_to_write(person, pk, day)
    check_outcome_chosen(analysis)
    check_reach(reached, expected, pupils_sd)
    check_too_early(too_early_before, analysis.last_year or 0)
    return keep(
        analysis, person, "analysis.reach", N_("Said whom an analysis is about: %(study)s."),
        reached=reached, expected=expected, pupils_sd=pupils_sd, too_early_before=too_early_before,
    )  # fmt: skip


@transaction.atomic
def choose_comparison(
    *,
    person: Person,
    day: dt.date,
    pk: int,
    comparison: str,
    where: str = Where.NATION,
    neighbours: int = 3,
    alike_by: Collection[str] = tuple(AlikeBy.values),
) -> Analysis:
    """What the clusters are held against. Alternatives that no longer differ fall away.

    Raises `NotThere`, `NotAllowed`, `IsRegistered`, `OutcomeNotChosen`, `ComparisonImpossible`,
    `NobodyToCompareWith`.
    """
    analysis = open_to_write(person, pk, day)
    check_outcome_chosen(analysis)
    check_comparison(comparison, where, neighbours, alike_by)
    check_somebody(analysis, comparison)
    chosen = [each for each in AlikeBy.values if each in alike_by]
    analysis = keep(
        analysis, person, "analysis.comparison", N_("Chose the comparison: %(study)s."),
        comparison=comparison, where=where, neighbours=neighbours, alike_by=chosen,
    )  # fmt: skip
    return _without_the_same(analysis, person, starts_of(analysis.study.programme))


@transaction.atomic
def choose_alternatives(
    *,
    person: Person,
    day: dt.date,
    pk: int,
    alternatives: Collection[str],
    placebo_pk: int | None = None,
) -> Analysis:
    """Other choices under which the analysis is run too, and a measure that the work cannot have
    changed.

    Raises `NotThere`, `NotAllowed`, `IsRegistered`, `OutcomeNotChosen`, `AlternativeTheSame`,
    `MeasureNotFit`.
    """
    analysis = open_to_write(person, pk, day)
    check_outcome_chosen(analysis)
    fit = alternatives_fitting(analysis, starts_of(analysis.study.programme))
    for each in alternatives:
        if each not in fit:
            raise the_same(each)
    chosen = [each for each in Alternative.values if each in alternatives]
    return keep(
        analysis, person, "analysis.alternatives", N_("Said other choices beforehand: %(study)s."),
        alternatives=chosen, placebo=_placebo(analysis, person, day, placebo_pk),
    )  # fmt: skip


def _placebo(
    analysis: Analysis, person: Person, day: dt.date, placebo_pk: int | None
) -> Measure | None:
    if placebo_pk is None:
        return None
    return placebo_among(placebos_offered(analysis, person, day), placebo_pk)


def _without_the_same(analysis: Analysis, person: Person, starts: Collection[Start]) -> Analysis:
    fit = alternatives_fitting(analysis, starts)
    left = [each for each in analysis.alternatives if each in fit]
    return keep(
        analysis, person, "analysis.alternatives",
        N_("Other choices that would be the same fell away: %(study)s."), alternatives=left,
    )  # fmt: skip


def _neighbours(
    analysis: Analysis, cluster_pk: int | None, starts: Collection[Start], last_year: int
) -> dict[str, int]:
    """The usual number where results are chosen first, or other clusters are looked at."""
    if analysis.measure_id is not None and analysis.cluster_id == cluster_pk:
        return {}
    return {"neighbours": usual_neighbours(sum(each.year <= last_year for each in starts))}


def _forgotten(
    analysis: Analysis, measure: Measure, group: str, last_year: int
) -> dict[str, float | None]:
    """What was said of another measure, group or last year and may not hold for this one."""
    if (analysis.measure_id, analysis.group) != (measure.pk, group):
        return {"reached": 1.0, "expected": None, "pupils_sd": None, "too_early_before": None}
    return {} if analysis.last_year == last_year else {"too_early_before": None}


def _placebo_left(
    analysis: Analysis, measure: Measure, group: str, cluster_pk: int | None
) -> dict[str, None]:
    """None in place of a measure that was offered beside other results."""
    before = (analysis.measure_id, analysis.group, analysis.cluster_id)
    return {} if before == (measure.pk, group, cluster_pk) else {"placebo": None}
