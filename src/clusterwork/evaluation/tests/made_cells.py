"""A study with statistics of invented pupils, and the people around it, made for a test."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.utils import timezone

from clusterwork.accounts.models import Person
from clusterwork.clusters.tests.made import County
from clusterwork.evaluation.impact_adapter.tests.made_pupils import cells_text
from clusterwork.evaluation.impact_adapter.value_added import Model
from clusterwork.evaluation.models import CellFit, CellSet, Study, StudyPerson
from clusterwork.evaluation.permissions.restricted import as_person
from clusterwork.evaluation.services.cells.fitting import ask_for_fit, work_on_fit
from clusterwork.evaluation.services.cells.uploading import About, upload_cells

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
