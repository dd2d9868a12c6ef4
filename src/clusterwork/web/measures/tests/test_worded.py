"""An organisation adds groups and codes of its own and uses them in a measure."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from clusterwork.clusters.tests.made import organisation
from clusterwork.measures.models import Breakdown, FigureCode, Measure
from clusterwork.measures.services.worded import WordFacts, WordThere, add_code
from clusterwork.measures.tests.made import TODAY
from clusterwork.web.clusters.tests.conftest import client_of, words_of
from clusterwork.web.clusters.tests.conftest import (
    without_second_factor as without_second_factor,
)
from clusterwork.web.measures.tests.test_catalogue import NEW
from clusterwork.web.measures.tests.test_school import Place

pytestmark = pytest.mark.django_db
GROUP = {"name": "Year 6", "code": "year-6"}
CODE = {"name": "Absent on the day", "code": "ABS", "kind": "not_available"}


@pytest.fixture
def place(db) -> Place:
    return Place()


def add(place, page="measure_group_new", person=None, **typed):
    told = {
        "organisation": place.organisation.pk,
        **(GROUP if page == "measure_group_new" else CODE),
        **typed,
    }
    return client_of(person or place.officer).post(reverse(page), told, follow=True)


class TestGroupsAndCodes:
    def test_are_added_and_listed_with_whose_they_are(self, place):
        assert "The group is added." in words_of(add(place))
        words = words_of(add(place, "figure_code_new"))
        assert "The code is added." in words and "Year 6" in words and "ABS" in words
        assert str(place.organisation) in words

    def test_are_chosen_in_a_measure_of_the_organisation_and_shown_there(self, place):
        add(place)
        add(place, "figure_code_new")
        told = {"organisation": place.organisation.pk, **NEW}
        told |= {"breakdowns": ["boys", "year-6"], "codes": ["x", "ABS"]}
        words = words_of(client_of(place.officer).post(reverse("measure_new"), told, follow=True))
        assert "Year 6" in words and "Absent on the day" in words
        own = Measure.objects.get(code="reading-age")
        assert own.breakdowns == ["all", "boys", "year-6"] and own.codes == ["x", "ABS"]

    @pytest.mark.parametrize(
        ("page", "typed", "said"),
        [
            ("measure_group_new", {"code": "girls"}, "The catalogue has this already"),
            ("measure_group_new", {"name": "girls"}, "The catalogue has this already"),
            ("measure_group_new", {"code": "two words"}, "Files cannot hold this code"),
            ("measure_group_new", {"code": "6"}, "This code would be read as a number"),
            ("measure_group_new", {"name": ""}, "Enter what the group is called."),
            ("figure_code_new", {"code": "supp"}, "The catalogue has this already"),
            ("figure_code_new", {"code": "99"}, "This code would be read as a number"),
            ("figure_code_new", {"code": "-1.5%"}, "This code would be read as a number"),
            ("figure_code_new", {"code": "A,B"}, "Files cannot hold this code"),
            ("figure_code_new", {"kind": ""}, "Choose one."),
        ],
    )
    def test_are_refused_with_what_was_typed_kept(self, place, page, typed, said):
        words = words_of(add(place, page, **typed))
        assert said in words and "There is a problem" in words
        assert not Breakdown.objects.filter(organisation__isnull=False).exists()
        assert not FigureCode.objects.filter(organisation__isnull=False).exists()

    def test_are_not_added_twice_nor_by_the_database(self, place):
        add(place, "figure_code_new")
        with pytest.raises(WordThere):
            add_code(
                person=place.officer,
                day=TODAY,
                organisation_pk=place.organisation.pk,
                facts=WordFacts("abs", "Away", kind="not_available"),
            )
        with pytest.raises(IntegrityError), transaction.atomic():
            FigureCode.objects.create(
                organisation=place.organisation, code="ABS", name="Away", kind="low"
            )

    def test_are_for_officers_of_the_organisation(self, place):
        assert add(place, person=place.head).status_code == 403
        elsewhere = organisation("Rutland")
        words = words_of(add(place, organisation=elsewhere.pk))
        assert "There is a problem" in words
        assert not Breakdown.objects.filter(organisation__isnull=False).exists()
