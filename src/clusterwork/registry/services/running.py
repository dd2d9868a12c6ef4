"""Does errands: reads an upload or loads what was confirmed. Safe to run twice."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace

from django.utils import timezone

from clusterwork.kernel.errors import Problem
from clusterwork.kernel.messages import N_, Message
from clusterwork.registry.services import errands
from clusterwork.registry.services.errands import Errand
from clusterwork.registry.services.imports import confirm_import, stage_import
from clusterwork.registry.wording import to_json

BREATH_S = 1.0


class Stopped(Problem):
    """Somebody has asked to stop the reading."""

    def __init__(self) -> None:
        super().__init__(
            Message(N_("The reading of the file was stopped as asked.")),
            next_step=Message(N_("Upload it again when you want to.")),
        )


def run_errand(token: str, work: Callable[[Errand], int] | None = None) -> Errand:
    """Does the errand and says how it ended; an errand that has ended is left as it is.

    `work` does what rooms above want done with their own files, and returns what is kept as
    `run_id`; without it a register is read or loaded.

    What the reader can put right is kept with the errand. Anything else is raised for the job
    to be tried again.
    """
    errand = errands.errand_with(token)
    if errand.has_ended:
        return errand
    errand = errands.write(replace(errand, state=errands.WORKING))
    try:
        run_id = (work or _work)(errand)
    except Problem as problem:
        ended = replace(errand, state=errands.FAILED, trouble=_written(problem))
    else:
        ended = replace(errand, state=errands.DONE, run_id=run_id, done=errand.total)
    errands.forget_file(errand)
    return errands.write(ended)


def give_up(token: str, *, tried_often: bool = True) -> None:
    """Ends an errand that broke off; one that has ended, or is no longer kept, stays so."""
    errand = errands.find(token)
    if errand is None or errand.has_ended:
        return
    problem = Problem(
        Message(N_("The import broke off.")),
        why=Message(
            N_("Something in the system went wrong, several times in a row.")
            if tried_often
            else N_("Something in the system went wrong.")
        ),
        next_step=Message(
            N_("Upload the file again. If that breaks off too, tell whoever runs the system.")
        ),
    )
    errands.forget_file(errand)
    errands.write(replace(errand, state=errands.FAILED, trouble=_written(problem)))


def _work(errand: Errand) -> int:
    return _read(errand) if errand.kind == errands.READ else _load(errand)


def _read(errand: Errand) -> int:
    if errands.is_to_stop(errand.token):
        raise Stopped
    run = stage_import(
        errand.file,
        source=errand.source,
        by=errand.by,
        today=timezone.localdate(),
        as_at=errand.day,
        complete=errand.complete,
        name=errand.file_name,
        progress=Watch(errand).note,
    )
    return run.pk


def _load(errand: Errand) -> int:
    run_id = errand.run_id or 0
    confirm_import(run_id=run_id, by=errand.by, accept_good_rows=errand.accept_good_rows)
    return run_id


def _written(problem: Problem) -> dict[str, object]:
    parts = {"what": problem.what, "why": problem.why, "next_step": problem.next_step}
    return {name: to_json(message) for name, message in parts.items() if message}


class Watch:
    """Writes the reader's progress for the page, at most once a second."""

    def __init__(self, errand: Errand) -> None:
        self.errand, self.noted_at = errand, 0.0

    def note(self, done: int, total: int) -> None:
        """Bytes read of bytes in all; raises `Stopped` where somebody has asked to stop."""
        if errands.is_to_stop(self.errand.token):
            raise Stopped
        if time.monotonic() - self.noted_at >= BREATH_S:
            self.noted_at = time.monotonic()
            working = replace(self.errand, state=errands.WORKING, done=done, total=total)
            errands.write(working)
