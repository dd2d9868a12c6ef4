"""The result of an analysis that counts, how it was registered, and what is under way."""

from __future__ import annotations

from dataclasses import dataclass

from clusterwork.evaluation.models import Analysis, FrozenTable, Registration, Run
from clusterwork.evaluation.rules.marks import CHANGED_AFTER, marks_of
from clusterwork.evaluation.rules.plan import AnalysisPlan, read
from clusterwork.measures.models import Measure


@dataclass(frozen=True)
class Results:
    """registrations: the newest first. result: what this reader gets: for those who work on it the
    newest run that has ended with a result, for others the one that was shown to them. plan and
    measure: what it is of, whatever is being written since. shown: what schools read. later: a
    newer one that waits, works or failed. earlier: those before it. frozen: the table behind the
    result, without its rows; None for one told to be too early."""

    analysis: Analysis
    registrations: tuple[Registration, ...]
    result: Run | None
    plan: AnalysisPlan | None
    measure: Measure | None
    shown: Run | None
    later: Run | None
    earlier: tuple[Run, ...]
    frozen: FrozenTable | None

    @property
    def name(self) -> str:
        """What the result is of; without one what is being planned."""
        return str(self.measure or self.analysis)

    @property
    def is_too_early(self) -> bool:
        """Whether the result says no more than that it is too early."""
        return bool(self.result and self.result.found.get("too_early"))

    @property
    def is_of_today(self) -> bool:
        """Whether the result is of the plan as it was last registered."""
        return bool(
            self.result
            and self.registrations
            and self.result.registration_id == self.registrations[0].pk
        )

    @property
    def changed_after(self) -> tuple[Registration, ...]:
        """The registrations that changed something after a result was known, the first first."""
        return tuple(each for each in self.registrations[::-1] if CHANGED_AFTER in marks_on(each))


def marks_on(registration: Registration) -> tuple[str, ...]:
    """What is marked on it, by the keys of `rules.marks`."""
    return marks_of(registration.number, registration.plan, after_result=registration.after_result)


def is_shown_in(results: Results) -> bool:
    """Whether schools read this very result."""
    return bool(results.result and results.result.is_shown)


def results_of(analysis: Analysis, *, works: bool = True) -> Results:
    """Three queries; four where the plan has another measure by now."""
    registrations = tuple(analysis.registrations.select_related("by").order_by("-number"))
    rows = analysis.runs.filter(kind=Run.Kind.RESULT).exclude(state=Run.State.STOPPED)
    runs = list(rows.select_related("registration", "asked_by").order_by("-asked_at", "-pk"))
    done = [each for each in runs if each.state == Run.State.DONE]
    shown = next((each for each in done if each.is_shown), None)
    result = shown if not works else done[0] if done else None
    plan = read(result.plan) if result else None
    return Results(
        analysis=analysis,
        registrations=registrations,
        result=result,
        plan=plan,
        measure=_measure_of(analysis, plan),
        shown=shown,
        later=runs[0] if works and runs and runs[0] is not result else None,
        earlier=tuple(done[done.index(result) + 1 :]) if result else (),
        frozen=FrozenTable.objects.defer("rows").filter(run=result).first() if result else None,
    )


def _measure_of(analysis: Analysis, plan: AnalysisPlan | None) -> Measure | None:
    if plan is None or plan.measure == analysis.measure_id:
        return analysis.measure
    return Measure.objects.get(pk=plan.measure)
