"""A programme of two schools with an officer, a head in it, a head outside, and an analysis."""

from __future__ import annotations

import datetime as dt

import pytest
from django.utils import translation

from clusterwork.clusters.models import Participation
from clusterwork.clusters.services.programmes import ProgrammeFacts, start_programme
from clusterwork.clusters.tests.made import TODAY
from clusterwork.evaluation.models import Analysis, Study
from clusterwork.evaluation.services.sharing import share_result
from clusterwork.evaluation.tests.made import NOW, reading_score
from clusterwork.measures.tests.made import Place as Made
from clusterwork.web.clusters.tests.conftest import client_of, words_of

BEGUN = dt.date(2024, 9, 1)


class Place(Made):
    """The cluster takes part in a programme, of which there is a study."""

    def __init__(self) -> None:
        super().__init__()
        facts = ProgrammeFacts("Together", "Gyda’n gilydd", BEGUN, None)
        self.programme = start_programme(
            person=self.officer, day=TODAY, organisation=self.organisation, facts=facts
        )
        Participation.objects.create(programme=self.programme, cluster=self.cluster, start_on=BEGUN)
        self.study = Study.objects.create(
            programme=self.programme, title="Did it help?", question="Did reading rise?",
            started_at=NOW,
        )  # fmt: skip
        self.measure = reading_score(self.organisation)
        self.analysis = Analysis.objects.create(
            study=self.study, measure=self.measure, started_at=NOW
        )

    def at(self, path: str, person=None, **query):
        return client_of(person or self.officer).get(self.address(path), query)

    def read(self, path: str, person=None, **query) -> str:
        answer = self.at(path, person, **query)
        assert answer.status_code == 200, answer.status_code
        return words_of(answer)

    def post(self, path: str, person=None, **data):
        return client_of(person or self.officer).post(self.address(path), data)

    def address(self, path: str) -> str:
        return path if path.startswith("/") else f"/studies/analyses/{self.analysis.pk}/{path}"

    def show(self) -> None:
        share_result(person=self.officer, day=TODAY, now=NOW, pk=self.analysis.pk)


@pytest.fixture
def place(db) -> Place:
    return Place()


@pytest.fixture(autouse=True)
def english_again():
    """A Welsh page leaves its language behind in the thread."""
    yield
    translation.activate("en-gb")
