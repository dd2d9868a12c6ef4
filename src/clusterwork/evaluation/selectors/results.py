"""The result of an analysis that counts, how it was registered, and what is under way."""

from __future__ import annotations

from dataclasses import dataclass

from clusterwork.evaluation.models import Analysis, FrozenTable, Registration, Run


@dataclass(frozen=True)
class Results:
    """registrations: the newest first. result: the newest run that has ended with a result, with
    its registration. later: a newer one that waits, works or failed. earlier: those before it.
    frozen: the table behind the result, without its rows; None for one told to be too early."""

    analysis: Analysis
    registrations: tuple[Registration, ...]
    result: Run | None
    later: Run | None
    earlier: tuple[Run, ...]
    frozen: FrozenTable | None

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
        """The registrations that came after a result was known, the first first."""
        return tuple(each for each in reversed(self.registrations) if each.after_result)


def results_of(analysis: Analysis) -> Results:
    """Three queries."""
    registrations = tuple(analysis.registrations.select_related("by").order_by("-number"))
    rows = analysis.runs.filter(kind=Run.Kind.RESULT).exclude(state=Run.State.STOPPED)
    runs = list(rows.select_related("registration", "asked_by").order_by("-asked_at", "-pk"))
    done = [each for each in runs if each.state == Run.State.DONE]
    result = done[0] if done else None
    later = runs[0] if runs and runs[0] is not result else None
    frozen = FrozenTable.objects.defer("rows").filter(run=result).first() if result else None
    return Results(analysis, registrations, result, later, tuple(done[1:]), frozen)
