"""Published files as they come from year to year: other columns, sums among the rows, no year."""

from __future__ import annotations

from decimal import Decimal

import pytest

from clusterwork.measures.imports.reading import YearMissing
from clusterwork.measures.models import Upload
from clusterwork.measures.selectors.figures import figures_of
from clusterwork.measures.tests.files import LONG, confirm, csv_of, long_row, stage, workbook_of
from clusterwork.measures.tests.made import Place
from clusterwork.registry.imports.table import WrongHeader

pytestmark = pytest.mark.django_db
KS2 = (
    "RECTYPE", "LEA", "ESTAB", "URN", "SCHNAME", "TELIG", "BELIG", "TEALGRP2", "PTRWM_EXP",
    "PTRWM_EXP_B", "PTRWM_EXP_EAL", "PTWRITTA_EXP", "READPROG",
)  # fmt: skip
KS2_ROWS = [
    (1, 925, 3001, 120_000, "A school", 30, 16, 7, "73%", "69%", "SUPP", "80%", "LOWCOV"),
    (3, 925, "", "", "", 7_000, 3_500, 400, "66%", "63%", "60%", "70%", ""),
    (4, "", "", "", "", 640_000, 330_000, 90_000, "65%", "60%", "64%", "78%", ""),
]
KS4 = ("RECTYPE", "URN", "TPUP", "GPUP", "ATT8SCR", "ATT8SCR_GIRLS", "P8PUP", "P8MEA",
       "PTL2BASICS_94", "EBACCAPS")  # fmt: skip
KS4_ROWS = [
    (1, 120_000, 129, 40, 46, "48.2", 116, "-0.15", "63%", "3.81"),
    (2, 120_001, 9, 3, "NE", "NE", "SUPP", "NP", "SUPP", "SUPP"),
    (4, "", "", "", 50.2, "", "", "", "", ""),
]


@pytest.fixture
def place() -> Place:
    return Place()


def found(place: Place) -> dict[tuple[str, str], object]:
    return {(f.measure.code, f.group): f.code or f.value for f in figures_of(place.own)}


def notices(upload: Upload) -> str:
    return str(upload.run.notices)


class TestThePublishersOwnFiles:
    def test_of_key_stage_2_are_read_without_a_column_for_the_year(self, place: Place) -> None:
        with pytest.raises(YearMissing):
            stage(place, csv_of(KS2, KS2_ROWS), "ks2")
        upload = confirm(place, stage(place, csv_of(KS2, KS2_ROWS), "ks2", year=2019))
        assert found(place) == {
            ("ks2-pupils", "all"): 30,
            ("ks2-pupils", "boys"): 16,
            ("ks2-rwm-expected", "all"): 73,
            ("ks2-rwm-expected", "boys"): 69,
            ("ks2-rwm-expected", "eal"): "SUPP",
            ("ks2-writing-expected", "all"): 80,
            ("ks2-reading-progress", "all"): "LOWCOV",
        }
        assert (upload.run.n_unmatched, upload.run.n_rejected) == (0, 0)
        assert "'n': 2" in notices(upload)

    def test_say_which_columns_this_edition_lacks(self, place: Place) -> None:
        told = notices(stage(place, csv_of(KS2, KS2_ROWS), "ks2", year=2019))
        assert "mat_average" in told and "ptwrit_exp" not in told and "_g" not in told

    def test_leave_what_was_not_published_blank(self, place: Place) -> None:
        rows = [(1, 925, 3001, 120_000, "A school", 30, "", "", "", "", "", "", "")]
        confirm(place, stage(place, csv_of(KS2, rows), "ks2", year=2018))
        assert found(place) == {("ks2-pupils", "all"): 30}

    def test_of_key_stage_4_are_read_too(self, place: Place) -> None:
        upload = confirm(place, stage(place, csv_of(KS4, KS4_ROWS), "ks4", year=2019))
        assert upload.run.n_rejected == 0
        assert found(place) == {
            ("ks4-pupils", "all"): 129,
            ("ks4-pupils", "girls"): 40,
            ("ks4-attainment-8", "all"): 46,
            ("ks4-attainment-8", "girls"): Decimal("48.2"),
            ("ks4-progress-8", "all"): Decimal("-0.15"),
            ("ks4-basics-4", "all"): 63,
            ("ks4-ebacc-score", "all"): Decimal("3.81"),
        }

    def test_of_absence_by_another_threshold_give_what_is_the_same(self, place: Place) -> None:
        file = csv_of(("LA", "ESTAB", "URN", "PERCTOT", "PPERSABS15"), [(1, 2, 120_000, 3.5, 0)])
        upload = confirm(place, stage(place, file, "absence", year=2012))
        assert found(place) == {("absence-overall", "all"): Decimal("3.5")}
        assert "PPERSABS10" in notices(upload)

    @pytest.mark.parametrize("layout", ["ks2", "census", "absence", "pupils"])
    def test_are_refused_under_another_name(self, place: Place, layout: str) -> None:
        with pytest.raises(WrongHeader) as refused:
            stage(place, csv_of(KS4, KS4_ROWS), layout, year=2019)
        assert "performance tables) (ks4)" in str(refused.value)


class TestOurTemplate:
    @pytest.mark.parametrize("year", ["2019", "2018/19", "2018-2019", "201819", "2019.0"])
    def test_takes_a_school_year_as_people_write_it(self, place: Place, year: str) -> None:
        confirm(place, stage(place, csv_of(LONG, [long_row(year=year)])))
        assert figures_of(place.own).get().on.year == 2019

    @pytest.mark.parametrize("year", ["2018/20", "18/19", "2019/18", "AY2019"])
    def test_takes_no_other(self, place: Place, year: str) -> None:
        assert stage(place, csv_of(LONG, [long_row(year=year)])).run.n_rejected == 1

    def test_knows_a_school_whose_number_a_program_wrote_with_a_nought(self, place: Place) -> None:
        confirm(place, stage(place, csv_of(LONG, [long_row(school_number="120000.0")])))
        assert figures_of(place.own).exists()

    def test_takes_a_percentage_as_the_sheet_shows_it(self, place: Place) -> None:
        from openpyxl import load_workbook

        file = workbook_of(LONG, [long_row(0.951)])
        book = load_workbook(file)
        book.active.cell(2, LONG.index("value") + 1).number_format = "0.0%"
        file.seek(0)
        book.save(file)
        confirm(place, stage(place, file))
        assert figures_of(place.own).get().value == Decimal("95.1")


class TestOneSchoolARow:
    @pytest.mark.parametrize("group", ["boys", "Boys", "Bechgyn"])
    def test_names_a_group_by_its_code_or_name(self, place: Place, group: str) -> None:
        header = ("URN", "year", "Attendance", f"attendance: {group}")
        confirm(place, stage(place, csv_of(header, [(120_000, 2026, 95, 94)]), "wide"))
        assert set(found(place)) == {("attendance", "all"), ("attendance", "boys")}


class TestATableBelowATitle:
    def test_is_found_and_said(self, place: Place) -> None:
        rows = [("Source: schools",), LONG, long_row()]
        with pytest.raises(WrongHeader, match=r"Line: 3\. Delete"):
            stage(place, csv_of(("Attendance 2018/19",), rows))

    def test_on_a_later_sheet_is_said(self, place: Place) -> None:
        from openpyxl import load_workbook

        file = workbook_of(("About these figures",), [])
        book = load_workbook(file)
        book.create_sheet("Attendance").append(list(LONG))
        file.seek(0)
        book.save(file)
        with pytest.raises(WrongHeader, match="these: Sheet, Attendance"):
            stage(place, file)
