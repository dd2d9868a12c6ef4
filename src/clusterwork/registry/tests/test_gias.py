"""The register of England is read by its own column names, and refused row by row."""

from __future__ import annotations

import random
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clusterwork.registry.imports import gias
from clusterwork.registry.imports.records import GradeRecord, GroupRecord, Rejection, SchoolRecord
from clusterwork.registry.imports.table import WrongHeader
from clusterwork.registry.tests.made import (
    GIAS,
    as_file,
    csv_text,
    gias_text,
    real,
    wales_text,
)

AS_AT = date(2022, 4, 25)


def read(text: str | bytes) -> list[SchoolRecord | Rejection]:
    return list(gias.read(gias.open_file(as_file(text)), AS_AT))


def one(**change: str) -> SchoolRecord:
    (found,) = read(gias_text(change))
    assert isinstance(found, SchoolRecord), found
    return found


def refused(**change: str) -> Rejection:
    (found,) = read(gias_text(change))
    assert isinstance(found, Rejection), found
    return found


class TestARowThatIsNoSchool:
    def test_is_passed_over_and_counted(self) -> None:
        group = "EstablishmentTypeGroup (name)"
        centre = {"URN": "20115", group: "Children's Centres"}
        table = gias.open_file(as_file(gias_text({group: "Academies"}, centre)))
        (school,) = gias.read(table, AS_AT)
        assert isinstance(school, SchoolRecord) and school.values["urn"] == int(GIAS["URN"])
        assert [notice.text.params for notice in table.notices] == [{"n": 1}]


class TestAGoodRow:
    def test_gives_the_school(self) -> None:
        record = one()
        assert record.authority.code == "850"
        assert record.values["la_estab"] == "850/2000"
        assert record.values["phase"] == "primary"
        assert (record.values["easting"], record.values["northing"]) == (472080, 139716)
        assert record.censuses == {2022: {"pupils": 138, "fsm_share": 0.217}}
        assert record.grades == (GradeRecord("ofsted", "Good", date(2019, 1, 23)),)

    @given(order=st.randoms(use_true_random=False))
    def test_whatever_the_order_of_columns_and_with_others_between(
        self, order: random.Random
    ) -> None:
        row = {**GIAS, "Surprise": "x", "Other (name)": "y"}
        columns = list(row)
        order.shuffle(columns)
        (found,) = read(csv_text([row], columns))
        assert isinstance(found, SchoolRecord)
        assert found.values == one().values

    @pytest.mark.parametrize("written", ["2001-09-03", "03-09-2001", "03/09/2001"])
    def test_reads_each_way_of_writing_a_date(self, written: str) -> None:
        assert one(OpenDate=written).values["opened_on"] == date(2001, 9, 3)

    @pytest.mark.parametrize(
        "written", ["2019-07-31", "31/07/2019 00:00", "31-07-2019 0:00:00", "2019/07/31"]
    )
    def test_takes_a_day_with_the_midnight_that_programs_add(self, written: str) -> None:
        assert one(OpenDate=written).values["opened_on"] == date(2019, 7, 31)

    def test_takes_1900_as_a_day_that_is_not_known(self) -> None:
        assert one(OpenDate="01-01-1900").values["opened_on"] is None

    @pytest.mark.parametrize("silent", ["Not applicable", "Does not apply", "Not reported", ""])
    def test_takes_the_official_ways_of_saying_nothing_as_nothing(self, silent: str) -> None:
        record = one(**{"OfstedRating (name)": silent, "Town": silent})
        assert record.grades == ()
        assert record.values["town"] == ""

    def test_leaves_fields_alone_whose_columns_are_not_there(self) -> None:
        (found,) = read(csv_text([GIAS], gias.NEEDED))
        assert isinstance(found, SchoolRecord)
        assert "postcode" not in found.values
        assert found.groups == {}

    @pytest.mark.parametrize(
        ("phase", "kind", "expected"),
        [
            ("Middle deemed secondary", "Community school", "middle"),
            ("All-through", "Free schools", "all_through"),
            ("Not applicable", "Community special school", "special"),
            ("Not applicable", "Pupil referral unit", "referral_unit"),
            ("Secondary", "Free schools alternative provision", "referral_unit"),
            ("Nursery", "Local authority nursery school", "nursery"),
            ("16 plus", "Further education", "sixteen_plus"),
            ("Not applicable", "Other independent school", "other"),
        ],
    )
    def test_tells_the_phase(self, phase: str, kind: str, expected: str) -> None:
        change = {"PhaseOfEducation (name)": phase, "TypeOfEstablishment (name)": kind}
        assert one(**change).values["phase"] == expected

    def test_takes_a_school_that_is_proposed_to_close_as_open(self) -> None:
        record = one(**{"EstablishmentStatus (name)": "Open, but proposed to close"})
        assert record.values["status"] == "open"

    def test_names_a_federation_once_that_the_file_names_twice(self) -> None:
        record = one(**{"Federations (name)": "Meon Valley~Meon Valley"})
        assert record.groups["federation"] == (GroupRecord("federation", "Meon Valley"),)

    def test_dates_figures_by_the_census_where_the_file_says_its_day(self) -> None:
        (found,) = read(csv_text([{**GIAS, "CensusDate": "21-01-2021"}]))
        assert isinstance(found, SchoolRecord)
        assert list(found.censuses) == [2021]

    def test_takes_an_authority_that_does_not_apply_for_schools_abroad(self) -> None:
        record = one(**{"LA (code)": "000", "LA (name)": "Does not apply"})
        assert record.authority.name == "Does not apply"

    def test_has_no_figures_of_today_for_a_school_that_has_closed(self) -> None:
        assert one(**{"EstablishmentStatus (name)": "Closed"}).censuses == {}


class TestRefusals:
    @pytest.mark.parametrize(
        ("column", "value"),
        [
            ("URN", ""),
            ("URN", "12345"),
            ("URN", "A15850"),
            ("LA (code)", ""),
            ("EstablishmentName", ""),
            ("EstablishmentStatus (name)", "Perhaps"),
            ("OpenDate", "31-02-2001"),
            ("CloseDate", "soon"),
            ("NumberOfPupils", "-3"),
            ("NumberOfPupils", "12.5"),
            ("PercentageFSM", "101"),
            ("PercentageFSM", "nan"),
            ("Easting", "9472080"),
            ("Easting", "here"),
            ("Northing", "0"),
        ],
    )
    def test_names_line_column_value_and_remedy(self, column: str, value: str) -> None:
        found = refused(**{column: value})
        assert (found.line, found.column, found.value) == (2, column, value)
        assert str(found.reason)
        assert str(found.next_step)

    def test_a_school_that_closes_before_it_opens(self) -> None:
        found = refused(OpenDate="01-09-2010", CloseDate="31-08-2009")
        assert (found.column, found.value) == ("CloseDate", "31-08-2009")

    def test_easting_and_northing_that_are_swapped(self) -> None:
        assert refused(Easting="139716", Northing="872080").column == "Northing"

    def test_the_second_row_of_a_school_and_where_the_first_is(self) -> None:
        first, second = read(gias_text({}, {}))
        assert isinstance(first, SchoolRecord)
        assert isinstance(second, Rejection)
        assert (second.line, second.column, second.value) == (3, "URN", "115850")
        assert "2" in str(second.reason)

    def test_says_what_another_file_looks_like_and_its_command(self) -> None:
        with pytest.raises(WrongHeader) as caught:
            gias.open_file(as_file(wales_text({})))
        assert "URN" in caught.value.missing
        assert "--source wales" in str(caught.value)

    def test_says_that_columns_are_parted_by_semicolons(self) -> None:
        with pytest.raises(WrongHeader, match="commas"):
            gias.open_file(as_file(gias_text({}).replace(",", ";")))


@pytest.mark.real_data
class TestTheRealFiles:
    def test_every_open_school_of_england(self) -> None:
        table = gias.open_file(real("gias_england_20220425.csv.gz"))
        rows = list(gias.read(table, AS_AT))
        assert len(rows) == 20_185
        assert not [row for row in rows if isinstance(row, Rejection)]
        assert table.notices == []

    def test_the_raw_download_with_its_three_ragged_rows(self) -> None:
        table = gias.open_file(real("gias_raw_sample.csv.gz"))
        rows = list(gias.read(table, AS_AT))
        assert len(rows) == 300
        assert not [row for row in rows if isinstance(row, Rejection)]
        (notice,) = table.notices
        assert "170, 178, 284" in str(notice.text)
