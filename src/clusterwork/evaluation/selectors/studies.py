"""Studies as a list shows them, their analyses with where they stand, and who is named on them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet

from clusterwork.accounts.models import Person
from clusterwork.accounts.selectors.roles import is_on
from clusterwork.clusters.models import Cluster
from clusterwork.clusters.permissions.reading_programmes import programmes_in
from clusterwork.evaluation.models import Analysis, Run, Study, StudyPerson
from clusterwork.evaluation.permissions.studies import studies_to_read, studies_to_work_on
from clusterwork.evaluation.rules.plan import AnalysisPlan, read
from clusterwork.evaluation.states import analysis as states
from clusterwork.measures.models import Measure


def studies_listed(person: Person, day: dt.date, programme: int | None = None) -> QuerySet[Study]:
    """Those that `person` may open, with `n_analyses`, `n_registered`, `n_results`, `n_shown`.

    An analysis that is not shown to schools is counted only for those who work on it.
    """
    works = studies_to_work_on(person, day)
    mine, told = Q(pk__in=works.values("pk")), Q(analyses__shared_at__isnull=False)
    open_to = told | mine
    had = Q(analyses__runs__kind=Run.Kind.RESULT, analyses__runs__state=Run.State.DONE)
    rows = studies_to_read(person, day).select_related("programme__organisation")
    if programme is not None:
        rows = rows.filter(programme=programme)
    return rows.annotate(
        n_analyses=Count("analyses", filter=open_to, distinct=True),
        n_registered=Count(
            "analyses", filter=open_to & ~Q(analyses__state=states.DRAFT), distinct=True
        ),
        n_results=Count("analyses", filter=open_to & had, distinct=True),
        n_shown=Count("analyses", filter=told, distinct=True),
    ).order_by("-started_at", "-pk")


def studies_not_run(person: Person, day: dt.date) -> QuerySet[Study]:
    """Those on which `person` is named or that hold a result shown to them; no programme is run."""
    named = StudyPerson.objects.filter(is_on(day), person=person)
    shown = Analysis.objects.filter(
        shared_at__isnull=False, study__programme__in=programmes_in(person, day)
    )
    return Study.objects.filter(Q(pk__in=named.values("study")) | Q(pk__in=shown.values("study")))


@dataclass(frozen=True)
class Standing:
    """An analysis with what was found, and what is under way or failed.

    `result` is the newest run with a result, for readers the one shown to them; `plan`, `measure`
    and `cluster` are what it is of, without a result what is being planned (`plan` is None then).
    `later` is the newest run after it (open or failed), `n_changes` how often the plan was
    registered anew after a result was known.
    """

    analysis: Analysis
    result: Run | None
    plan: AnalysisPlan | None
    measure: Measure | None
    cluster: Cluster | None
    later: Run | None
    n_changes: int


def analyses_of(study: Study, *, works: bool) -> list[Standing]:
    """The study's analyses, or those shown to schools, each with where it stands: four queries at
    most."""
    rows = study.analyses.select_related("measure", "cluster")
    if not works:
        rows = rows.filter(shared_at__isnull=False)
    marked = Q(registrations__after_result=True, registrations__number__gt=1)
    rows = rows.annotate(n_changes=Count("registrations", filter=marked))
    analyses = list(rows)
    for each in analyses:
        each.study = study
    runs = _runs_of(analyses, works=works)
    results = {pk: run for pk, each in runs.items() if (run := _result_among(each))}
    plans = {pk: read(run.plan) for pk, run in results.items()}
    named = _Named(analyses, plans.values())
    return [_standing(each, runs.get(each.pk, []), plans.get(each.pk), named) for each in analyses]


def _result_among(runs: Iterable[Run]) -> Run | None:
    return next((each for each in runs if each.state == Run.State.DONE), None)


def _runs_of(analyses: Iterable[Analysis], *, works: bool) -> dict[int, list[Run]]:
    """The runs for a result that were not stopped, newest first; for readers what was shown."""
    rows = Run.objects.filter(analysis__in=analyses, kind=Run.Kind.RESULT)
    if not works:
        rows = rows.filter(is_shown=True)
    found: dict[int, list[Run]] = {}
    for run in rows.exclude(state=Run.State.STOPPED).order_by("-asked_at", "-pk"):
        found.setdefault(run.analysis_id, []).append(run)
    return found


class _Named:
    """Measures and clusters of plans; asked for only where an analysis has another by now."""

    def __init__(self, analyses: Iterable[Analysis], plans: Collection[AnalysisPlan]) -> None:
        self.measures = {each.measure.pk: each.measure for each in analyses if each.measure}
        self.clusters = {each.cluster.pk: each.cluster for each in analyses if each.cluster}
        measures = {plan.measure for plan in plans} - self.measures.keys()
        clusters = {plan.cluster for plan in plans if plan.cluster} - self.clusters.keys()
        if measures:
            self.measures.update(Measure.objects.in_bulk(measures))
        if clusters:
            self.clusters.update(Cluster.objects.in_bulk(clusters))


def _standing(
    analysis: Analysis, runs: list[Run], plan: AnalysisPlan | None, named: _Named
) -> Standing:
    result = _result_among(runs)
    return Standing(
        analysis=analysis,
        result=result,
        plan=plan,
        measure=named.measures.get(plan.measure) if plan else analysis.measure,
        cluster=named.clusters.get(plan.cluster or 0) if plan else analysis.cluster,
        later=runs[0] if runs and runs[0] != result else None,
        n_changes=getattr(analysis, "n_changes", 0),
    )


def people_on(study: Study) -> list[StudyPerson]:
    """Those named on the study, now or before; the first named first."""
    return list(study.people.select_related("person", "named_by").order_by("start_on", "pk"))
