"""The worker's part: a run worked out from the figures of today, however it ends."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone

from clusterwork.clusters import sentences
from clusterwork.evaluation.impact_adapter.analysing import analysed, too_early
from clusterwork.evaluation.impact_adapter.powering import could_see
from clusterwork.evaluation.impact_adapter.programs import programs
from clusterwork.evaluation.impact_adapter.table import Frozen
from clusterwork.evaluation.models import FrozenTable, Run
from clusterwork.evaluation.rules.plan import read
from clusterwork.evaluation.selectors.sample import sample_of
from clusterwork.evaluation.states.run import MOVES, NAMES, WAITING
from clusterwork.kernel.errors import Problem
from clusterwork.kernel.states import state_after

Found = Mapping[str, Any]
Tell = Callable[[str, int, int], None]


class Stopped(Exception):
    """Somebody stopped the run, or it was begun anew."""


def work_on_run(pk: int) -> None:
    """Works the run out. Does nothing where it has ended or is gone.

    Raises what is nobody's wish, for the job to be retried.
    """
    run = _begun(pk)
    if run is None:
        return
    try:
        found, table = _worked(run, timezone.localdate())
    except Stopped:
        return
    except Problem as problem:
        _end(run, "fail", trouble=sentences.problem_written(problem))
    else:
        _end(run, "finish", found=found, table=table)


def _worked(run: Run, day: dt.date) -> tuple[Found, Frozen | None]:
    plan = read(run.plan)
    tell = _telling(run)
    if run.kind == Run.Kind.RESULT:
        early = too_early(plan, day)
        if early is not None:
            return early, None
    tell("schools", 0, 0)
    sample = sample_of(plan, run.asked_by, day)
    if run.kind == Run.Kind.POWER:
        return could_see(sample, plan, tell), None
    told = analysed(sample, plan, day, tell)
    return {**told.found, "programs": programs()}, told.frozen


def _telling(run: Run) -> Tell:
    """Writes how far it is; raises Stopped where nobody waits for it any more."""

    def tell(step: str, done: int, of: int) -> None:
        rows = Run.objects.filter(pk=run.pk, started_at=run.started_at, state=Run.State.WORKING)
        if not rows.update(step=step, done=done, of=of):
            raise Stopped

    return tell


@transaction.atomic
def _begun(pk: int) -> Run | None:
    rows = Run.objects.select_for_update(of=("self",)).select_related("analysis__study")
    run = rows.filter(pk=pk).first()
    if run is None or not run.is_open:
        return None
    verb = "start" if run.state == WAITING else "start again"
    run.state = state_after(verb, run.state, MOVES, NAMES)
    run.started_at = timezone.now()
    run.save()
    return run


@transaction.atomic
def _end(
    run: Run,
    verb: str,
    *,
    found: Found | None = None,
    table: Frozen | None = None,
    trouble: Found | None = None,
) -> None:
    """Writes the end with its table; nothing where the run was stopped or begun again since."""
    now = timezone.now()
    rows = Run.objects.filter(pk=run.pk, started_at=run.started_at, state=Run.State.WORKING)
    ended = rows.update(
        state=state_after(verb, run.state, MOVES, NAMES),
        ended_at=now,
        found=dict(found or {}),
        trouble=dict(trouble or {}),
    )
    if ended and table is not None:
        FrozenTable.objects.create(
            run=run,
            columns=[dict(column) for column in table.columns],
            n_rows=table.n_rows,
            rows=table.rows,
            data_hash=table.data_hash,
            made_at=now,
        )
