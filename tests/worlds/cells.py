"""What the census of `web.evaluation.cells` needs: a function of the world for each word.

The evaluator is named on the study; the officer who runs its programme is not.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

from django.utils import timezone

from clusterwork.evaluation.impact_adapter.tests.made_pupils import cells_text
from clusterwork.evaluation.models import CellFit, CellSet, Study, StudyPerson
from clusterwork.evaluation.services.cells.fitting import ask_for_fit, work_on_fit
from clusterwork.evaluation.services.cells.uploading import About, upload_cells
from clusterwork.evaluation.tests.made_cells import WHOLE


def study_of_pupils(world: Any) -> Study:
    """A study on which the evaluator is named."""
    study = Study.objects.create(
        programme=world.made("programme"), title="Reading together", started_at=timezone.now()
    )
    StudyPerson.objects.create(
        study=study, person=world.people["evaluator"], start_on=world.today - dt.timedelta(30)
    )
    return study


def asked(world: Any) -> dict[str, Any]:
    study = world.made("study_of_pupils")
    person = world.people["evaluator"]
    return {"person": person, "day": world.today, "now": timezone.now(), "study_pk": study.pk}


def cell_set(world: Any) -> CellSet:
    """Statistics of some schools."""
    about = About("Wolderland", 2026, "Year 6", world.today + dt.timedelta(100))
    return upload_cells(**asked(world), content=cells_text().encode(), about=about)


def cell_fit(world: Any) -> CellFit:
    """Value added of these."""
    fit = ask_for_fit(**asked(world), set_pks=[world.made("cell_set").pk], model=WHOLE)
    work_on_fit(fit.pk, world.people["evaluator"].pk)
    return fit


MAKERS: dict[str, Callable[[Any], Any]] = {
    "study_of_pupils": study_of_pupils,
    "cell_set": cell_set,
    "cell_fit": cell_fit,
}
