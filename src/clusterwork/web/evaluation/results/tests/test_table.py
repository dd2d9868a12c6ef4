"""The table behind a result: given to whoever sees every figure in it, and written down."""

from __future__ import annotations

import datetime as dt

import pytest

from clusterwork.accounts.models import Person
from clusterwork.audit.models import Entry
from clusterwork.clusters.tests.made import TODAY
from clusterwork.evaluation.models import StudyPerson
from clusterwork.evaluation.tests.made import NOW
from clusterwork.evaluation.tests.made_results import freeze, set_down, told
from clusterwork.measures.models import Figure, Origin
from clusterwork.web.clusters.tests.conftest import without_second_factor as without_second_factor

pytestmark = pytest.mark.django_db


def figure(place, school, **facts) -> Figure:
    told_so = {"is_public": False, "entered_at": NOW - dt.timedelta(days=1), **facts}
    return Figure.objects.create(
        measure=place.measure, school=school, on=dt.date(2018, 7, 31), value=101,
        origin=Origin.FORM, **told_so,
    )  # fmt: skip


@pytest.fixture
def table(place):
    """A result whose table holds the schools of the place."""
    run = told(set_down(place.analysis), found={})
    return freeze(run, schools=[str(each.number) for each in place.schools])


@pytest.fixture
def evaluator(place) -> Person:
    person = Person.objects.create_user("eva@example.org", "x" * 20, name="Eva")
    StudyPerson.objects.create(
        study=place.study, person=person, named_by=place.officer, start_on=TODAY
    )
    return person


class TestTheTable:
    def test_is_not_given_to_whoever_does_not_see_a_figure_in_it(self, place, table, evaluator):
        figure(place, place.own, entered_by=place.officer)
        assert place.at("table.csv", evaluator).status_code == 403
        assert place.at("result/", evaluator).status_code == 200
        assert place.at("table.csv").status_code == 200

    def test_is_given_where_all_of_it_is_public(self, place, table, evaluator):
        figure(place, place.own, is_public=True)
        assert b"school,group" in place.at("table.csv", evaluator).content

    def test_keeps_figures_that_have_been_replaced_since(self, place, table, evaluator):
        figure(place, place.own, replaced_at=NOW + dt.timedelta(days=1))
        assert place.at("table.csv", evaluator).status_code == 403

    def test_does_not_hold_figures_of_other_years_schools_or_later_days(
        self, place, table, evaluator
    ):
        figure(place, place.own, entered_at=NOW + dt.timedelta(days=1))
        Figure.objects.create(
            measure=place.measure, school=place.own, on=dt.date(2010, 7, 31), value=99,
            origin=Origin.FORM, entered_at=NOW,
        )  # fmt: skip
        assert place.at("table.csv", evaluator).status_code == 200

    def test_is_written_down_when_it_is_taken(self, place, table):
        place.at("table.csv")
        (entry,) = Entry.objects.filter(verb="evaluation.table")
        assert entry.details["data_hash"] == table.data_hash

    def test_that_is_refused_is_not_written_down_as_taken(self, place, table, evaluator):
        figure(place, place.own)
        place.at("table.csv", evaluator)
        assert not Entry.objects.filter(verb="evaluation.table").exists()
