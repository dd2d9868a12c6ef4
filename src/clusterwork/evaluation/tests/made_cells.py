"""A study with statistics of invented pupils, and the people around it, made for a test."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from django.utils import timezone

from clusterwork.accounts.models import Person
from clusterwork.clusters.tests.made import County
from clusterwork.evaluation.impact_adapter.value_added import Model
from clusterwork.evaluation.models import CellFit, CellSet, Study, StudyPerson
from clusterwork.evaluation.permissions.restricted import as_person
from clusterwork.evaluation.services.cells.fitting import ask_for_fit, work_on_fit
from clusterwork.evaluation.services.cells.uploading import About, upload_cells
from clusterwork.impact.value_added import cells_of
from clusterwork.impact.value_added.storing import to_json
from clusterwork.registry.models import School

CONSTANTS = {"ks1": 15.0, "fsm": 0.2, "ks2": 100.0}
WHOLE = Model(("ks1", "fsm"), ("authority", "school"))


class MadeStudy:
    """A county's study; `analyst` is named on it since last year, the officer is not."""

    def __init__(self) -> None:
        self.county = County()
        self.officer = self.county.officer
        self.today = timezone.localdate()
        self.now = timezone.now()
        self.study = Study.objects.create(
            programme=self.county.programme,
            title="Reading together",
            started_by=self.officer,
            started_at=self.now,
        )
        self.analyst = person("anest")
        self.naming = self.name(self.analyst)

    def name(self, who: Person, *, days: int = -365, until: int | None = None) -> StudyPerson:
        """Named from so many days from today until so many."""
        return StudyPerson.objects.create(
            study=self.study,
            person=who,
            start_on=self.today + dt.timedelta(days),
            end_on=None if until is None else self.today + dt.timedelta(until),
            named_by=self.officer,
        )

    def upload(self, content: str | bytes = "", **other: Any) -> CellSet:
        """Statistics in the study, as the analyst uploads them."""
        told = content or cells_text()
        about = {
            "label": "Lincolnshire",
            "year": 2026,
            "cohort": "Year 6",
            "keep_until": self.today + dt.timedelta(300),
            **other,
        }
        return upload_cells(
            person=self.analyst,
            day=self.today,
            now=self.now,
            study_pk=self.study.pk,
            content=told.encode() if isinstance(told, str) else told,
            about=About(**about),
        )

    def fit(self, *sets: CellSet, model: Model = WHOLE) -> CellFit:
        """Value added of the sets, worked out."""
        fit = ask_for_fit(
            person=self.analyst,
            day=self.today,
            now=self.now,
            study_pk=self.study.pk,
            set_pks=[each.pk for each in sets],
            model=model,
        )
        work_on_fit(fit.pk, self.analyst.pk)
        return self.seen(CellFit, fit.pk)

    def seen(self, kind: type[Any], pk: int) -> Any:
        """The row as the analyst sees it."""
        with as_person(self.analyst.pk):
            return kind.objects.get(pk=pk)


def person(name: str) -> Person:
    return Person.objects.create_user(f"{name}@example.org", "x" * 20, name=name.title())


def rows(
    schools: Sequence[str] = (), *, sizes: Sequence[int] = (), seed: int = 1
) -> list[dict[str, Any]]:
    """One row a pupil; schools of the sizes, the first half in one authority."""
    drawn = random.Random(seed)
    sizes = sizes or [12] * 11 + [3]
    names = schools or [str(900_000 + number) for number in range(len(sizes))]
    found = []
    for place, (name, size) in enumerate(zip(names, sizes, strict=True)):
        school = drawn.gauss(0, 3)
        for _ in range(size):
            ks1, fsm = drawn.gauss(15, 3), int(drawn.random() < 0.2)
            ks2 = 100 + 1.5 * (ks1 - 15) - 2 * fsm + school + drawn.gauss(0, 5)
            authority = "925" if place < len(sizes) / 2 else "926"
            found.append(
                {"authority": authority, "school": name, "ks1": ks1, "fsm": fsm, "ks2": ks2}
            )
    return found


def cells_text(
    pupils: list[dict[str, Any]] | None = None,
    *,
    covariates: Sequence[str] = ("ks1", "fsm"),
    **other: Any,
) -> str:
    """What `clusterwork impact cells` writes of the rows."""
    import polars as pl

    made = cells_of(
        pl.DataFrame(pupils or rows()),
        outcome="ks2",
        covariates=list(covariates),
        levels=["authority", "school"],
        **{"constants": CONSTANTS, **other},
    )
    return to_json(made)


def write_pupils(path: Path, pupils: list[dict[str, Any]]) -> None:
    """The rows as the file that an authority holds."""
    import polars as pl

    pl.DataFrame(pupils).write_csv(path)


def urns() -> list[str]:
    """The schools of the county by URN."""
    return [str(urn) for urn in School.objects.order_by("urn").values_list("urn", flat=True)]
