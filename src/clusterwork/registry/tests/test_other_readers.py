"""The other official files, and our own template, are read by their own columns."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

import pytest

from clusterwork.registry.imports import (
    assessments,
    boundaries,
    census,
    flows,
    groups,
    links,
    partnerships,
    template,
    wales,
)
from clusterwork.registry.imports.raw import FileUnreadable
from clusterwork.registry.imports.records import GradeRecord, Rejection, SchoolRecord
from clusterwork.registry.imports.table import WrongHeader
from clusterwork.registry.tests.made import as_file, csv_text, real, wales_text

AS_AT = date(2021, 9, 1)


def good(rows: Iterable[Any]) -> list[Any]:
    found = list(rows)
    assert not [row for row in found if isinstance(row, Rejection)], found
    return found


def bad(rows: Iterable[Any]) -> list[Rejection]:
    return [row for row in rows if isinstance(row, Rejection)]


def test_a_file_of_absence_is_called_by_its_name() -> None:
    with pytest.raises(WrongHeader) as caught:
        census.open_file(as_file("LA,ESTAB,URN,PERCTOT\n201,3614,100000,2.6\n"))
    assert "figures of absence" in str(caught.value.why)


class TestTheRegisterOfWales:
    def read(self, *changes: dict[str, str]) -> list[Any]:
        return list(wales.read(wales.open_file(as_file(wales_text(*changes))), AS_AT))

    def test_gives_school_category_and_figures_by_year(self) -> None:
        (record,) = good(self.read({}))
        assert isinstance(record, SchoolRecord)
        assert record.values["welsh_number"] == "6762058"
        assert (record.authority.country, record.authority.gss_code) == ("W", "W06000018")
        assert record.grades == (GradeRecord("support-category", "Green", date(2019, 1, 31)),)
        assert record.censuses == {2021: {"pupils": 217}, 2016: {"fsm_share": 0.235}}

    def test_keeps_a_middle_school_as_filed_with_its_ages_and_says_so(self) -> None:
        change = {"sector": "Middle", "school_type": "Middle (ages 3-19)"}
        table = wales.open_file(as_file(wales_text(change)))
        (record,) = good(wales.read(table, AS_AT))
        assert (record.values["phase"], record.values["high_age"]) == ("middle", 19)
        assert "Pengam Primary" in str(table.notices[0].text)

    def test_refuses_a_number_that_is_not_welsh(self) -> None:
        (refused,) = bad(self.read({"school_number": "115850"}))
        assert refused.column == "school_number"

    def test_takes_a_school_without_a_place(self) -> None:
        (record,) = good(self.read({"easting": "", "northing": ""}))
        assert record.values["easting"] is None

    @pytest.mark.real_data
    def test_the_real_file(self) -> None:
        table = wales.open_file(real("wales_sewales_schools.csv.gz"))
        records = good(wales.read(table, AS_AT))
        assert len(records) == 233
        assert [record.values["easting"] for record in records].count(None) == 1
        assert len(table.notices) == 1


class TestOurTemplate:
    ROW = {"urn": "", "welsh_number": "", "la_estab": "925/7001", "authority_code": "925",
           "authority_name": "Lincolnshire", "name": "Fulbeck", "phase": "primary",
           "pupils": "61", "fsm_share": "0.12", "federation": "Fens"}  # fmt: skip

    def read(self, **change: str) -> list[Any]:
        table = template.open_file(as_file(csv_text([{**self.ROW, **change}])))
        return list(template.read(table, AS_AT))

    def test_takes_any_of_the_three_numbers(self) -> None:
        (record,) = good(self.read())
        assert record.values["la_estab"] == "925/7001"
        assert record.censuses == {2021: {"pupils": 61, "fsm_share": 0.12}}
        assert record.groups["federation"][0].name == "Fens"

    def test_refuses_a_row_without_any_number(self) -> None:
        assert bad(self.read(la_estab=""))

    def test_refuses_a_phase_that_is_not_known(self) -> None:
        (refused,) = bad(self.read(phase="big"))
        assert (refused.column, refused.value) == ("phase", "big")

    def test_prints_columns_that_it_reads(self) -> None:
        text = ",".join(template.COLUMNS) + "\n"
        assert list(template.read(template.open_file(as_file(text)), AS_AT)) == []


class TestLinks:
    def test_tells_what_the_official_words_mean(self) -> None:
        kinds = ["Predecessor - merged", "Result of Amalgamation", "Sixth Form Centre Link"]
        assert [links.kind_of(kind) for kind in kinds] == ["predecessor", "successor", "sixth_form"]

    def test_refuses_a_school_that_follows_itself(self) -> None:
        row = {"URN": "100001", "LinkURN": "100001", "LinkType": "Successor"}
        assert bad(links.read(links.open_file(as_file(csv_text([row])))))

    @pytest.mark.real_data
    def test_the_real_file(self) -> None:
        records = good(links.read(links.open_file(real("gias_links.csv.gz"))))
        assert len(records) == 33_801
        assert 0.2 < sum(record.on is None for record in records) / len(records) < 0.3


class TestGroups:
    @pytest.mark.real_data
    def test_the_real_members(self) -> None:
        records = good(groups.read(groups.open_file(real("gias_group_links.csv.gz"))))
        assert len(records) == 18_772
        assert {record.partnership.kind for record in records} == {
            "trust",
            "federation",
            "sponsor",
        }

    @pytest.mark.real_data
    def test_the_real_groups_hold_one_that_closed_before_it_opened(self) -> None:
        (refused,) = bad(groups.read(groups.open_file(real("gias_groups.csv.gz"))))
        assert (refused.line, refused.column) == (5319, "Closed Date")


class TestPartnerships:
    def test_refuses_a_kind_that_is_not_known(self) -> None:
        row = {"partnership": "X", "kind": "club", "urn": "100001", "since": ""}
        (refused,) = bad(partnerships.read(partnerships.open_file(as_file(csv_text([row])))))
        assert "alliance" in str(refused.reason)


class TestCensus:
    def test_leaves_withheld_figures_out_instead_of_taking_them_as_nought(self) -> None:
        row = {"URN": "100000", "NOR": "285", "PSENELK": "SUPP", "NUMFSM": "32"}
        table = census.open_file(as_file(csv_text([row])))
        (record,) = good(census.read(table, 2019))
        assert record.figures == {"pupils": 285, "fsm_share": round(32 / 285, 6)}

    def test_asks_for_the_year_where_nobody_says_it(self) -> None:
        table = census.open_file(as_file("urn,pupils\n100000,5\n"))
        with pytest.raises(FileUnreadable, match="--year"):
            list(census.read(table, None))

    def test_reads_the_year_of_each_row(self) -> None:
        table = census.open_file(as_file("urn,year,pupils\n100000,2018,5\n100000,2019,6\n"))
        assert [record.year for record in good(census.read(table, None))] == [2018, 2019]

    def test_says_what_is_missing_from_a_file_of_something_else(self) -> None:
        with pytest.raises(WrongHeader):
            census.open_file(as_file("a,b\n1,2\n"))

    @pytest.mark.real_data
    @pytest.mark.parametrize(
        ("name", "year", "n"),
        [
            ("census_england_201819.csv.gz", 2019, 23_939),
            ("ofsted_pupils_2024.csv.gz", 2024, 20_571),
        ],
    )
    def test_the_real_files(self, name: str, year: int, n: int) -> None:
        assert len(good(census.read(census.open_file(real(name)), year))) == n


class TestAssessments:
    def read(self, *rows: dict[str, str]) -> list[Any]:
        return list(assessments.read(assessments.open_file(as_file(csv_text(rows)))))

    def test_takes_the_scale_by_the_country_of_the_number(self) -> None:
        day = "2019-01-30"
        english = {"urn": "100000", "rating": "Good", "inspection_date": day}
        records = good(self.read(english, {**english, "urn": "6762058"}))
        assert [record.grade.scale for record in records] == ["ofsted", "estyn"]

    def test_passes_over_the_same_grade_twice_and_refuses_two_grades_of_a_day(self) -> None:
        row = {"urn": "100000", "category": "1", "on": "2019-01-31"}
        rows = self.read(row, row, {**row, "category": "2"})
        assert len(rows) == 2
        assert [refused.line for refused in bad(rows)] == [4]

    @pytest.mark.real_data
    def test_the_real_file_has_one_day_with_two_grades(self) -> None:
        rows = list(assessments.read(assessments.open_file(real("ofsted_history_20200313.csv.gz"))))
        assert len(rows) == 60_132
        assert [refused.line for refused in bad(rows)] == [54_403]


class TestFlows:
    def test_refuses_pupils_who_move_on_to_their_own_school(self) -> None:
        row = {"from_urn": "100000", "to_urn": "100000", "year": "2019", "pupils": "3"}
        assert bad(flows.read(flows.open_file(as_file(csv_text([row])))))


class TestBoundaries:
    @pytest.mark.real_data
    def test_the_real_file(self) -> None:
        records = boundaries.read(real("la_boundaries.geojson"))
        assert len(records) == 174
        assert {record.country for record in records} == {"E", "W"}

    def test_refuses_a_file_of_something_else(self, tmp_path: Any) -> None:
        path = tmp_path / "x.geojson"
        path.write_text('{"type": "FeatureCollection"}')
        with pytest.raises(boundaries.NotBoundaries):
            boundaries.read(path)
