"""The plan of an analysis as it is being written and as it was last registered."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from clusterwork.evaluation.models import Analysis, Registration, Run
from clusterwork.evaluation.rules.plan import AnalysisPlan, is_same_look, read
from clusterwork.measures.models.measure import Counted, Measure, Unit


def plan_of(analysis: Analysis) -> AnalysisPlan | None:
    """The plan as its fields stand; None while the measure or the years are not chosen."""
    if not (analysis.measure and analysis.first_year and analysis.last_year):
        return None
    early = analysis.too_early_before
    return AnalysisPlan(
        programme=analysis.study.programme_id,
        measure=analysis.measure.pk,
        group=analysis.group,
        scale=scale_of(analysis.measure),
        first_year=analysis.first_year,
        last_year=analysis.last_year,
        cluster=analysis.cluster_id,
        comparison=analysis.comparison,
        where=analysis.where,
        neighbours=analysis.neighbours,
        alike_by=tuple(analysis.alike_by),
        reached=analysis.reached,
        expected=analysis.expected,
        pupils_sd=analysis.pupils_sd,
        too_early_before=early.isoformat() if early else None,
        alternatives=tuple(analysis.alternatives),
        placebo=analysis.placebo_id,
    )


def scale_of(measure: Measure) -> str:
    """How differences of the measure are told, see `AnalysisPlan.scale`."""
    if measure.unit == Unit.PERCENT:
        return "percent"
    if measure.counts != Counted.PUPILS or measure.unit not in (Unit.POINTS, Unit.SCORE):
        return "amount"
    return "progress" if "progress" in measure.code else "score"


def last_registration(analysis: Analysis) -> Registration | None:
    """The registration that counts."""
    return analysis.registrations.order_by("-number").first()


def look_for(analysis: Analysis) -> Run | None:
    """The last look at what could be seen that holds for the plan as it stands, open or ended."""
    plan = plan_of(analysis)
    looks = analysis.runs.filter(kind=Run.Kind.POWER).order_by("-asked_at", "-pk")
    last = looks.first()
    if plan is None or last is None or not is_same_look(read(last.plan), plan):
        return None
    return last


def result_of(registration: Registration) -> Run | None:
    """The last run of a registration that has not been stopped, open or ended."""
    runs = registration.runs.exclude(state=Run.State.STOPPED)
    return runs.order_by("-asked_at", "-pk").first()


EARLY = {"too_early": True}


def told_results() -> QuerySet[Run]:
    """Runs that ended with a result and not only with its being too early, the newest first."""
    return _results().exclude(found__contains=EARLY)


def early_results() -> QuerySet[Run]:
    """Runs that ended with its being too early to say, the newest first."""
    return _results().filter(found__contains=EARLY)


def _results() -> QuerySet[Run]:
    done = Run.objects.filter(kind=Run.Kind.RESULT, state=Run.State.DONE)
    return done.order_by("-asked_at", "-pk")


def is_result_known(analysis: Analysis) -> bool:
    """Whether a result was told of the analysis, or of its measure and group in its programme."""
    same = Q(
        analysis__study__programme=analysis.study.programme_id,
        plan__measure=analysis.measure_id,
        plan__group=analysis.group,
    )
    return told_results().filter(same | Q(analysis=analysis)).exists()


def shown_run(analysis: Analysis) -> Run | None:
    """The result that the programme's people read; None where none is shown. One query."""
    rows = analysis.runs.filter(is_shown=True).select_related("registration", "asked_by")
    return rows.first()
