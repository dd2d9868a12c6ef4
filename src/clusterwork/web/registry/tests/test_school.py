"""A school's page: facts over time, partnerships as picture and table, history."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

import pytest
from django.test import Client

from clusterwork.registry.models import (
    Affiliation,
    Assessment,
    Census,
    Change,
    Flow,
    Grade,
    Organisation,
    Partnership,
    Scale,
    School,
    SchoolLink,
)
from clusterwork.web.registry.tests.conftest import make_school, signed_in, words_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def inspected(denton: School) -> Assessment:
    scale = Scale.objects.create(code="ofsted", name="Ofsted: overall effectiveness")
    grade = Grade.objects.create(scale=scale, code="inadequate", label="Inadequate")
    Change.objects.create(
        school=denton,
        happening="changed",
        field="grade.ofsted.2013-05-08",
        new="Inadequate",
        as_at=dt.date(2013, 5, 8),
    )
    return Assessment.objects.create(
        school=denton, scale=scale, grade=grade, on=dt.date(2013, 5, 8), source="inspections"
    )


def address_of(inspected: Assessment) -> str:
    return f"/schools/{inspected.school_id}/"


@pytest.fixture
def renamed(denton: School) -> School:
    facts = {"school": denton, "happening": "changed", "as_at": dt.date(2019, 9, 1)}
    Change.objects.create(field="name", old="Denton School", new=denton.name, **facts)
    Change.objects.create(field="phase", old="middle", new="primary", **facts)
    return denton


@pytest.fixture
def federation(denton: School, harlaxton: School) -> Partnership:
    name = "The Denton and Harlaxton Federation"
    federation = Partnership.objects.create(kind="federation", name=name)
    for school in (denton, harlaxton):
        Affiliation.objects.create(
            school=school, partnership=federation, start_on=dt.date(2012, 9, 1)
        )
    return federation


class TestFacts:
    def test_one_line_says_who_they_are(self, head_of_denton: Client, denton: School) -> None:
        Census.objects.create(school=denton, year=2019, pupils=63)
        School.objects.filter(pk=denton.pk).update(low_age=4, high_age=11)
        text = words_of(head_of_denton.get(f"/schools/{denton.pk}/"))
        assert "Primary, ages 4 to 11. 63 pupils in 2019. Authority: Lincolnshire." in text

    def test_an_earlier_day_shows_what_was_so_then(
        self, head_of_denton: Client, renamed: School
    ) -> None:
        Census.objects.create(school=renamed, year=2022, pupils=66)
        text = words_of(head_of_denton.get(f"/schools/{renamed.pk}/?on=2018-05-01"))
        assert "facts as at 1 May 2018. This page cannot be edited." in text
        assert "Name at the time Denton School" in text
        assert "Middle" in text
        assert "66" not in text

    def test_today_shows_what_became_of_it(self, head_of_denton: Client, renamed: School) -> None:
        text = words_of(head_of_denton.get(f"/schools/{renamed.pk}/"))
        assert "1 September 2019 Phase Middle Primary" in text

    @pytest.mark.parametrize("day", ["yesterday", "2999-01-01", "0001-01-01"])
    def test_a_day_that_cannot_be_is_said(
        self, head_of_denton: Client, denton: School, day: str
    ) -> None:
        answer = head_of_denton.get(f"/schools/{denton.pk}/?on={day}")
        assert answer.status_code == 200
        assert "Enter a date" in words_of(answer)

    def test_a_picture_has_a_title_and_a_table(
        self, head_of_denton: Client, denton: School
    ) -> None:
        for year, pupils in ((2018, 60), (2019, 63)):
            Census.objects.create(school=denton, year=year, pupils=pupils, fsm_share=0.111)
        page = head_of_denton.get(f"/schools/{denton.pk}/").content.decode()
        assert 'role="img" aria-labelledby="chart-title"' in page
        assert "11.1%" in page

    def test_no_such_school_is_said_in_words(self, head_of_denton: Client) -> None:
        answer = head_of_denton.get("/schools/999999/")
        assert answer.status_code == 404
        assert "Nothing stands at this address." in words_of(answer)


class TestGradesAreNotShownToOtherSchools:
    def test_people_of_the_school_see_them(
        self, head_of_denton: Client, inspected: Assessment
    ) -> None:
        for page in ("", "history/"):
            address = f"/schools/{inspected.school_id}/{page}"
            assert "Inadequate" in words_of(head_of_denton.get(address))

    def test_officers_see_them(self, officer: Client, inspected: Assessment) -> None:
        assert "Inadequate" in words_of(officer.get(f"/schools/{inspected.school_id}/"))

    @pytest.mark.parametrize("kind", ["programme_officer", "link_adviser"])
    def test_those_of_an_organisation_elsewhere_do_not(
        self, inspected: Assessment, kind: str
    ) -> None:
        other = Organisation.objects.create(kind="authority", name="Rutland")
        text = words_of(signed_in(kind, organisation=other).get(address_of(inspected)))
        assert "Inadequate" not in text

    def test_advisers_of_a_body_above_see_them(
        self, inspected: Assessment, council: Organisation
    ) -> None:
        above = Organisation.objects.create(kind="consortium", name="East Midlands")
        Organisation.objects.filter(pk=council.pk).update(parent=above)
        adviser = signed_in("link_adviser", organisation=above)
        assert "Inadequate" in words_of(adviser.get(address_of(inspected)))

    def test_people_of_another_school_do_not(
        self, head_of_harlaxton: Client, inspected: Assessment
    ) -> None:
        for page in ("", "partnerships/", "history/"):
            text = words_of(head_of_harlaxton.get(f"/schools/{inspected.school_id}/{page}"))
            assert "Inadequate" not in text
            assert "Ofsted" not in text


class TestPartnerships:
    def test_picture_and_table_have_the_same_facts(
        self,
        head_of_denton: Client,
        denton: School,
        harlaxton: School,
        federation: Partnership,
    ) -> None:
        answer = head_of_denton.get(f"/schools/{denton.pk}/partnerships/")
        assert "In one partnership today." in words_of(answer)
        drawn = re.findall(r'__text--strong" [^>]*>Federation<', answer.content.decode())
        assert len(drawn) == len(("wide", "narrow"))
        assert f"Federation {federation.name} {harlaxton.name} 1 September 2012" in words_of(answer)

    def test_a_partnership_that_ended_is_past_and_one_to_come_is_not_there(
        self, head_of_denton: Client, denton: School, federation: Partnership
    ) -> None:
        Affiliation.objects.filter(school=denton).update(end_on=dt.date(2015, 9, 1))
        now = words_of(head_of_denton.get(f"/schools/{denton.pk}/partnerships/"))
        then = words_of(head_of_denton.get(f"/schools/{denton.pk}/partnerships/?on=2014-01-01"))
        before = words_of(head_of_denton.get(f"/schools/{denton.pk}/partnerships/?on=2010-01-01"))
        assert "In no partnership today. One has ended." in now
        assert "In one partnership as at 1 January 2014." in then
        assert "In no partnership as at 1 January 2010." in before
        assert "Federation" not in before.split("Partnerships")[-1]

    @pytest.mark.parametrize(
        ("filed", "shown"), [("alliance", False), ("Alliance", False), ("Teaching alliance", True)]
    )
    def test_the_kind_as_filed_stands_where_it_says_more(
        self, head_of_denton: Client, denton: School, filed: str, *, shown: bool
    ) -> None:
        fens = Partnership.objects.create(kind="alliance", kind_name=filed, name="The Fens")
        Affiliation.objects.create(school=denton, partnership=fens)
        page = head_of_denton.get(f"/schools/{denton.pk}/partnerships/").content.decode()
        assert (f">{filed}</span>" in page) == shown

    def test_few_pupils_are_not_counted_out(
        self, head_of_denton: Client, denton: School, harlaxton: School
    ) -> None:
        Flow.objects.create(from_school=denton, to_school=harlaxton, year=2019, pupils=3)
        text = words_of(head_of_denton.get(f"/schools/{denton.pk}/partnerships/"))
        assert f"{harlaxton.name} Primary fewer than 6" in text


class TestHistory:
    def test_names_the_schools_that_it_was(self, head_of_denton: Client, denton: School) -> None:
        SchoolLink.objects.create(
            number="120518",
            other_number="120001",
            other_name="Denton Parochial School",
            kind="predecessor",
            link_type="Predecessor",
            on=dt.date(1975, 9, 1),
        )
        text = words_of(head_of_denton.get(f"/schools/{denton.pk}/history/"))
        assert "Before Denton Parochial School 120001 Predecessor 1 September 1975" in text

    def test_a_change_too_small_for_one_place_is_told_with_more(
        self, head_of_denton: Client, denton: School
    ) -> None:
        facts = {"school": denton, "happening": "changed", "as_at": dt.date(2019, 9, 1)}
        Change.objects.create(field="census.2019.fsm_share", old="0.135", new="0.1352", **facts)
        text = words_of(head_of_denton.get(f"/schools/{denton.pk}/history/"))
        assert "13.50% 13.52%" in text

    def test_lists_changes_in_words(self, head_of_denton: Client, renamed: School) -> None:
        text = words_of(head_of_denton.get(f"/schools/{renamed.pk}/history/"))
        assert "2 changes recorded." in text
        assert "Phase Middle Primary By hand" in text


class TestQueries:
    @pytest.mark.parametrize("page", ["", "partnerships/", "history/", "?on=2015-01-01"])
    def test_few_however_much_is_known(
        self,
        head_of_denton: Client,
        denton: School,
        page: str,
        django_assert_max_num_queries: Any,
    ) -> None:
        fill(denton)
        with django_assert_max_num_queries(30):
            head_of_denton.get(f"/schools/{denton.pk}/{page}")


def fill(school: School) -> None:
    """Twenty partnerships of ten schools, flows, twenty years, eighty changes, a long chain."""
    others = [make_school(school.authority, 940_000 + n, f"Village {n}") for n in range(10)]
    scale = Scale.objects.create(code="ofsted", name="Ofsted")
    grade = Grade.objects.create(scale=scale, code="good", label="Good")
    for n in range(20):
        alliance = Partnership.objects.create(kind="alliance", name=f"Alliance {n}")
        Affiliation.objects.bulk_create(
            Affiliation(school=each, partnership=alliance) for each in (school, *others)
        )
        on = dt.date(2000 + n, 1, 1)
        Census.objects.create(school=school, year=2000 + n, pupils=100 + n)
        Assessment.objects.create(school=school, scale=scale, grade=grade, on=on)
        SchoolLink.objects.create(
            number=str(120_518 - n), other_number=str(120_517 - n), kind="predecessor"
        )
        for field in ("name", "phase", f"census.{n}.pupils", f"grade.ofsted.{on}"):
            Change.objects.create(
                school=school, happening="changed", field=field, old="1", new="2", as_at=on
            )
    Flow.objects.bulk_create(
        Flow(from_school=school, to_school=each, year=2019, pupils=9) for each in others
    )
