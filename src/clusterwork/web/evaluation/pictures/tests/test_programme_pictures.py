"""Schools by size and grades before and after: what is counted, what hides, and who may see it."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from clusterwork.clusters.models import Membership
from clusterwork.clusters.tests.made import school
from clusterwork.evaluation.selectors.bands import schools_told
from clusterwork.evaluation.selectors.grades import graded, starts_of
from clusterwork.measures.tests.made import measure
from clusterwork.registry.models import Assessment, Census, Grade, Scale, School
from clusterwork.web.clusters.tests.conftest import client_of, words_of
from clusterwork.web.clusters.tests.conftest import (
    without_second_factor as without_second_factor,
)
from clusterwork.web.measures.tests.test_programme import Place as Made

pytestmark = pytest.mark.django_db
TODAY = dt.date(2026, 11, 22)


class Place(Made):
    """The same programme of two schools, and other schools of the same country."""

    def __init__(self) -> None:
        super().__init__()
        self.n = 0

    def sized(self, each, pupils: int, value: str = "", of: int = 20) -> None:
        Census.objects.create(school=each, year=2024, pupils=pupils)
        if value:
            self.published(value, school=each, denominator=of)

    def others(self, n: int, pupils: int, value: str) -> None:
        for _each in range(n):
            self.n += 1
            self.sized(school(self.authority, 140_000 + self.n, f"Other {self.n}"), pupils, value)

    def ours(self, n: int, pupils: int, value: str) -> None:
        for _each in range(n):
            self.n += 1
            made = school(self.authority, 150_000 + self.n, f"Ours {self.n}")
            Membership.objects.create(
                cluster=self.cluster, school=made, start_on=dt.date(2024, 9, 1)
            )
            self.sized(made, pupils, value)

    def graded(self, each, on: dt.date, label: str) -> None:
        scale, _made = Scale.objects.get_or_create(code="ofsted", defaults={"name": "Ofsted"})
        place = Grade.objects.filter(scale=scale).count()
        grade, _made = Grade.objects.get_or_create(
            scale=scale, code=label.lower(), defaults={"label": label, "position": place}
        )
        Assessment.objects.create(school=each, scale=scale, grade=grade, on=on)

    def answer(self, person, name="programme_bands", **query):
        key = self.authority.pk if name.startswith("authority") else self.programme.pk
        return client_of(person).get(reverse(name, args=[key]), query)

    def read(self, person, name="programme_bands", **query) -> str:
        answer = self.answer(person, name, **query)
        assert answer.status_code == 200, answer.content.decode()[:2000]
        return words_of(answer)


@pytest.fixture
def place(db) -> Place:
    return Place()


@pytest.fixture
def banded(place) -> Place:
    place.ours(4, 40, "50")
    place.ours(4, 150, "70")
    place.others(6, 45, "60")
    place.others(6, 180, "72")
    return place


class TestSchoolsBySize:
    def test_say_what_will_be_there(self, place):
        words = place.read(place.officer)
        assert "There are no published figures of the programme’s schools yet." in words
        assert "Files of figures" in words

    def test_stand_beside_all_other_schools_with_intervals(self, banded):
        words = banded.read(banded.officer)
        assert "the figure of all other schools lies within the interval of these" in words or (
            "does the figure of all other schools lie within the interval of these" in words
        )
        file = banded.answer(banded.officer, figure="bands", form="csv").content.decode()
        assert "Up to 50 pupils,4,80,50.0," in file and "101 to 200 pupils,4,80,70.0," in file

    def test_count_schools_below_the_floor_that_is_asked_for(self, banded):
        words = banded.read(banded.officer, floor="65")
        assert "4 of these 8 schools below 65% in 2024/25" in words
        assert "Schools below 65%: 4 of these 8; of all others 50 in 100." in words

    def test_count_above_the_floor_where_lower_is_better(self, place):
        place.ours(6, 40, "")
        place.others(6, 60, "")
        for n, each in enumerate(School.objects.filter(censuses__isnull=False)):
            place.published(str(2 * n), code="absence-persistent", school=each, denominator=50)
        words = place.read(place.officer)
        assert "a tenth of all schools exceed, because lower is better" in words
        assert "of these 6 schools above" in words

    def test_take_the_bands_of_the_address(self, banded):
        words = banded.read(banded.officer, bands="100")
        assert "Up to 100 pupils" in words and "101 pupils or more" in words

    @pytest.mark.parametrize("bands", ["x", "100, 50", "0"])
    def test_keep_what_cannot_be_read_and_say_so(self, banded, bands):
        answer = banded.answer(banded.officer, bands=bands)
        assert "These are no bands of size" in words_of(answer)
        assert f'value="{bands}"' in answer.content.decode()

    def test_refuse_a_floor_that_is_no_percentage(self, banded):
        assert "Enter a percentage from 0 to 100." in banded.read(banded.officer, floor="120")

    def test_hide_bands_of_few_schools(self, banded):
        banded.ours(1, 300, "10")
        words = banded.read(banded.officer)
        assert "1 school: hidden" in words or "c" in words.split()
        file = banded.answer(banded.officer, figure="bands", form="csv").content.decode()
        assert "201 pupils or more,1,c,c,c,c" in file

    def test_never_read_what_is_not_published(self, banded):
        own = banded.own
        Census.objects.create(school=own, year=2024, pupils=40)
        told = schools_told(measure("attendance"), {2025: frozenset([own.pk])}, TODAY)
        banded.entered("94.5")
        again = schools_told(measure("attendance"), {2025: frozenset([own.pk])}, TODAY)
        assert told == again and not again.ours

    def test_leave_out_and_say_schools_of_unknown_size(self, banded):
        banded.published("60", denominator=10)
        assert "One figure is left out" in banded.read(banded.officer)

    def test_stand_in_the_band_of_the_nearest_census(self, place):
        Census.objects.create(school=place.own, year=2020, pupils=10)
        Census.objects.create(school=place.own, year=2026, pupils=500)
        place.published("60", denominator=10)
        found = schools_told(measure("ks2-rwm-expected"), {2025: frozenset([place.own.pk])}, TODAY)
        assert [row.pupils for row in found.ours] == [500]

    def test_of_a_past_day_stop_at_it(self, banded):
        words = banded.read(banded.officer, on="2025-01-01")
        assert "There are no published figures" in words

    def test_are_for_those_who_may_read_about_the_programme(self, banded):
        assert banded.answer(banded.head).status_code == 200
        assert banded.answer(banded.outside_head).status_code == 403
        assert banded.answer(banded.outside_head, "programme_grades").status_code == 403

    def test_of_an_authority_are_all_its_schools(self, banded):
        words = banded.read(banded.officer, "authority_bands")
        assert "The authority’s schools by size, beside all other schools." in words
        file = banded.answer(banded.officer, "authority_bands", figure="bands", form="csv")
        assert "Up to 50 pupils,10," in file.content.decode()

    def test_ask_the_database_few_questions(self, banded):
        for name in ("programme_bands", "authority_bands"):
            banded.read(banded.officer, name)
            client = client_of(banded.officer)
            key = banded.authority.pk if name == "authority_bands" else banded.programme.pk
            with CaptureQueriesContext(connection) as asked:
                client.get(reverse(name, args=[key]))
            assert len(asked) <= 30, "\n".join(each["sql"][:150] for each in asked)


class TestGradesBeforeAndAfter:
    def schools(self, place) -> None:
        for each, before, after in (
            (place.own, "Requires improvement", "Good"),
            (place.other, "Good", "Good"),
            (place.outside, "Good", "Requires improvement"),
        ):
            place.graded(each, dt.date(2020, 3, 1), before)
            place.graded(each, dt.date(2025, 3, 1), after)

    def test_say_what_will_be_there(self, place):
        words = place.read(place.officer, "programme_grades")
        assert "There are no inspections of the programme’s schools yet." in words

    def test_wait_for_grades_on_both_sides(self, place):
        place.graded(place.own, dt.date(2025, 3, 1), "Good")
        words = place.read(place.officer, "programme_grades")
        assert "No school has a grade on both sides yet" in words

    def test_say_both_sides_and_everybody_else(self, place):
        self.schools(place)
        words = place.read(place.officer, "programme_grades")
        assert "50% of these schools before" in words
        assert "a change of grades does not show what made it" in words

    def test_count_from_each_school_s_own_start(self, place):
        self.schools(place)
        starts = starts_of(place.programme, TODAY)
        assert set(starts.by_school) == {place.own.pk, place.other.pk}
        found = graded(starts, Scale.objects.get(), TODAY)
        assert (found.n_ours, found.n_others, found.n_without) == (2, 1, 0)

    def test_know_no_later_inspection_on_a_past_day(self, place):
        self.schools(place)
        found = graded(starts_of(place.programme, TODAY), Scale.objects.get(), dt.date(2025, 1, 1))
        assert (found.rows, found.n_without) == ([], 2)

    def test_come_as_files(self, place):
        self.schools(place)
        file = place.answer(place.officer, "programme_grades", figure="grades", form="csv")
        assert "These schools after,Good,2,100" in file.content.decode()

    def test_ask_the_database_few_questions(self, place):
        self.schools(place)
        place.read(place.officer, "programme_grades")
        client = client_of(place.officer)
        with CaptureQueriesContext(connection) as asked:
            client.get(reverse("programme_grades", args=[place.programme.pk]))
        assert len(asked) <= 30, "\n".join(each["sql"][:150] for each in asked)

    def test_are_in_welsh_too(self, place):
        self.schools(place)
        address = reverse("programme_grades", args=[place.programme.pk])
        assert client_of(place.officer).get(f"/cy{address}").status_code == 200
