"""Opening what is restricted: every look is recorded with who looked, in the same transaction."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Model, Prefetch

from clusterwork.accounts.models import Person
from clusterwork.audit.services import record
from clusterwork.evaluation.impact_adapter.value_added import columns_alone
from clusterwork.evaluation.models import CellFit, CellSet, Study
from clusterwork.evaluation.permissions.restricted import cell_fit_of, cell_set_of, named_on
from clusterwork.evaluation.rules.value_added import ValueAdded, value_added_shown
from clusterwork.evaluation.services.cells.fitting import sets_to_use
from clusterwork.evaluation.services.cells.packing import text_of
from clusterwork.kernel.errors import Problem
from clusterwork.kernel.messages import N_, Message

SETS = Prefetch("sets", CellSet.objects.defer("content").order_by("pk"))
READ = "evaluation.cells_read"


class TooFewForColumns(Problem):
    """The constants would be the means of a few pupils."""


@dataclass(frozen=True)
class Listed:
    """A study's statistics without their content, and what was worked out, without what it says."""

    study: Study
    sets: Sequence[CellSet]
    fits: Sequence[CellFit]


@dataclass(frozen=True)
class OpenedSet:
    """One set without its content, and the results made with it."""

    study: Study
    cells: CellSet
    fits: Sequence[CellFit]


@dataclass(frozen=True)
class OpenedFit:
    """One result, the sets that it is of, and what may be shown; None while there is nothing."""

    study: Study
    fit: CellFit
    sets: Sequence[CellSet]
    shown: ValueAdded | None


def open_list(*, person: Person, day: dt.date, study_pk: int) -> Listed:
    """All statistics of a study. Raises `NotThere`, `NotAllowed`."""
    with named_on(person, study_pk, day) as study:
        sets = study.cell_sets.select_related("uploaded_by", "erased_by").defer("content")
        fits = study.cell_fits.select_related("asked_by").defer("found").prefetch_related(SETS)
        listed = Listed(study, list(sets), list(fits))
        _note(person, study, N_("Looked at the list of pupils’ statistics: %(name)s"))
    return listed


def open_set(*, person: Person, day: dt.date, study_pk: int, pk: int) -> OpenedSet:
    """What one set is of. Raises `NotThere`, `NotAllowed`."""
    with named_on(person, study_pk, day) as study:
        cells = cell_set_of(study, pk)
        fits = cells.fits.select_related("asked_by").defer("found").prefetch_related(SETS)
        opened = OpenedSet(study, cells, list(fits))
        _note(person, cells, N_("Looked at statistics of pupils: %(name)s"))
    return opened


def open_fit(*, person: Person, day: dt.date, study_pk: int, pk: int) -> OpenedFit:
    """One result, small groups hidden. Raises `NotThere`, `NotAllowed`."""
    with named_on(person, study_pk, day) as study:
        fit = cell_fit_of(study, pk)
        sets = list(fit.sets.defer("content").order_by("pk"))
        smallest = study.programme.smallest_number
        shown = value_added_shown(fit.found, smallest) if fit.found else None
        _note(person, fit, N_("Looked at value added: %(name)s"))
    return OpenedFit(study, fit, sets, shown)


def state_of_fit(*, person: Person, day: dt.date, study_pk: int, pk: int) -> CellFit:
    """How far a result is, without what it says: no look. Raises `NotThere`, `NotAllowed`."""
    with named_on(person, study_pk, day) as study:
        fit = cell_fit_of(study, pk)
        fit.found = {}
    return fit


def open_to_choose(
    *, person: Person, day: dt.date, study_pk: int, set_pks: Sequence[int]
) -> tuple[Study, list[CellSet]]:
    """The sets to work value added out from. Raises what `ask_for_fit` raises."""
    with named_on(person, study_pk, day) as study:
        sets = sets_to_use(study, set_pks)
        _note(person, study, N_("Looked at the columns of pupils’ statistics: %(name)s"))
    return study, sets


def columns_of_set(*, person: Person, day: dt.date, study_pk: int, pk: int) -> str:
    """The file that `--centre` reads: the columns and one constant for each, no sum of a pupil.

    Raises `NotThere`, `NotAllowed`, `Erased`, `TooFewForColumns`.
    """
    with named_on(person, study_pk, day) as study:
        cells = study.cell_sets.filter(pk=pk).first() or cell_set_of(study, pk)
        if cells.n_pupils < 10 * study.programme.smallest_number:
            raise _too_few(cells)
        text = columns_alone(text_of(cells))
        _note(person, cells, N_("Took the columns of statistics of pupils: %(name)s"))
    return text


def _note(person: Person, subject: Model, text: str) -> None:
    study = subject if isinstance(subject, Study) else getattr(subject, "study", None)
    record(
        actor=person,
        verb=READ,
        subject=subject,
        summary=Message(text, {"name": str(subject)}),
        details={"study": study.pk if study else None},
    )


def _too_few(cells: CellSet) -> TooFewForColumns:
    return TooFewForColumns(
        Message(
            N_("The columns of these statistics cannot be handed on: %(label)s."),
            {"label": cells.label},
        ),
        why=Message(N_("Their constants are the means of few pupils.")),
        next_step=Message(N_("Take the columns of a larger set, or upload the larger one first.")),
    )
