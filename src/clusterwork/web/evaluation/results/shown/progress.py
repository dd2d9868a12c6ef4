"""How far a run is, in words and numbers, step by step; or what came in its way."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from clusterwork.clusters.sentences import read
from clusterwork.evaluation.models import Run
from clusterwork.evaluation.rules.found import STEPS
from clusterwork.web.formats import number, said

OF_A_LOOK = ("schools", "matching", "estimate")


@dataclass(frozen=True)
class StepShown:
    """A step: what it is called and how it stands."""

    name: str
    words: str
    state: str


@dataclass(frozen=True)
class Progress:
    """The same on the page and for its script."""

    state: str
    words: str
    seconds: str
    share: float
    is_open: bool
    steps: list[StepShown]

    def to_json(self) -> dict[str, Any]:
        """What the page's script shows."""
        told = {f"step-{each.name}": each.state for each in self.steps}
        return {
            "state": self.state,
            "words": self.words,
            "seconds": self.seconds,
            "share": self.share,
            "is_open": self.is_open,
            **told,
        }


@dataclass(frozen=True)
class TroubleShown:
    """What came in the way, why, and what to do next; each may be empty."""

    what: str
    why: str
    next_step: str


def progress_shown(run: Run) -> Progress:
    """How far the run is now."""
    names = _steps(run)
    at = names.index(run.step) if run.step in names else -1
    return Progress(
        state=run.get_state_display(),
        words=_words(run),
        seconds=number(_seconds(run)),
        share=_share(run, at, len(names)),
        is_open=run.is_open,
        steps=[StepShown(each, step_words(each), _state(n, at)) for n, each in enumerate(names)],
    )


def trouble_shown(run: Run) -> TroubleShown:
    """The sentences of a run that failed."""
    told = (read(run.trouble.get(name)) for name in ("what", "why", "next_step"))
    return TroubleShown(*(said(each) if each else "" for each in told))


def step_words(step: str) -> str:
    """What is done in a step."""
    return {
        "schools": _("Collect the schools and their figures"),
        "matching": _("Find similar schools"),
        "estimate": _("Work out the estimate"),
        "checks": _("Make the checks"),
        "alternatives": _("Run the other choices, said beforehand"),
        "writing": _("Write it down"),
    }.get(step, step)


def _steps(run: Run) -> list[str]:
    if run.kind == Run.Kind.POWER:
        return list(OF_A_LOOK)
    return [each for each in STEPS if each != "alternatives" or run.plan.get("alternatives")]


def _state(place: int, at: int) -> str:
    if place < at:
        return _("Done")
    return _("Now") if place == at else _("To come")


def _words(run: Run) -> str:
    if not run.is_open:
        return _("The work has ended.")
    if run.state == Run.State.WAITING:
        return _("It waits for its turn.")
    if run.of:
        told = {"step": step_words(run.step), "done": number(run.done), "of": number(run.of)}
        return _("%(step)s: %(done)s of %(of)s.") % told
    return f"{step_words(run.step)}." if run.step else _("It has begun.")


def _seconds(run: Run) -> float:
    if run.started_at is None:
        return 0.0
    return ((run.ended_at or timezone.now()) - run.started_at).total_seconds()


def _share(run: Run, at: int, n: int) -> float:
    if not run.is_open:
        return 1.0
    within = (run.done - 1) / run.of if run.of else 0.0
    return max(0.0, at + max(0.0, within)) / n if at >= 0 else 0.0
