"""Who sees statistics of pupils: those named on the study that day, and nobody by their office.

The database holds to it by itself: its policies compare `clusterwork.person` with the people of the
study. Only `named_on` and `as_person` set it, for one block of one transaction.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, transaction

from clusterwork.accounts.models import Person
from clusterwork.evaluation.models import CellFit, CellSet, Study
from clusterwork.evaluation.permissions.studies import is_named_on, study_to_work_on
from clusterwork.kernel.errors import NotAllowed, NotThere
from clusterwork.kernel.messages import N_, Message

SETTING = "clusterwork.person"


@contextmanager
def named_on(person: Person, study_pk: int, day: dt.date) -> Iterator[Study]:
    """One transaction in which what is restricted in the study is there.

    Everything has to be read before it ends. Raises `NotThere`, `NotAllowed`.
    """
    study = study_to_work_on(person, study_pk, day)
    if not is_named_on(person, study, day):
        raise _not_named(study)
    with as_person(person.pk):
        yield study


@contextmanager
def as_person(pk: int) -> Iterator[None]:
    """One transaction in which the database shows what this person may see.

    A transaction around it goes on as whoever it was before: what is set inside a savepoint
    would else outlive it. Where the block breaks off, the database takes the setting back itself.
    """
    with transaction.atomic():
        before = _set(str(pk))
        yield
        _set(before)


def _set(person: str) -> str:
    """Sets the person for the transaction; answers who it was before."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting(%s, true)", [SETTING])
        (before,) = cursor.fetchone()
        cursor.execute("SELECT set_config(%s, %s, true)", [SETTING, person])
    return before or ""


def is_protected() -> bool:
    """Whether the policies bind this connection; not so where it signs in as the owner."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT row_security_active(%s)", [CellSet._meta.db_table])
        (is_bound,) = cursor.fetchone()
    return bool(is_bound)


def cell_set_of(study: Study, pk: int, *, locked: bool = False) -> CellSet:
    """A set of the study, within `named_on`; or `NotThere`."""
    rows = CellSet.objects.filter(study=study)
    if locked:
        rows = rows.select_for_update(of=("self",))
    found = rows.select_related("uploaded_by", "erased_by").defer("content").filter(pk=pk).first()
    if found is None:
        raise NotThere(
            Message(N_("There are no such statistics of pupils.")),
            next_step=Message(N_("Open the list of the study and choose one.")),
        )
    return found


def cell_fit_of(study: Study, pk: int) -> CellFit:
    """A result of the study, within `named_on`; or `NotThere`."""
    found = study.cell_fits.select_related("asked_by").filter(pk=pk).first()
    if found is None:
        raise NotThere(
            Message(N_("There is no such result.")),
            next_step=Message(N_("Open the list of the study and choose one.")),
        )
    return found


def _not_named(study: Study) -> NotAllowed:
    return NotAllowed(
        Message(N_("You cannot see the statistics of pupils in this study.")),
        why=Message(
            N_(
                "They are restricted: only people named on the study see them, and every look is "
                "recorded."
            )
        ),
        next_step=Message(
            N_(
                "The programme’s officers can name people on the study. Ask one of them. "
                "Organisation: %(organisation)s."
            ),
            {"organisation": str(study.programme.organisation)},
        ),
    )
