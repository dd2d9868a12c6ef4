"""Taking a file of statistics into a study: read, checked, kept without anything besides."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db import IntegrityError, transaction

from clusterwork.accounts.models import Person
from clusterwork.audit.services import record
from clusterwork.evaluation.impact_adapter.value_added import Facts, facts_of
from clusterwork.evaluation.models import CellSet, Study
from clusterwork.evaluation.permissions.restricted import is_protected, named_on
from clusterwork.evaluation.rules.keeping import check
from clusterwork.evaluation.services.cells.packing import packed
from clusterwork.kernel.errors import Problem
from clusterwork.kernel.messages import N_, Message

LARGEST_MB = 30
LARGEST = LARGEST_MB * 1024 * 1024
MOST_COLUMNS = 60


class TooLarge(Problem):
    """The file is larger than a country's statistics."""


class NoText(Problem):
    """The file is no text."""


class SinglePupils(Problem):
    """A school of one pupil stands in the file: its sums are that pupil's row."""


class TooManyColumns(Problem):
    """More columns than a model bears."""


class UploadedAlready(Problem):
    """The same statistics are in the study."""


class NotProtected(Problem):
    """The database would show the rows to every part of the system."""


@dataclass(frozen=True)
class About:
    """What a file does not say of itself: a label, the end of its school year, which pupils, and
    the last day on which it is kept."""

    label: str
    year: int
    cohort: str
    keep_until: dt.date


def upload_cells(
    *, person: Person, day: dt.date, now: dt.datetime, study_pk: int, content: bytes, about: About
) -> CellSet:
    """Keeps the statistics of one file.

    Raises `NotThere`, `NotAllowed`, `TooLarge`, `NoText`, `NotCells` and its kinds,
    `SinglePupils`, `TooManyColumns`, `KeptNotLong`, `KeptTooLong`, `UploadedAlready`,
    `NotProtected`.
    """
    with named_on(person, study_pk, day) as study:
        _check_protected()
        facts = _facts(content)
        check(about.keep_until, uploaded_on=day, day=day)
        made = _made(person, now, study, facts, about)
        _note(person, made)
    return made


def _check_protected() -> None:
    if not is_protected():
        raise NotProtected(
            Message(N_("Statistics of pupils cannot be taken here.")),
            why=Message(
                N_("The system signs in as the database’s owner, whom its policies do not bind.")
            ),
            next_step=Message(
                N_(
                    "Tell whoever runs the system to give the pages and jobs a role of their own "
                    "(DATABASE_URL beside DATABASE_OWNER_URL)."
                )
            ),
        )


def _facts(content: bytes) -> Facts:
    if len(content) > LARGEST:
        raise TooLarge(
            Message(
                N_("The file is larger than %(most)s megabytes."),
                {"most": LARGEST_MB},
            ),
            why=Message(N_("The statistics of all schools of a country are smaller.")),
            next_step=Message(N_("Check that it is the file that clusterwork impact cells made.")),
        )
    try:
        facts = facts_of(content.decode("utf-8-sig"))
    except UnicodeDecodeError as exc:
        raise NoText(
            Message(N_("This file holds no statistics of pupils.")),
            why=Message(N_("It is no text.")),
            next_step=Message(N_("Make it with the command: clusterwork impact cells")),
        ) from exc
    _check_singles(facts)
    _check_columns(facts)
    return facts


def _check_singles(facts: Facts) -> None:
    if facts.n_pupils == 0:
        raise SinglePupils(
            Message(N_("There is no pupil in this file.")),
            why=Message(N_("It holds the columns alone, for others to centre theirs.")),
            next_step=Message(N_("Upload the file that was made of pupils.")),
        )
    if facts.n_single:
        raise SinglePupils(
            Message(
                N_("Schools of a single pupil stand in the file: %(n)s."), {"n": facts.n_single}
            ),
            why=Message(N_("The sums of such a school are that pupil’s own values.")),
            next_step=Message(
                N_("Run the command again with --fewest 2, which leaves such schools out.")
            ),
        )


def _check_columns(facts: Facts) -> None:
    if len(facts.covariates) > MOST_COLUMNS:
        raise TooManyColumns(
            Message(N_("The file has too many columns: %(n)s."), {"n": len(facts.covariates)}),
            why=Message(
                N_("A model bears %(most)s starting points at most."), {"most": MOST_COLUMNS}
            ),
            next_step=Message(N_("Make it again with fewer.")),
        )


def _made(person: Person, now: dt.datetime, study: Study, facts: Facts, about: About) -> CellSet:
    try:
        with transaction.atomic():
            return CellSet.objects.create(
                study=study,
                label=about.label,
                year=about.year,
                cohort=about.cohort,
                outcome=facts.outcome,
                covariates=list(facts.covariates),
                levels=list(facts.levels),
                slope=facts.slope,
                n_pupils=facts.n_pupils,
                n_missing=facts.n_missing,
                n_schools=facts.n_schools,
                fewest=facts.fewest,
                content=packed(facts.text),
                data_hash=facts.data_hash,
                uploaded_by=person,
                uploaded_at=now,
                keep_until=about.keep_until,
            )
    except IntegrityError as exc:
        if _constraint(exc) != "cell_set_once_a_study":
            raise
        raise _uploaded_already(study, facts) from exc


def _constraint(exc: IntegrityError) -> str:
    diagnosis = getattr(exc.__cause__, "diag", None)
    return getattr(diagnosis, "constraint_name", "") or ""


def _uploaded_already(study: Study, facts: Facts) -> UploadedAlready:
    there = study.cell_sets.filter(data_hash=facts.data_hash, erased_at__isnull=True).first()
    return UploadedAlready(
        Message(N_("These statistics are in the study already: %(label)s."), {"label": str(there)}),
        why=Message(N_("Added up with themselves each pupil would count twice.")),
        next_step=Message(N_("Use those, or choose the file of other pupils.")),
    )


def _note(person: Person, made: CellSet) -> None:
    record(
        actor=person,
        verb="evaluation.cells_upload",
        subject=made,
        summary=Message(
            N_("Uploaded statistics of pupils: %(label)s, kept until %(until)s"),
            {"label": made.label, "until": made.keep_until.isoformat()},
        ),
        details={"study": made.study_id, "data_hash": made.data_hash},
    )
