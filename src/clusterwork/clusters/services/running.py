"""The worker's part of a proposal: begin, keep watch, end. Safe to run twice."""

from __future__ import annotations

import time
from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone

from clusterwork.audit.services import record
from clusterwork.clusters import sentences
from clusterwork.clusters.formation_adapter import Impossible, solve
from clusterwork.clusters.models import Proposal
from clusterwork.clusters.outcomes import Answer
from clusterwork.clusters.selectors.moving import question_of
from clusterwork.clusters.selectors.placeable import Placeable, placeable_schools
from clusterwork.clusters.services.keeping import keep_answer
from clusterwork.clusters.states.proposal import ENDED, MOVES, NAMES, QUEUED
from clusterwork.kernel.errors import Problem
from clusterwork.kernel.messages import N_, Message
from clusterwork.kernel.states import state_after

BREATH_S = 1.0
SAID = {
    "finish": N_("Proposal %(number)s was made."),
    "find impossible": N_("Proposal %(number)s is not possible under its rules."),
    "fail": N_("Proposal %(number)s broke off."),
    "cancel": N_("Proposal %(number)s was stopped as asked."),
}
Trouble = Mapping[str, Any]


class Watch:
    """Writes the solver's progress and reads the wish to stop, at most once a second."""

    def __init__(self, pk: int) -> None:
        self.row = Proposal.objects.filter(pk=pk)
        self.noted_at = self.asked_at = 0.0
        self.stop = False

    def note(self, progress: Mapping[str, Any]) -> None:
        """Keeps the last word of the solver for the page."""
        if time.monotonic() - self.noted_at >= BREATH_S:
            self.noted_at = time.monotonic()
            self.row.update(progress=dict(progress))

    def should_stop(self) -> bool:
        """Whether somebody has asked to cancel."""
        if not self.stop and time.monotonic() - self.asked_at >= BREATH_S:
            self.asked_at = time.monotonic()
            self.stop = self.row.filter(stop_asked_at__isnull=False).exists()
        return self.stop


def work_on(pk: int) -> None:
    """Makes the proposal, however it ends. Does nothing where it has ended already.

    Raises what is nobody's wish (a lost database, a mistake of ours) for the job to be retried.
    """
    proposal = begin(pk)
    if proposal is None:
        return
    watch = Watch(pk)
    today = timezone.localdate()
    chosen = placeable_schools(proposal.formation, today)
    try:
        answer = solve(
            question_of(proposal, chosen, today),
            progress=watch.note,
            should_stop=watch.should_stop,
        )
    except Problem as problem:
        end_without(pk, problem, watch)
    else:
        end(pk, "cancel") if watch.stop else finish(pk, answer, chosen)


def end_without(pk: int, problem: Problem, watch: Watch) -> None:
    """There is no answer: because it was to stop, because none is possible, or none was found."""
    if watch.stop:
        end(pk, "cancel")
    elif isinstance(problem, Impossible):
        end(pk, "find impossible", problem.written())
    else:
        end(pk, "fail", sentences.problem_written(problem))


@transaction.atomic
def begin(pk: int) -> Proposal | None:
    """The proposal, now running; None where it has ended or was to be stopped before it began."""
    proposal = _locked(pk)
    if proposal is None or proposal.state in ENDED:
        return None
    if proposal.stop_asked_at:
        end(pk, "cancel")
        return None
    verb = "start" if proposal.state == QUEUED else "start again"
    proposal.state = state_after(verb, proposal.state, MOVES, NAMES)
    proposal.started_at = timezone.now()
    proposal.progress = {}
    proposal.save()
    return proposal


@transaction.atomic
def finish(pk: int, answer: Answer, chosen: Placeable) -> None:
    """Keeps the answer; nothing where the proposal has ended or was stopped meanwhile."""
    if end(pk, "finish"):
        proposal = Proposal.objects.get(pk=pk)
        keep_answer(proposal, answer, chosen.by_id, chosen.left_out)
        outcome = answer.outcome.to_json()
        outcome["n_left_out"] += len(chosen.left_out)
        proposal.outcome = outcome
        proposal.save(update_fields=["outcome"])


@transaction.atomic
def end(pk: int, verb: str, trouble: Trouble | None = None) -> bool:
    """Moves the proposal to an end, and says whether it was this one.

    What has ended stays as it is, and what was to be stopped ends as cancelled.
    """
    proposal = _locked(pk)
    if proposal is None or proposal.state in ENDED:
        return False
    if proposal.stop_asked_at and verb != "cancel":
        end(pk, "cancel")
        return False
    proposal.state = state_after(verb, proposal.state, MOVES, NAMES)
    proposal.ended_at = timezone.now()
    proposal.trouble = dict(trouble or {})
    proposal.save()
    record(
        actor=None,
        verb=f"proposal.{verb}",
        subject=proposal.formation,
        summary=Message(SAID[verb], {"number": proposal.number}),
        details={"proposal": pk},
    )
    return True


def give_up(pk: int) -> None:
    """Ends a proposal whose job broke off again and again."""
    problem = Problem(
        Message(N_("The proposal broke off.")),
        why=Message(N_("Something in the system went wrong, several times in a row.")),
        next_step=Message(
            N_("Ask for it again. If that breaks off too, tell whoever runs the system.")
        ),
    )
    end(pk, "fail", sentences.problem_written(problem))


def _locked(pk: int) -> Proposal | None:
    rows = Proposal.objects.select_for_update(of=("self",)).select_related("formation__programme")
    return rows.filter(pk=pk).first()
