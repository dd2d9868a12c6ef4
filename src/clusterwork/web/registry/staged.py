"""What a staged import would do, in words and in the parts that its page shows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from clusterwork.registry.imports.records import Rejection
from clusterwork.registry.models import Happening, ImportRun, ImportState, RejectedRow
from clusterwork.registry.wording import from_json
from clusterwork.web.formats import number

REJECTED, NOTICES = "rejected", "notices"


@dataclass(frozen=True)
class Part:
    """One list of the page, with its name in the address and how many it has."""

    key: str
    words: str
    n: int


def parts_of(run: ImportRun) -> list[Part]:
    """The lists that have something in them, the worst first where rows were rejected."""
    counted = [
        (REJECTED, _("Rows that cannot be taken"), run.n_rejected),
        (Happening.NEW, _("New"), run.n_new),
        (Happening.CHANGED, _("Changed"), run.n_changed),
        (Happening.CLOSED, _("Closed"), run.n_closed),
        (Happening.REOPENED, _("Reopened"), run.n_reopened),
        (NOTICES, _("Notices"), len(run.notices)),
    ]
    return [Part(str(key), words, n) for key, words, n in counted if n]


def n_to_load(run: ImportRun) -> int:
    """How many schools confirming would change."""
    return run.n_new + run.n_changed + run.n_closed + run.n_reopened


def button_words(run: ImportRun) -> str:
    """The consequence, as the button says it."""
    n = n_to_load(run)
    return ngettext("Load %(n)s school", "Load %(n)s schools", n) % {"n": number(n)}


def good_rows_words(run: ImportRun) -> str:
    """What somebody must say before the good rows are loaded alone."""
    good = run.n_read - run.n_rejected
    text = ngettext(
        "Load the one good row and leave out those that cannot be taken: %(rejected)s",
        "Load the %(good)s good rows and leave out those that cannot be taken: %(rejected)s",
        good,
    )
    return text % {"good": number(good), "rejected": number(run.n_rejected)}


def is_waiting(run: ImportRun) -> bool:
    """Whether the import waits for somebody to confirm or abandon it."""
    return run.state == ImportState.STAGED


def counts_of(run: ImportRun) -> list[tuple[str, int]]:
    """The counts of the summary, with their words."""
    return [
        (_("Rows read"), run.n_read),
        (_("New schools"), run.n_new),
        (_("Changed"), run.n_changed),
        (_("Unchanged"), run.n_unchanged),
        (_("Closed"), run.n_closed),
        (_("Reopened"), run.n_reopened),
        (_("Not matched"), run.n_unmatched),
        (_("Rows that cannot be taken"), run.n_rejected),
    ]


def rows_of(run: ImportRun, part: str) -> Any:
    """The rows of one list, in the order of the file."""
    if part == REJECTED:
        return run.rejected_rows.all()
    if part == NOTICES:
        return run.notices
    return run.staged.filter(happening=part).select_related("school")


def rejection_of(row: RejectedRow) -> Rejection:
    """The row as the reader handed it up."""
    return Rejection(
        row.line,
        row.column,
        row.value,
        from_json(row.reason),
        from_json(row.next_step),
        tuple(row.fields),
    )
