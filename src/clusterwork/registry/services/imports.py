"""Register files: loaded at once, or staged for somebody to look at and confirm."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any, BinaryIO

from django.db import IntegrityError, transaction
from django.utils import timezone

from clusterwork.audit.services import Actor, record
from clusterwork.kernel.errors import Problem
from clusterwork.kernel.messages import N_, Message
from clusterwork.kernel.states import state_after
from clusterwork.registry.models import OF_THE_REGISTER, ImportRun, School, StagedChange
from clusterwork.registry.rules.steps import NEW, Step, from_plan, to_plan
from clusterwork.registry.selectors.held import FIELDS
from clusterwork.registry.services.applying import apply_steps
from clusterwork.registry.services.drafts import Draft, Progress, draft_of
from clusterwork.registry.services.runs import importing, keep_run, record_run
from clusterwork.registry.states import CONFIRMED, FAILED, IMPORT_MOVES, IMPORT_NAMES, STAGED

BATCH = 5000


class RowsRejected(Problem):
    """Rows can't be taken, and nobody has said that the good ones should be loaded alone."""

    def __init__(self, n_rejected: int) -> None:
        super().__init__(
            Message(N_("Nothing was loaded. Rows that can't be taken: %(n)s."), {"n": n_rejected}),
            next_step=Message(
                N_("Mend the rows and load the file again, or choose to load the good rows alone.")
            ),
        )


class RegisterMovedOn(Problem):
    """The register is no longer as it was when the file was compared with it."""

    def __init__(self) -> None:
        super().__init__(
            Message(N_("The register has changed since this file was read.")),
            why=Message(N_("What was shown may no longer be what would happen.")),
            next_step=Message(N_("Upload the file again and look at the changes once more.")),
        )


def import_register(
    file: Path | BinaryIO,
    *,
    source: str,
    by: Actor | None,
    today: date,
    as_at: date | None = None,
    complete: bool = False,
    accept_good_rows: bool = False,
    dry_run: bool = False,
    name: str = "",
    progress: Progress | None = None,
) -> tuple[Draft, ImportRun | None]:
    """Reads and loads in one transaction; raises `FileUnreadable`.

    With rejected rows, and unless `accept_good_rows`, nothing but the run (state `failed`) and
    its rejected rows is kept. A dry run keeps nothing and has no run.
    """
    with importing(source):
        draft = draft_of(
            file,
            source=source,
            as_at=as_at,
            today=today,
            complete=complete,
            name=name,
            progress=progress,
        )
        if dry_run:
            return draft, None
        refused = bool(draft.rejections) and not accept_good_rows
        run = keep_run(draft, by, FAILED if refused else CONFIRMED)
        if not refused:
            apply_steps(run, draft.steps)
        record_run(run, by)
        return draft, run


def stage_import(
    file: Path | BinaryIO,
    *,
    source: str,
    by: Actor | None,
    today: date,
    as_at: date | None = None,
    complete: bool = False,
    name: str = "",
    progress: Progress | None = None,
) -> ImportRun:
    """Reads the file and keeps what it would change; the register stays as it is.

    Raises `FileUnreadable`.
    """
    with importing(source):
        draft = draft_of(
            file,
            source=source,
            as_at=as_at,
            today=today,
            complete=complete,
            name=name,
            progress=progress,
        )
        run = keep_run(draft, by, STAGED)
        StagedChange.objects.bulk_create(
            (_staged(run, step) for step in draft.steps), batch_size=BATCH
        )
        record(
            actor=by, verb="import.stage", subject=run, summary=Message(N_("Read a register file."))
        )
        return run


def confirm_import(*, run_id: int, by: Actor | None, accept_good_rows: bool = False) -> ImportRun:
    """Applies exactly what was staged.

    Raises `MoveNotAllowed`, `RowsRejected` or `RegisterMovedOn`; then nothing is changed.
    """
    try:
        return _confirm(run_id, by, accept_good_rows)
    except IntegrityError as error:  # a school that was added meanwhile has the same number
        raise RegisterMovedOn from error


def _confirm(run_id: int, by: Actor | None, accept_good_rows: bool) -> ImportRun:
    with importing("confirm"):
        run = _moved(run_id, "confirm")
        if run.n_rejected and not accept_good_rows:
            raise RowsRejected(run.n_rejected)
        others = ImportRun.objects.filter(source__in=OF_THE_REGISTER, state=CONFIRMED)
        if others.filter(ended_at__gt=run.started_at).exists():
            raise RegisterMovedOn
        steps = [_step(staged) for staged in run.staged.order_by("id").iterator(BATCH)]
        _check_still_so(steps)
        apply_steps(run, steps)
        _end(run, by)
        return run


def abandon_import(*, run_id: int, by: Actor | None) -> ImportRun:
    """Throws a staged import away; its record stays. Raises `MoveNotAllowed`."""
    with transaction.atomic():
        run = _moved(run_id, "abandon")
        run.staged.all().delete()
        _end(run, by)
        return run


def _moved(run_id: int, verb: str) -> ImportRun:
    run = ImportRun.objects.select_for_update().get(pk=run_id, source__in=OF_THE_REGISTER)
    run.state = state_after(verb, run.state, IMPORT_MOVES, IMPORT_NAMES)
    return run


def _end(run: ImportRun, by: Actor | None) -> None:
    run.ended_at = timezone.now()
    run.save(update_fields=["state", "ended_at"])
    record_run(run, by)


def _check_still_so(steps: list[Step]) -> None:
    """Each school still has the values that the staged change would replace."""
    known = [step for step in steps if step.happening != NEW]
    held = {
        row["id"]: row
        for row in School.objects.filter(pk__in=[step.school_id for step in known]).values(
            "id", "authority__code", *FIELDS
        )
    }
    for step in known:
        now: dict[str, Any] = held.get(step.school_id or 0) or {}
        now["authority"] = now.get("authority__code")
        if any(now.get(name) != old for name, old in step.old.items()):
            raise RegisterMovedOn
    new = [step.values for step in steps if step.happening == NEW]
    urns = [int(str(values["urn"])) for values in new if values.get("urn")]
    if School.objects.filter(urn__in=urns).exists():
        raise RegisterMovedOn


def _staged(run: ImportRun, step: Step) -> StagedChange:
    return StagedChange(
        run=run,
        school_id=step.school_id,
        happening=step.happening,
        line=step.line,
        number=step.number,
        name=step.name,
        differences=step.differences,
        plan=to_plan(step),
    )


def _step(staged: StagedChange) -> Step:
    return from_plan(
        staged.plan,
        happening=staged.happening,
        line=staged.line,
        school_id=staged.school_id,
        number=staged.number,
        name=staged.name,
    )
