"""The demonstration's study: whether reading improved in the programme's clusters."""

from __future__ import annotations

from typing import Any

from clusterwork.cli.demo.cast import Cast
from clusterwork.cli.demo.days import Days, moment
from clusterwork.clusters.models import Programme
from clusterwork.evaluation.models import Analysis, Comparison, Run
from clusterwork.evaluation.services.planning import (
    choose_comparison,
    choose_outcome,
    choose_reach,
)
from clusterwork.evaluation.services.registering import register
from clusterwork.evaluation.services.running import ask_for_look, ask_for_result
from clusterwork.evaluation.services.sharing import share_result
from clusterwork.evaluation.services.studies import start_study
from clusterwork.evaluation.services.working import work_on_run
from clusterwork.measures.models import ALL, Measure

TITLE = "Did reading improve where schools learn together?"
QUESTION = (
    "Two clusters have worked on reading for a year. Do more of their pupils reach the expected "
    "standard since, beside pupils of the county's other clusters?"
)
MEASURE = "ks2-reading-expected"
BEFORE, AFTER = 4, 1  # school years with figures on both sides of the start
BESIDE = 5  # other clusters beside each


def make_study(cast: Cast, programme: Programme, days: Days) -> None:
    """Planned, looked at, registered, worked out and shown, as an officer would."""
    who: dict[str, Any] = {"person": cast.officer, "day": days.today}
    at: dict[str, Any] = {**who, "now": moment(days.today)}
    study = start_study(**at, programme_pk=programme.pk, title=TITLE, question=QUESTION)
    analysis = study.analyses.get()
    _plan(analysis, who, days)
    work_on_run(ask_for_look(**at, pk=analysis.pk).pk)
    register(**at, pk=analysis.pk)
    result = ask_for_result(**at, pk=analysis.pk)
    work_on_run(result.pk)
    result.refresh_from_db()
    if result.state == Run.State.DONE:
        share_result(**at, pk=analysis.pk)


def _plan(analysis: Analysis, who: dict[str, Any], days: Days) -> None:
    measure = Measure.objects.get(code=MEASURE, organisation=None)
    choose_outcome(
        **who,
        pk=analysis.pk,
        measure_pk=measure.pk,
        group=ALL,
        first_year=days.year - AFTER - BEFORE,
        last_year=days.year - 1,
    )
    choose_reach(
        **who,
        pk=analysis.pk,
        reached=1.0,
        expected=5.0,
        pupils_sd=None,
        too_early_before=days.start_on,
    )
    choose_comparison(**who, pk=analysis.pk, comparison=Comparison.CLUSTERS, neighbours=BESIDE)
