"""An import as a record: alone in its transaction, with its counts and its rejected rows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from typing import Protocol

import pghistory
from django.db import connection, transaction
from django.utils import timezone

from clusterwork.audit.services import Actor, record
from clusterwork.kernel.messages import N_, Message
from clusterwork.registry.imports.records import Notice, Rejection
from clusterwork.registry.models import ImportRun, RejectedRow
from clusterwork.registry.states import CONFIRMED, FAILED, STAGED
from clusterwork.registry.wording import to_json

ONE_AT_A_TIME = 7_210_026  # the advisory lock that keeps two imports apart
BATCH = 5000


class Reading(Protocol):
    """What there is to say of one reading of one file."""

    source: str
    file_name: str
    as_at: date
    complete: bool
    sha256: str
    header: tuple[str, ...]
    rejections: list[Rejection]
    notices: list[Notice]

    @property
    def counts(self) -> Mapping[str, int]:
        """Rows by what became of them."""


@contextmanager
def importing(source: str) -> Iterator[None]:
    """One transaction, alone among imports, whose versions of rows name the import."""
    with transaction.atomic(), pghistory.context(what="import", source=source):
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [ONE_AT_A_TIME])
        yield


def keep_run(draft: Reading, by: Actor | None, state: str) -> ImportRun:
    """Keeps the reading with its counts and rejected rows."""
    counts = draft.counts
    run = ImportRun.objects.create(
        source=draft.source,
        file_name=draft.file_name[-255:],
        sha256=draft.sha256,
        as_at=draft.as_at,
        complete=draft.complete,
        state=state,
        header=list(draft.header),
        notices=[to_json(notice.text) for notice in draft.notices],
        who=str(by) if by else "",
        ended_at=None if state == STAGED else timezone.now(),
        **{f"n_{name}": n for name, n in counts.items()},
    )
    _keep_rejected(run, draft)
    return run


def _keep_rejected(run: ImportRun, draft: Reading) -> None:
    """Keeps the rejected rows, so that they can be looked at and handed back."""
    RejectedRow.objects.bulk_create(
        (
            RejectedRow(
                run=run,
                line=rejection.line,
                column=rejection.column[:200],
                value=rejection.value,
                reason=to_json(rejection.reason),
                next_step=to_json(rejection.next_step),
                fields=list(rejection.fields),
            )
            for rejection in draft.rejections
        ),
        batch_size=BATCH,
    )


def record_run(run: ImportRun, by: Actor | None) -> None:
    """Adds what became of the import to the audit record."""
    summaries = {
        CONFIRMED: N_("Loaded a file: %(new)s new, %(changed)s changed, %(closed)s closed."),
        FAILED: N_("A file was not loaded, because rows could not be taken."),
    }
    text = summaries.get(run.state, N_("Abandoned a file that was waiting for confirmation."))
    told = {"new": run.n_new, "changed": run.n_changed, "closed": run.n_closed}
    summary = Message(text, told if run.state == CONFIRMED else {})
    record(actor=by, verb=f"import.{run.state}", subject=run, summary=summary)
