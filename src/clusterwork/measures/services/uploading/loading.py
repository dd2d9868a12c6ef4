"""A file of figures loaded at once, or staged for somebody to look at and confirm."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import BinaryIO

from django.db import IntegrityError, transaction

from clusterwork.accounts.models import Person
from clusterwork.audit.services import record
from clusterwork.kernel.errors import Problem
from clusterwork.kernel.messages import N_, Message
from clusterwork.kernel.states import state_after
from clusterwork.measures.models import Upload
from clusterwork.measures.permissions.uploading import (
    authorities_to_fill,
    organisation_to_fill,
    upload_to_decide,
)
from clusterwork.measures.services.uploading import staging
from clusterwork.measures.services.uploading.drafting import Draft, Progress, draft_of
from clusterwork.registry.models import ImportRun, Organisation
from clusterwork.registry.services.imports import RowsRejected
from clusterwork.registry.services.runs import importing, keep_run, record_run
from clusterwork.registry.states import CONFIRMED, FAILED, IMPORT_MOVES, IMPORT_NAMES, STAGED

MANY = 10_000


class FiguresMovedOn(Problem):
    """What the file would do is no longer what was shown."""

    def __init__(self) -> None:
        super().__init__(
            Message(N_("Figures, measures or schools have changed since this file was read.")),
            why=Message(N_("What was shown may no longer be what would happen.")),
            next_step=Message(N_("Upload the file again and look at the changes once more.")),
        )


def import_figures(
    file: Path | BinaryIO,
    *,
    layout: str,
    organisation: Organisation | None,
    today: dt.date,
    now: dt.datetime,
    year: int | None = None,
    sheet: str = "",
    name: str = "",
    accept_good_rows: bool = False,
    dry_run: bool = False,
    progress: Progress | None = None,
) -> tuple[Draft, ImportRun | None]:
    """The command line's way: reads and loads in one transaction; raises `FileUnreadable`.

    With rejected rows, and unless `accept_good_rows`, nothing but the run (state `failed`) and its
    rejected rows is kept. A dry run keeps nothing and has no run.
    """
    with importing("figures"):
        draft = draft_of(
            file,
            layout=layout,
            organisation=organisation,
            authorities=None,
            today=today,
            year=year,
            sheet=sheet,
            name=name,
            progress=progress,
        )
        refused = bool(draft.rejections) and not accept_good_rows
        upload = _kept(draft, None, organisation, FAILED if refused else CONFIRMED)
        if not refused or dry_run:
            staging.load(upload.run, now=now)
        else:
            staging.forget(upload.run)
        record_run(upload.run, None)
        if dry_run:
            transaction.set_rollback(True)
            return draft, None
        _freshen(draft.n_arrived)
        return draft, upload.run


def stage_figures(
    file: Path | BinaryIO,
    *,
    person: Person,
    day: dt.date,
    organisation_pk: int,
    layout: str,
    year: int | None = None,
    sheet: str = "",
    name: str = "",
    progress: Progress | None = None,
) -> Upload:
    """Reads the file and keeps what it would add and correct; no figure changes.

    Only schools of the authorities that the person keeps are taken. Raises `FileUnreadable`, or
    `NotAllowed`.
    """
    organisation = organisation_to_fill(person, organisation_pk, day)
    with importing("figures"):
        draft = draft_of(
            file,
            layout=layout,
            organisation=organisation,
            authorities=authorities_to_fill(person, day),
            today=day,
            year=year,
            sheet=sheet,
            name=name,
            progress=progress,
        )
        upload = _kept(draft, person, organisation, STAGED)
        summary = Message(N_("Read a file of figures."))
        record(actor=person, verb="import.stage", subject=upload.run, summary=summary)
        return upload


def confirm_figures(
    *, person: Person, day: dt.date, now: dt.datetime, pk: int, accept_good_rows: bool = False
) -> Upload:
    """Does exactly what was shown, once; `pk` is the upload's.

    Raises `NotThere`, `NotAllowed`, `MoveNotAllowed`, `RowsRejected` or `FiguresMovedOn`; then
    nothing is changed.
    """
    try:
        return _confirm(person, day, now, pk, accept_good_rows)
    except IntegrityError as error:
        raise FiguresMovedOn from error


def _confirm(
    person: Person, day: dt.date, now: dt.datetime, pk: int, accept_good_rows: bool
) -> Upload:
    with importing("figures"):
        upload = _moved(person, day, pk, "confirm")
        run = upload.run
        if run.n_rejected and not accept_good_rows:
            raise RowsRejected(run.n_rejected)
        if staging.counted(run) != (upload.n_staged, run.n_changed):
            raise FiguresMovedOn
        if staging.load(run, now=now) != run.n_changed:
            raise FiguresMovedOn
        _end(upload, person, now)
        _freshen(upload.n_staged)
        return upload


def abandon_figures(*, person: Person, day: dt.date, now: dt.datetime, pk: int) -> Upload:
    """Throws what is staged away; its record stays. Raises `MoveNotAllowed`."""
    with importing("figures"):
        upload = _moved(person, day, pk, "abandon")
        staging.forget(upload.run)
        _end(upload, person, now)
        return upload


def _moved(person: Person, day: dt.date, pk: int, verb: str) -> Upload:
    upload = upload_to_decide(person, pk, day)
    upload.run = ImportRun.objects.select_for_update().get(pk=upload.run_id)
    upload.run.state = state_after(verb, upload.run.state, IMPORT_MOVES, IMPORT_NAMES)
    return upload


def _end(upload: Upload, person: Person, now: dt.datetime) -> None:
    upload.run.ended_at = now
    upload.run.save(update_fields=("state", "ended_at"))
    record_run(upload.run, person)


def _kept(
    draft: Draft, person: Person | None, organisation: Organisation | None, state: str
) -> Upload:
    """The reading with its rejected rows, and its figures staged."""
    run = keep_run(draft, person, state)
    draft.figures = staging.stage(run, draft.n_arrived, is_public=draft.layout.is_public)
    for name, n in draft.counts.items():
        setattr(run, f"n_{name}", n)
    run.save()
    matching = draft.matching
    return Upload.objects.create(
        run=run,
        organisation=organisation,
        by=person,
        layout=draft.layout.code,
        n_rows=draft.n_read,
        n_staged=draft.figures.new + draft.figures.changed,
        unmatched=[[number, n] for number, n in sorted(matching.unmatched.items())],
        chained=sorted([number, held] for number, held in matching.chained.items()),
    )


def _freshen(n_figures: int) -> None:
    """Lets the planner know of so many new rows."""
    if n_figures > MANY:
        staging.refresh_statistics()
