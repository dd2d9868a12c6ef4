"""What tied a school to others on a day, and what the register said of it then."""

from __future__ import annotations

from datetime import date

import pytest

from clusterwork.registry.models import (
    Affiliation,
    Authority,
    Change,
    Flow,
    Partnership,
    School,
)
from clusterwork.registry.selectors.as_at import earlier_values, known_since
from clusterwork.registry.selectors.ties import coming_to, memberships_of, moving_on_from

pytestmark = pytest.mark.django_db
NINE, TWELVE, FIFTEEN = date(2009, 9, 1), date(2012, 9, 1), date(2015, 9, 1)


@pytest.fixture
def schools() -> list[School]:
    lincolnshire = Authority.objects.create(code="925", name="Lincolnshire", country="E")
    return [
        School.objects.create(urn=n, name=name, authority=lincolnshire, phase="primary")
        for n, name in ((1, "Denton"), (2, "Harlaxton"), (3, "Allington"))
    ]


def stay(school: School, partnership: Partnership, *period: date | None) -> Affiliation:
    start_on, end_on = period
    return Affiliation.objects.create(
        school=school, partnership=partnership, start_on=start_on, end_on=end_on
    )


class TestMembershipsOf:
    def test_formal_before_loose_and_lasting_before_past(self, schools: list[School]) -> None:
        for kind, until in (("network", None), ("trust", FIFTEEN), ("federation", None)):
            stay(schools[0], Partnership.objects.create(kind=kind, name=kind), NINE, until)
        found = memberships_of(schools[0], on=date(2020, 1, 1))
        assert [(m.affiliation.partnership.kind, m.is_past) for m in found] == [
            ("federation", False),
            ("network", False),
            ("trust", True),
        ]

    def test_the_others_are_those_of_the_day(self, schools: list[School]) -> None:
        denton, harlaxton, allington = schools
        federation = Partnership.objects.create(kind="federation", name="Federation")
        stay(denton, federation, NINE, FIFTEEN)
        stay(harlaxton, federation, TWELVE, None)
        stay(allington, federation, None, TWELVE)
        assert memberships_of(denton, on=date(2010, 1, 1))[0].others == (allington,)
        assert memberships_of(denton, on=TWELVE)[0].others == (harlaxton,)
        (ended,) = memberships_of(denton, on=date(2020, 1, 1))
        assert (ended.is_past, ended.others) == (True, (harlaxton,))

    def test_what_begins_later_is_not_there(self, schools: list[School]) -> None:
        stay(schools[0], Partnership.objects.create(kind="trust", name="Trust"), TWELVE, None)
        assert memberships_of(schools[0], on=date(2012, 8, 31)) == []


class TestFlows:
    def test_the_latest_year_with_most_pupils_first(self, schools: list[School]) -> None:
        denton, harlaxton, allington = schools
        for year, to, pupils in ((2018, harlaxton, 9), (2019, harlaxton, 3), (2019, allington, 8)):
            Flow.objects.create(from_school=denton, to_school=to, year=year, pupils=pupils)
        found = moving_on_from(denton, on=date(2020, 1, 1))
        assert found is not None
        assert (found.year, found.pupils) == (2019, 11)
        assert [flow.to_school for flow in found.flows] == [allington, harlaxton]
        earlier = moving_on_from(denton, on=date(2018, 12, 31))
        assert earlier is not None and earlier.year == 2018
        assert coming_to(denton, on=date(2020, 1, 1)) is None


class TestEarlierValues:
    def test_undoes_what_came_later_back_to_the_day(self, schools: list[School]) -> None:
        denton = schools[0]
        for as_at, old, new in (
            (NINE, "", "Denton Parochial"),
            (TWELVE, "Denton Parochial", "Denton School"),
            (FIFTEEN, "Denton School", "Denton"),
        ):
            Change.objects.create(
                school=denton, happening="changed", field="name", old=old, new=new, as_at=as_at
            )
        assert earlier_values(denton, on=date(2010, 1, 1)) == {"name": "Denton Parochial"}
        assert earlier_values(denton, on=TWELVE) == {"name": "Denton School"}
        assert earlier_values(denton, on=FIFTEEN) == {}
        assert known_since(denton) == NINE

    def test_facts_by_year_are_not_fields_of_the_school(self, schools: list[School]) -> None:
        Change.objects.create(
            school=schools[0], happening="changed", field="census.2015.pupils", as_at=FIFTEEN
        )
        assert earlier_values(schools[0], on=NINE) == {}
