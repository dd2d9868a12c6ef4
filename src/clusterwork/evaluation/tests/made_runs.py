"""Analyses of a made world, planned, registered and worked out without a worker."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any

from clusterwork.evaluation.models import Analysis, Registration, Run, Study
from clusterwork.evaluation.rules.plan import AnalysisPlan, written
from clusterwork.evaluation.services.running import ask_for_result
from clusterwork.evaluation.services.working import work_on_run
from clusterwork.evaluation.states.analysis import REGISTERED
from clusterwork.evaluation.tests.made import NOW, MadeWorld

DAY = dt.date(2026, 11, 21)


def plan_for(world: MadeWorld, **changes: Any) -> AnalysisPlan:
    """The world's measure over all its years, beside similar schools."""
    years = sorted(figure_years(world))
    plan = AnalysisPlan(
        programme=world.programme.pk,
        measure=world.measure.pk,
        group="all",
        scale="score",
        first_year=years[0],
        last_year=years[-1],
        alike_by=("pupils", "meals", "before"),
        pupils_sd=15.0,
    )
    return replace(plan, **changes)


def figure_years(world: MadeWorld) -> set[int]:
    """School years with a figure of the world's first school."""
    from clusterwork.measures.models import Figure

    rows = Figure.objects.filter(school=world.schools[0], measure=world.measure)
    return {on.year for on in rows.values_list("on", flat=True)}


def registered(world: MadeWorld, plan: AnalysisPlan) -> Analysis:
    """An analysis registered with the plan, without the steps before it."""
    study = Study.objects.create(
        programme=world.programme,
        title="Did reading improve?",
        started_by=world.officer,
        started_at=NOW,
    )
    analysis = Analysis.objects.create(
        study=study,
        state=REGISTERED,
        measure=world.measure,
        group=plan.group,
        cluster_id=plan.cluster,
        first_year=plan.first_year,
        last_year=plan.last_year,
        comparison=plan.comparison,
        neighbours=plan.neighbours,
        alike_by=list(plan.alike_by),
        pupils_sd=plan.pupils_sd,
        alternatives=list(plan.alternatives),
        started_by=world.officer,
        started_at=NOW,
    )
    Registration.objects.create(
        analysis=analysis, number=1, plan=written(plan), by=world.officer, at=NOW
    )
    return analysis


def run_of(world: MadeWorld, analysis: Analysis) -> Run:
    """The result of the analysis, worked out."""
    run = ask_for_result(person=world.officer, day=DAY, now=NOW, pk=analysis.pk)
    work_on_run(run.pk)
    run.refresh_from_db()
    return run
