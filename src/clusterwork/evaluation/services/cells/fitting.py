"""Value added of one or several sets: asked for, and worked out by the worker. Safe to run twice.

The worker is whoever asked: without that name the database shows it no row.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from django.utils import timezone
from procrastinate.contrib.django import app

from clusterwork.accounts.models import Person
from clusterwork.audit.services import record
from clusterwork.clusters import sentences
from clusterwork.evaluation.impact_adapter.value_added import Model, value_added
from clusterwork.evaluation.models import CellFit, CellSet, Study
from clusterwork.evaluation.permissions.restricted import as_person, named_on
from clusterwork.evaluation.services.cells.packing import erased, text_of
from clusterwork.evaluation.states.run import DONE, MOVES, NAMES, OPEN, WAITING
from clusterwork.kernel.errors import NotThere, Problem
from clusterwork.kernel.messages import N_, Message
from clusterwork.kernel.states import state_after

JOB = "evaluation.value_added"
FORGOTTEN = dt.timedelta(hours=1)


class NoSets(Problem):
    """Nothing was chosen to work it out from."""


class SetsDiffer(Problem):
    """The sets chosen are of different columns."""


def ask_for_fit(
    *,
    person: Person,
    day: dt.date,
    now: dt.datetime,
    study_pk: int,
    set_pks: Sequence[int],
    model: Model,
) -> CellFit:
    """A result that waits for the worker; the same one asked for before is given again.

    Raises `NotThere`, `NotAllowed`, `NoSets`, `Erased`, `SetsDiffer`.
    """
    with named_on(person, study_pk, day) as study:
        sets = _sets(study, set_pks)
        there = _same(study, sets, model)
        if there is not None and not _is_forgotten(there, now):
            return there
        fit = there or CellFit(
            study=study,
            covariates=list(model.covariates),
            levels=list(model.levels),
            slope=model.slope,
        )
        fit.asked_by, fit.asked_at, fit.state = person, now, WAITING
        fit.save()
        fit.sets.set(sets)
        job = app.configure_task(JOB, queue="evaluation", lock=f"value-added-{fit.pk}")
        job.defer(fit_id=fit.pk, person_id=person.pk)
        _note(person, fit, sets)
    return fit


def sets_to_use(study: Study, set_pks: Sequence[int]) -> list[CellSet]:
    """The sets without their content, within `named_on`; what `ask_for_fit` would refuse is
    refused. Raises `NotThere`, `NoSets`, `Erased`, `SetsDiffer`."""
    return _sets(study, set_pks)


def _sets(study: Study, set_pks: Sequence[int]) -> list[CellSet]:
    chosen = sorted(set(set_pks))
    found = list(study.cell_sets.defer("content").filter(pk__in=chosen).order_by("pk"))
    if len(found) < len(chosen):
        raise NotThere(Message(N_("There are no such statistics of pupils.")))
    if not found:
        raise NoSets(
            Message(N_("Choose which statistics to use.")),
            why=Message(N_("None was chosen.")),
            next_step=Message(N_("Tick one or several.")),
        )
    for each in found:
        if each.is_erased:
            raise erased(each)
        _check_alike(found[0], each)
    return found


def _check_alike(one: CellSet, other: CellSet) -> None:
    if _columns(one) == _columns(other):
        return
    raise SetsDiffer(
        Message(
            N_("These statistics cannot be added up: %(one)s; %(other)s."),
            {"one": one.label, "other": other.label},
        ),
        why=Message(
            N_("One has %(one)s; the other has %(other)s."),
            {"one": _written(one), "other": _written(other)},
        ),
        next_step=Message(
            N_(
                "Choose those with the same columns, or have the others made again with the "
                "command and the file of columns of the first."
            )
        ),
    )


def _columns(cells: CellSet) -> tuple[object, ...]:
    return (cells.outcome, cells.covariates, cells.levels, cells.slope)


def _written(cells: CellSet) -> str:
    slope = f" ({cells.slope})" if cells.slope else ""
    return f"{cells.outcome} ~ {' + '.join(cells.covariates)} | {'/'.join(cells.levels)}{slope}"


def _same(study: Study, sets: Sequence[CellSet], model: Model) -> CellFit | None:
    """A result of the same that is done or under way."""
    wanted = {each.pk for each in sets}
    fits = study.cell_fits.filter(
        state__in=(*OPEN, DONE),
        erased_at__isnull=True,
        covariates=list(model.covariates),
        levels=list(model.levels),
        slope=model.slope,
    ).defer("found")
    for fit in fits.prefetch_related("sets"):
        if {each.pk for each in fit.sets.all()} == wanted:
            return fit
    return None


def _is_forgotten(fit: CellFit, now: dt.datetime) -> bool:
    """Whether its worker has had long enough: whoever asked may not be named any more."""
    return fit.is_open and fit.asked_at < now - FORGOTTEN


def _note(person: Person, fit: CellFit, sets: Sequence[CellSet]) -> None:
    record(
        actor=person,
        verb="evaluation.cells_fit",
        subject=fit,
        summary=Message(
            N_("Asked for value added from statistics of pupils: %(labels)s"),
            {"labels": ", ".join(each.label for each in sets)},
        ),
        details={"study": fit.study_id, "sets": [each.pk for each in sets]},
    )


def work_on_fit(pk: int, person_pk: int) -> None:
    """Works the result out, however it ends. Does nothing where it has ended, or where whoever
    asked is not named on the study any more.

    Raises what is nobody's wish, for the job to be retried.
    """
    with as_person(person_pk):
        fit = _begun(pk)
        texts, trouble = _texts(fit) if fit else ([], None)
    if fit is None:
        return
    if trouble is None:
        try:
            model = Model(tuple(fit.covariates), tuple(fit.levels), fit.slope)
            found = value_added(texts, model)
        except Problem as problem:
            trouble = problem
        else:
            _end(fit, person_pk, "finish", found=found)
    if trouble is not None:
        _end(fit, person_pk, "fail", trouble=sentences.problem_written(trouble))


def _begun(pk: int) -> CellFit | None:
    rows = CellFit.objects.select_for_update(of=("self",)).filter(pk=pk, erased_at__isnull=True)
    fit = rows.first()
    if fit is None or not fit.is_open:
        return None
    verb = "start" if fit.state == WAITING else "start again"
    fit.state = state_after(verb, fit.state, MOVES, NAMES)
    fit.started_at = timezone.now()
    fit.save(update_fields=["state", "started_at"])
    return fit


def _texts(fit: CellFit) -> tuple[list[str], Problem | None]:
    try:
        return [text_of(each) for each in fit.sets.order_by("pk")], None
    except Problem as problem:
        return [], problem


def _end(
    fit: CellFit,
    person_pk: int,
    verb: str,
    *,
    found: Mapping[str, Any] | None = None,
    trouble: Mapping[str, Any] | None = None,
) -> None:
    """Writes the end; nothing where it was erased meanwhile or begun again since."""
    with as_person(person_pk):
        rows = CellFit.objects.filter(
            pk=fit.pk, started_at=fit.started_at, state__in=OPEN, erased_at__isnull=True
        )
        rows.update(
            state=state_after(verb, fit.state, MOVES, NAMES),
            ended_at=timezone.now(),
            found=dict(found or {}),
            trouble=dict(trouble or {}),
        )


def give_up_fit(pk: int, person_pk: int) -> None:
    """Ends an open result whose job broke off again and again."""
    problem = Problem(
        Message(N_("This could not be worked out.")),
        why=Message(N_("Something in the system went wrong, several times in a row.")),
        next_step=Message(
            N_("Ask for it again. If that breaks off too, tell whoever runs the system.")
        ),
    )
    with as_person(person_pk):
        CellFit.objects.filter(pk=pk, state__in=OPEN).update(
            state=CellFit.State.FAILED,
            ended_at=timezone.now(),
            trouble=sentences.problem_written(problem),
        )
