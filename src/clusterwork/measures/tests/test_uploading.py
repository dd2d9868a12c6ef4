"""Files of figures: staged, confirmed, abandoned; what is loaded twice changes nothing."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest

from clusterwork.kernel.errors import NotAllowed
from clusterwork.kernel.states import MoveNotAllowed
from clusterwork.measures.models import Figure, StagedFigure
from clusterwork.measures.selectors.figures import figure_at, figures_of
from clusterwork.measures.services.figures import FigureFacts, correct_figure
from clusterwork.measures.services.uploading.loading import (
    FiguresMovedOn,
    abandon_figures,
    import_figures,
)
from clusterwork.measures.tests.files import (
    KS2,
    LONG,
    confirm,
    csv_of,
    ks2_row,
    long_row,
    packed,
    stage,
    workbook_of,
)
from clusterwork.measures.tests.made import NOW, TODAY, YEAR_END, Place, measure
from clusterwork.registry.models import SchoolLink
from clusterwork.registry.services.imports import RowsRejected

pytestmark = pytest.mark.django_db
END_2019 = dt.date(2019, 7, 31)


@pytest.fixture
def place() -> Place:
    return Place()


class TestOurTemplate:
    def test_brings_nothing_in_before_it_is_confirmed(self, place: Place) -> None:
        upload = stage(place, csv_of(LONG, [long_row(), long_row(93, group="Boys")]))
        assert (upload.run.state, upload.run.n_new, Figure.objects.count()) == ("staged", 2, 0)
        confirm(place, upload)
        assert {f.group: f.value for f in figures_of(place.own)} == {
            "all": Decimal("94.5"),
            "boys": Decimal(93),
        }
        assert not StagedFigure.objects.exists()

    @pytest.mark.parametrize("kind", ["packed", "workbook"])
    def test_is_read_as_gzip_and_as_a_workbook(self, place: Place, kind: str) -> None:
        rows = [long_row(denominator=380, source="Our register")]
        file = workbook_of(LONG, rows) if kind == "workbook" else packed(csv_of(LONG, rows))
        confirm(place, stage(place, file))
        figure = figures_of(place.own).get()
        assert (figure.value, figure.denominator) == (Decimal("94.5"), 380)
        assert (figure.source, figure.origin, figure.who) == ("Our register", "upload", "Olwen")

    def test_understands_welsh_headings(self, place: Place) -> None:
        header = ("Mesur", "Rhif ysgol", "Blwyddyn", "Grŵp", "Gwerth")
        file = csv_of(header, [("attendance", 120_000, 2026, "Bechgyn", "94")])
        confirm(place, stage(place, file))
        assert figures_of(place.own).get().group == "boys"

    @pytest.mark.parametrize("number", ["925/3001", "9253001", "6762058", "120000"])
    def test_finds_schools_by_any_of_their_numbers(self, place: Place, number: str) -> None:
        place.own.la_estab, place.own.welsh_number = "925/3001", "6762058"
        place.own.save()
        confirm(place, stage(place, csv_of(LONG, [long_row(school_number=number)])))
        assert figures_of(place.own).exists()

    def test_keeps_codes(self, place: Place) -> None:
        confirm(place, stage(place, csv_of(LONG, [long_row("c")])))
        assert figures_of(place.own).get().code == "c"

    def test_corrects_and_keeps_the_earlier_value(self, place: Place) -> None:
        for value in ("94.5", "95"):
            upload = confirm(place, stage(place, csv_of(LONG, [long_row(value)])))
        assert (upload.run.n_new, upload.run.n_changed) == (0, 1)
        figure = figures_of(place.own).get()
        assert figure.replaces and figure.replaces.value == Decimal("94.5")

    def test_changes_nothing_the_second_time(self, place: Place) -> None:
        for _ in range(2):
            upload = confirm(place, stage(place, csv_of(LONG, [long_row()])))
        assert (upload.run.n_unchanged, upload.n_staged, Figure.objects.count()) == (1, 0, 1)

    def test_leaves_counts_on_which_a_file_is_silent(self, place: Place) -> None:
        confirm(place, stage(place, csv_of(LONG, [long_row(denominator=380)])))
        again = confirm(place, stage(place, csv_of(LONG, [long_row()])))
        assert (again.run.n_unchanged, figures_of(place.own).get().denominator) == (1, 380)
        confirm(place, stage(place, csv_of(LONG, [long_row("95")])))
        assert figures_of(place.own).get().denominator is None

    def test_does_not_undo_what_a_school_corrected(self, place: Place) -> None:
        confirm(place, stage(place, csv_of(LONG, [long_row()])))
        correct_figure(
            person=place.head,
            day=TODAY,
            now=NOW,
            pk=figures_of(place.own).get().pk,
            facts=FigureFacts(on=YEAR_END, written="97"),
            because="Counted again.",
        )
        again = confirm(place, stage(place, csv_of(LONG, [long_row()])))
        assert (again.run.n_unchanged, figures_of(place.own).get().value) == (1, Decimal(97))
        confirm(place, stage(place, csv_of(LONG, [long_row("96")])))
        assert figures_of(place.own).get().value == Decimal(96)

    def test_can_be_wide_with_a_column_a_measure(self, place: Place) -> None:
        header = ("URN", "year", "attendance", "attendance:girls", "staff-retention", "remark")
        file = csv_of(header, [(120_000, 2026, "94", "95", "", "x")])
        upload = confirm(place, stage(place, file, "wide"))
        assert {f.group for f in figures_of(place.own)} == {"all", "girls"}
        assert "remark" in str(upload.run.notices)


class TestRefusedRows:
    @pytest.mark.parametrize(
        ("row", "column"),
        [
            (long_row("100.1"), "value"),
            (long_row("QQ"), "value"),
            (long_row(""), "value"),
            (long_row(group="giants"), "group"),
            (long_row(year="2027"), "year"),
            (long_row(year="", date="2026-07-30"), "date"),
            (long_row(year=""), "date"),
            (long_row(measure="nonsense"), "measure"),
            (long_row(school_number=999_999), ""),
            (long_row(denominator="many"), "denominator"),
            (long_row(measure="ks2-level-4-english"), "year"),
        ],
    )
    def test_say_what_and_what_to_do_and_lose_nothing(
        self, place: Place, row: list[object], column: str
    ) -> None:
        upload = stage(place, csv_of(LONG, [row, long_row(school_number=120_001)]))
        rejected = upload.run.rejected_rows.get()
        assert (rejected.line, rejected.column) == (2, column)
        assert rejected.reason["template"] and rejected.next_step["template"]
        assert rejected.fields == [str(field) for field in row]
        with pytest.raises(RowsRejected):
            confirm(place, upload)
        confirm(place, upload, accept_good_rows=True)
        assert [figure.school for figure in Figure.objects.all()] == [place.other]

    def test_of_a_school_that_the_register_lacks_are_counted_as_such(self, place: Place) -> None:
        rows = [long_row(school_number=999_999), long_row(school_number=120_001)]
        upload = stage(place, csv_of(LONG, rows))
        assert (upload.run.n_unmatched, upload.run.n_rejected) == (1, 1)
        assert upload.unmatched == [["999999", 1]]
        assert not upload.run.notices

    def test_two_values_for_one_school_and_date(self, place: Place) -> None:
        upload = stage(place, csv_of(LONG, [long_row("94"), long_row("95")]))
        rejected = upload.run.rejected_rows.get()
        assert rejected.line == 3 and rejected.reason["params"] == {"line": 2}

    def test_a_figure_outside_the_life_of_its_school(self, place: Place) -> None:
        place.own.opened_on, place.other.closed_on = dt.date(2026, 9, 1), dt.date(2025, 8, 31)
        place.own.save()
        place.other.save()
        rows = [long_row(), long_row(school_number=120_001), long_row(school_number=120_002)]
        upload = stage(place, csv_of(LONG, rows))
        assert [row.line for row in upload.run.rejected_rows.all()] == [2, 3]

    def test_a_figure_that_is_worked_out_here(self, place: Place) -> None:
        from clusterwork.measures.services.figures import Computed, record_figure

        record_figure(
            measure=measure("headship-changes"),
            subject=place.own,
            facts=Computed(on=YEAR_END, value=Decimal(1)),
            day=TODAY,
            now=NOW,
        )
        file = csv_of(LONG, [long_row("2", measure="headship-changes")])
        upload = stage(place, file)
        assert (upload.run.n_rejected, upload.n_staged) == (1, 0)


class TestWhoMayBringFiles:
    def test_not_a_head(self, place: Place) -> None:
        with pytest.raises(NotAllowed):
            stage(place, csv_of(LONG, [long_row()]), person=place.head)

    def test_an_officer_only_for_schools_of_the_authority(self, place: Place) -> None:
        from clusterwork.clusters.tests.made import authority, school

        school(authority("926", "Norfolk"), 121_000, "Cromer")
        file = csv_of(LONG, [long_row(), long_row(school_number=121_000)])
        upload = stage(place, file)
        assert (upload.run.n_new, upload.run.n_rejected) == (1, 0)
        assert "other authorities" in str(upload.run.notices)

    def test_another_organisation_cannot_confirm(self, place: Place) -> None:
        from clusterwork.clusters.tests.made import officer, organisation

        upload = stage(place, csv_of(LONG, [long_row()]))
        with pytest.raises(NotAllowed):
            confirm(place, upload, person=officer(organisation("Rutland"), "Rhian"))


class TestConfirming:
    def test_happens_once(self, place: Place) -> None:
        upload = confirm(place, stage(place, csv_of(LONG, [long_row()])))
        with pytest.raises(MoveNotAllowed):
            confirm(place, upload)

    def test_refuses_where_the_figure_was_entered_meanwhile(self, place: Place) -> None:
        upload = stage(place, csv_of(LONG, [long_row()]))
        place.enter("90")
        with pytest.raises(FiguresMovedOn):
            confirm(place, upload)
        assert figures_of(place.own).get().value == Decimal(90)

    def test_refuses_where_the_figure_was_corrected_meanwhile(self, place: Place) -> None:
        first = place.enter("90")
        upload = stage(place, csv_of(LONG, [long_row()]))
        correct_figure(
            person=place.head,
            day=TODAY,
            now=NOW,
            pk=first.pk,
            facts=FigureFacts(on=YEAR_END, written="91"),
            because="Counted again.",
        )
        with pytest.raises(FiguresMovedOn):
            confirm(place, upload)

    def test_refuses_where_a_crash_has_emptied_what_waited(self, place: Place) -> None:
        upload = stage(place, csv_of(LONG, [long_row()]))
        StagedFigure.objects.all().delete()
        with pytest.raises(FiguresMovedOn):
            confirm(place, upload)

    def test_can_be_left_undone(self, place: Place) -> None:
        upload = stage(place, csv_of(LONG, [long_row()]))
        left = abandon_figures(person=place.officer, day=TODAY, now=NOW, pk=upload.pk)
        assert left.run.state == "abandoned" and not StagedFigure.objects.exists()


class TestPublishedFiles:
    def test_are_public_with_what_was_counted(self, place: Place) -> None:
        upload = confirm(place, stage(place, csv_of(KS2, [ks2_row(120_000, 2018)]), "ks2"))
        assert upload.run.n_new == 17
        figure = figure_at(place.own, measure("ks2-rwm-expected"), dt.date(2018, 7, 31))
        assert figure and figure.is_public
        assert (figure.value, figure.denominator) == (Decimal(60), 30)

    def test_hide_by_a_blank_before_2019_and_by_a_code_in_2019(self, place: Place) -> None:
        early = ks2_row(120_000, 2018, ptrwm_exp="", readprog="LOWCOV")
        late = ks2_row(120_000, 2019, value="", readprog="SUPP", writprog="")
        confirm(place, stage(place, csv_of(KS2, [early, late]), "ks2"))

        def code(name: str, year: int) -> str | None:
            found = figure_at(place.own, measure(name), dt.date(year, 7, 31))
            return found.code if found else None

        assert code("ks2-rwm-expected", 2018) == "SUPP"
        assert code("ks2-reading-progress", 2018) == "LOWCOV"
        assert code("ks2-reading-progress", 2019) == "SUPP"
        assert code("ks2-writing-progress", 2019) is None
        assert code("ks2-rwm-expected", 2019) is None

    def test_refuse_two_rows_of_one_school_and_year(self, place: Place) -> None:
        rows = [ks2_row(120_000, 2018), ks2_row(120_000, 2018, value=61)]
        upload = stage(place, csv_of(KS2, rows), "ks2")
        assert upload.run.rejected_rows.get().line == 3

    def test_list_the_schools_that_the_register_lacks(self, place: Place) -> None:
        rows = [ks2_row(999_999, year) for year in (2017, 2018)] + [ks2_row(120_000, 2018)]
        upload = stage(place, csv_of(KS2, rows), "ks2")
        assert (upload.run.n_unmatched, upload.unmatched) == (2, [["999999", 2]])
        assert not upload.run.n_rejected

    def test_are_kept_on_the_school_that_came_after_with_the_number_said(
        self, place: Place
    ) -> None:
        place.own.opened_on = dt.date(2019, 9, 1)
        place.own.save()
        self.link("120000", "110000")
        upload = confirm(place, stage(place, csv_of(KS2, [ks2_row(110_000, 2018)]), "ks2"))
        figure = figure_at(place.own, measure("ks2-rwm-expected"), dt.date(2018, 7, 31))
        assert figure and figure.published_as == "110000"
        assert upload.chained == [["110000", "120000"]]

    def test_are_left_out_where_two_schools_went_into_one(self, place: Place) -> None:
        self.link("120000", "110000")
        self.link("120000", "110001")
        rows = [ks2_row(110_000, 2018), ks2_row(110_001, 2018)]
        upload = stage(place, csv_of(KS2, rows), "ks2")
        assert (upload.n_staged, upload.run.n_unmatched) == (0, 2)

    def test_are_left_out_where_the_school_has_its_own(self, place: Place) -> None:
        self.link("120000", "110000")
        rows = [ks2_row(110_000, 2018, value=10), ks2_row(120_000, 2018)]
        upload = stage(place, csv_of(KS2, rows), "ks2")
        assert (upload.run.n_new, upload.run.n_unmatched) == (17, 1)

    def test_of_the_year_before_it_opened_are_its_predecessors(self, place: Place) -> None:
        place.own.opened_on = dt.date(2019, 9, 1)
        place.own.save()
        file = [ks2_row(120_000, 2019)]
        assert stage(place, csv_of(KS2, file), "ks2").run.n_rejected == 1
        self.link("120000", "110000")
        confirm(place, stage(place, csv_of(KS2, file), "ks2"))
        figure = figure_at(place.own, measure("ks2-rwm-expected"), END_2019)
        assert figure and figure.published_as == "120000"

    def test_need_a_year_where_they_have_none(self, place: Place) -> None:
        from clusterwork.measures.imports.reading import YearMissing

        header = ("LA", "ESTAB", "URN", "PERCTOT", "PPERSABS10")
        rows = [(201, 3614, 120_000, 2.6, "SUPP"), ("NAT", "PRI", "", 4.0, 8.2)]
        with pytest.raises(YearMissing):
            stage(place, csv_of(header, rows), "absence")
        upload = confirm(place, stage(place, csv_of(header, rows), "absence", year=2019))
        assert [f.code for f in figures_of(place.own)] == ["", "SUPP"]
        assert "passed over" in str(upload.run.notices)

    def test_of_the_census_have_counts_and_a_share_worked_out(self, place: Place) -> None:
        from clusterwork.measures.imports.layouts import LAYOUTS

        header = (*LAYOUTS["census"].headings, "TSENELSE", "TSENELK", "NUMEAL", "NUMFSM",
                  "NUMFSMEVER")  # fmt: skip
        row = (120_000, 285, 144, 141, 1.8, 17.5, 49.5, 16.2, 5, 50, 141, 32, 38)
        confirm(place, stage(place, csv_of(header, [row]), "census", year=2019))
        found = {(f.measure.code, f.group): f for f in figures_of(place.own)}
        share = found["fsm-share", "all"]
        assert (share.value, share.numerator, share.denominator) == (Decimal("11.2"), 32, 285)
        assert found["pupils-on-roll", "boys"].value == 144

    @staticmethod
    def link(number: str, earlier: str) -> None:
        SchoolLink.objects.create(number=number, other_number=earlier, kind="predecessor")


class TestAtTheCommandLine:
    def load(self, place: Place, rows: list[list[object]], **told: bool) -> tuple[int, str]:
        draft, run = import_figures(
            csv_of(LONG, rows),
            layout="long",
            organisation=place.organisation,
            today=TODAY,
            now=NOW,
            name="figures.csv",
            **told,
        )
        return draft.figures.new, run.state if run else "dry"

    def test_loads_at_once(self, place: Place) -> None:
        assert self.load(place, [long_row()]) == (1, "confirmed")
        assert figures_of(place.own).exists()

    def test_keeps_nothing_of_a_dry_run(self, place: Place) -> None:
        assert self.load(place, [long_row()], dry_run=True) == (1, "dry")
        assert not Figure.objects.exists() and not StagedFigure.objects.exists()

    def test_loads_nothing_where_rows_are_bad_unless_asked_to(self, place: Place) -> None:
        rows = [long_row("101"), long_row(school_number=120_001)]
        assert self.load(place, rows) == (1, "failed")
        assert not Figure.objects.exists() and not StagedFigure.objects.exists()
        assert self.load(place, rows, accept_good_rows=True) == (1, "confirmed")
