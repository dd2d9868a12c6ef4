"""A spreadsheet of clusters loaded at once, or staged for somebody to look at and confirm."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import BinaryIO

from django.db import IntegrityError, transaction
from django.utils import timezone

from clusterwork.accounts.models import Person
from clusterwork.audit.services import Actor, record
from clusterwork.clusters.imports.reading import Sheet, open_sheet
from clusterwork.clusters.models import Arrival, ArrivalStep, Cluster
from clusterwork.clusters.permissions.arrivals import arrival_to_decide, organisations_to_fill
from clusterwork.clusters.rules.arriving.plans import Draft
from clusterwork.clusters.services.arriving.applying import apply_steps
from clusterwork.clusters.services.arriving.drafting import draft_of
from clusterwork.kernel.errors import Problem
from clusterwork.kernel.messages import N_, Message
from clusterwork.kernel.states import state_after
from clusterwork.registry.imports.table import Row
from clusterwork.registry.models import ImportRun, Organisation
from clusterwork.registry.services.imports import RowsRejected
from clusterwork.registry.services.runs import importing, keep_run, record_run
from clusterwork.registry.states import CONFIRMED, FAILED, IMPORT_MOVES, IMPORT_NAMES, STAGED

BATCH = 1000


class ClustersMovedOn(Problem):
    """What the file would do is no longer what was shown."""

    def __init__(self) -> None:
        super().__init__(
            Message(N_("The clusters or the register have changed since this file was read.")),
            why=Message(N_("What was shown may no longer be what would happen.")),
            next_step=Message(N_("Upload the file again and look at the changes once more.")),
        )


class ChangesThePast(Problem):
    """The file changes who was where on days that are past, and nobody has agreed to that."""

    def __init__(self, n_past: int) -> None:
        super().__init__(
            Message(
                N_("Nothing was loaded. The file changes what is held of past days: %(n)s."),
                {"n": n_past},
            ),
            why=Message(N_("Figures for those days would come out otherwise than before.")),
            next_step=Message(N_("Look at these changes, and say that they are meant.")),
        )


def import_clusters(
    file: Path | BinaryIO,
    *,
    organisation: Organisation | None,
    today: dt.date,
    sheet: str = "",
    name: str = "",
    accept_good_rows: bool = False,
    change_past: bool = False,
    dry_run: bool = False,
) -> tuple[Draft, ImportRun | None]:
    """The command line's way: reads and loads in one transaction; raises `FileUnreadable`.

    With rejected rows, and unless `accept_good_rows`, nothing but the run (state `failed`) and its
    rejected rows is kept; the same where past days would change, and unless `change_past`.
    """
    read = open_sheet(file, name, sheet)
    with importing("clusters"):
        everybodys = list(Organisation.objects.order_by("name"))
        draft = draft_of(read, organisations=everybodys, default=organisation, today=today)
        if dry_run:
            return draft, None
        refused = bool(draft.rejections) and not accept_good_rows
        refused = refused or (bool(draft.n_past) and not change_past)
        run = keep_run(draft, None, FAILED if refused else CONFIRMED)
        _keep(run, draft, organisation, [])
        if not refused:
            apply_steps(run, draft, None)
        record_run(run, None)
        return draft, run


def stage_clusters(
    file: Path | BinaryIO,
    *,
    person: Person,
    day: dt.date,
    organisation: Organisation,
    sheet: str = "",
    name: str = "",
) -> Arrival:
    """Reads the file and keeps what it would do; no cluster changes.

    Raises `FileUnreadable`, or `NotAllowed` for another organisation's officer.
    """
    mine = organisations_to_fill(person, organisation, day)
    read = open_sheet(file, name, sheet)
    with importing("clusters"):
        draft = draft_of(read, organisations=mine, default=organisation, today=day)
        run = keep_run(draft, person, STAGED)
        arrival = _keep(run, draft, organisation, [[row.line, row.fields] for row in read.rows])
        record(
            actor=person,
            verb="import.stage",
            subject=run,
            summary=Message(N_("Read a spreadsheet of clusters.")),
        )
        return arrival


def _keep(
    run: ImportRun, draft: Draft, organisation: Organisation | None, rows: list[list[object]]
) -> Arrival:
    arrival = Arrival.objects.create(
        run=run, organisation=organisation, rows=rows, counts=draft.told, n_past=draft.n_past
    )
    ArrivalStep.objects.bulk_create(
        (ArrivalStep(arrival=arrival, **step.shown()) for step in draft.steps), batch_size=BATCH
    )
    return arrival


def confirm_clusters(
    *,
    person: Person,
    day: dt.date,
    pk: int,
    accept_good_rows: bool = False,
    change_past: bool = False,
) -> Arrival:
    """Does exactly what was shown, once.

    Raises `NotThere`, `NotAllowed`, `MoveNotAllowed`, `RowsRejected`, `ChangesThePast` or
    `ClustersMovedOn`; then nothing is changed.
    """
    try:
        return _confirm(person, day, pk, accept_good_rows, change_past)
    except IntegrityError as error:
        raise ClustersMovedOn from error


def _confirm(
    person: Person, day: dt.date, pk: int, accept_good_rows: bool, change_past: bool
) -> Arrival:
    with importing("clusters"):
        arrival = _moved(person, day, pk, "confirm")
        run = arrival.run
        if run.n_rejected and not accept_good_rows:
            raise RowsRejected(run.n_rejected)
        if arrival.n_past and not change_past:
            raise ChangesThePast(arrival.n_past)
        draft = _read_again(arrival, person, day)
        apply_steps(run, draft, person)
        _end(arrival, person)
        return arrival


def _read_again(arrival: Arrival, person: Person, day: dt.date) -> Draft:
    """The draft as it comes out now; raises `ClustersMovedOn` where it is another."""
    if arrival.organisation is None:
        raise ClustersMovedOn
    mine = organisations_to_fill(person, arrival.organisation, day)
    ids = [each.pk for each in mine]
    list(Cluster.objects.select_for_update().filter(organisation__in=ids).values_list("pk"))
    sheet = _sheet_of(arrival)
    today = arrival.run.as_at
    draft = draft_of(sheet, organisations=mine, default=arrival.organisation, today=today)
    shown = arrival.steps.values(
        "happening", "line", "cluster", "subject", "differences", "is_past"
    )
    n_rejected = len(draft.rejections) + _n_unreadable(arrival)
    if n_rejected != arrival.run.n_rejected or [s.shown() for s in draft.steps] != list(shown):
        raise ClustersMovedOn
    return draft


def _sheet_of(arrival: Arrival) -> Sheet:
    run = arrival.run
    rows = [Row(line, tuple(fields)) for line, fields in arrival.rows]
    return Sheet(run.file_name, run.sha256, tuple(run.header), rows)


def _n_unreadable(arrival: Arrival) -> int:
    """Rejected rows that were no rows at all, and so are not among those kept."""
    lines = {line for line, _ in arrival.rows}
    return arrival.run.rejected_rows.exclude(line__in=lines).count()


def abandon_clusters(*, person: Person, day: dt.date, pk: int) -> Arrival:
    """Throws what is staged away; its record stays. Raises `MoveNotAllowed`."""
    with transaction.atomic():
        arrival = _moved(person, day, pk, "abandon")
        arrival.steps.all().delete()
        _end(arrival, person)
        return arrival


def _moved(person: Person, day: dt.date, pk: int, verb: str) -> Arrival:
    arrival = arrival_to_decide(person, pk, day)
    run = ImportRun.objects.select_for_update().get(pk=arrival.run_id)
    run.state = state_after(verb, run.state, IMPORT_MOVES, IMPORT_NAMES)
    arrival.run = run
    return arrival


def _end(arrival: Arrival, by: Actor) -> None:
    arrival.rows = []
    arrival.save(update_fields=["rows"])
    arrival.run.ended_at = timezone.now()
    arrival.run.save(update_fields=["state", "ended_at"])
    record_run(arrival.run, by)
