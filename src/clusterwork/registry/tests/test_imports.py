"""A register file is loaded whole or not at all; a later one updates, closes and reopens."""

from __future__ import annotations

import io
from datetime import date
from typing import Any

import pytest
from django.db import connection

from clusterwork.audit.models import Entry
from clusterwork.kernel.states import MoveNotAllowed, state_after
from clusterwork.registry.imports import reading
from clusterwork.registry.imports.raw import FileUnreadable
from clusterwork.registry.imports.rejected import write_rejected
from clusterwork.registry.models import (
    Affiliation,
    Assessment,
    Authority,
    Census,
    Change,
    Grade,
    ImportRun,
    ImportState,
    RejectedRow,
    School,
    StagedChange,
)
from clusterwork.registry.services.drafts import Draft
from clusterwork.registry.services.imports import (
    RegisterMovedOn,
    RowsRejected,
    abandon_import,
    confirm_import,
    import_register,
    stage_import,
)
from clusterwork.registry.states import IMPORT_MOVES, IMPORT_NAMES
from clusterwork.registry.tests.made import TODAY, as_file, gias_text, real, school, wales_text

pytestmark = pytest.mark.django_db

ALTON, ANSTEY = {"URN": "115850"}, {"URN": "115851", "EstablishmentName": "Anstey Junior School"}
BAD = {"URN": "115852", "Easting": "9999999"}
CLOSED = {**ALTON, "EstablishmentStatus (name)": "Closed"}


def load(*changes: dict[str, str], text: str = "", source: str = "gias", **options: Any) -> Draft:
    told = {"by": None, "today": TODAY, "as_at": date(2022, 4, 25), **options}
    draft, _ = import_register(as_file(text or gias_text(*changes)), source=source, **told)
    return draft


def stage(*changes: dict[str, str]) -> ImportRun:
    return stage_import(
        as_file(gias_text(*changes)), source="gias", by=None, today=date(2022, 9, 1)
    )


class TestLoading:
    def test_adds_schools_with_all_that_the_file_tells(self) -> None:
        assert load(ALTON, ANSTEY).counts["new"] == 2
        alton = School.objects.get(urn=115850)
        assert alton.authority.name == "Hampshire"
        assert alton.latitude == pytest.approx(51.1518, abs=0.001)
        assert alton.longitude == pytest.approx(-0.9709, abs=0.001)
        assert Census.objects.get(school=alton).fsm_share == 0.217
        assert Assessment.objects.get(school=alton).grade.label == "Good"

    def test_the_same_file_again_changes_nothing(self) -> None:
        load(ALTON, ANSTEY)
        draft = load(ALTON, ANSTEY)
        assert (draft.counts["unchanged"], draft.steps) == (2, [])
        assert Change.objects.count() == 2

    def test_the_same_file_keeps_its_date_when_none_is_given(self) -> None:
        load(ALTON)
        draft = load(ALTON, as_at=None, today=date(2030, 1, 1))
        assert (draft.as_at, draft.counts["unchanged"]) == (date(2022, 4, 25), 1)

    def test_a_later_file_updates_field_by_field(self) -> None:
        load(ALTON)
        later = {**ALTON, "EstablishmentName": "Alton Infants", "NumberOfPupils": "140"}
        draft = load(later, as_at=date(2022, 9, 1))
        assert draft.counts["changed"] == 1
        changes = Change.objects.filter(happening="changed").order_by("id")
        assert [(c.field, c.old, c.new) for c in changes] == [
            ("name", "Alton Infant School", "Alton Infants"),
            ("census.2022.pupils", "138", "140"),
        ]

    def test_keeps_every_earlier_version(self) -> None:
        from pghistory.models import Events

        load(ALTON)
        load({**ALTON, "Town": "Winchester"}, as_at=date(2022, 9, 1))
        events = Events.objects.tracks(School.objects.get(urn=115850)).order_by("pgh_created_at")
        assert [event.pgh_label for event in events] == ["insert", "update"]
        assert [event.pgh_context["source"] for event in events] == ["gias", "gias"]

    def test_closes_and_reopens_with_dates(self) -> None:
        load(ALTON)
        draft = load({**CLOSED, "CloseDate": "31-08-2022"}, as_at=date(2022, 9, 1))
        assert draft.counts["closed"] == 1
        alton = School.objects.get(urn=115850)
        assert (alton.status, alton.closed_on) == ("closed", date(2022, 8, 31))
        draft = load(ALTON, as_at=date(2023, 1, 1))
        assert draft.counts["reopened"] == 1
        alton.refresh_from_db()
        assert (alton.status, alton.closed_on) == ("open", None)

    def test_dates_a_closing_without_a_day_by_the_file(self) -> None:
        load(ALTON)
        load(CLOSED, as_at=date(2022, 9, 1))
        assert School.objects.get(urn=115850).closed_on == date(2022, 9, 1)
        assert load(CLOSED, as_at=date(2023, 9, 1)).counts["unchanged"] == 1

    def test_a_closing_school_leaves_its_groups(self) -> None:
        load({**ALTON, "Federations (name)": "Alton Federation"})
        load({**CLOSED, "CloseDate": "31-08-2022"}, as_at=date(2022, 9, 1))
        assert Affiliation.objects.get().end_on == date(2022, 8, 31)

    def test_grades_are_added_as_they_are_met(self) -> None:
        load(ALTON, {**ANSTEY, "OfstedRating (name)": "Marvellous"})
        assert list(Grade.objects.order_by("position").values_list("label", flat=True)) == [
            "Good",
            "Marvellous",
        ]

    def test_wales_and_england_know_the_same_school_by_its_two_numbers(self) -> None:
        load(text=wales_text({}), source="wales")
        row = {
            "URN": "401500",
            "LA (code)": "676",
            "LA (name)": "Caerphilly",
            "EstablishmentNumber": "2058",
            "EstablishmentName": "Pengam Primary",
        }
        load(row)
        found = School.objects.get()
        assert (found.urn, found.welsh_number) == (401500, "6762058")

    def test_figures_without_a_year_are_said_to_be_filed_under_this_one(self) -> None:
        undated = load(text=wales_text({}), source="wales", as_at=None, dry_run=True)
        assert [n.text.params for n in undated.notices] == [{"year": str(TODAY.year)}]
        dated = load(text=wales_text({}), source="wales", as_at=TODAY, dry_run=True)
        assert dated.notices == []

    def test_a_whole_import_is_in_the_audit_record(self) -> None:
        load(ALTON)
        assert Entry.objects.get(verb="import.confirmed").params["new"] == 1


class TestManyRows:
    def test_the_application_may_refresh_the_statistics_that_searches_need(self) -> None:
        load(*({"URN": str(urn)} for urn in range(100_000, 101_000)))
        with connection.cursor() as cursor:
            cursor.execute("SELECT reltuples FROM pg_class WHERE relname = 'registry_school'")
            assert cursor.fetchone() == (1000.0,)


class TestNeverHalfLoads:
    def test_one_bad_row_holds_back_all(self) -> None:
        draft = load(ALTON, BAD)
        assert draft.counts["rejected"] == 1
        assert not School.objects.exists()
        assert ImportRun.objects.get().state == ImportState.FAILED

    def test_good_rows_are_loaded_when_the_user_says_so(self) -> None:
        load(ALTON, BAD, accept_good_rows=True)
        assert School.objects.get().urn == 115850
        assert RejectedRow.objects.get().line == 3

    def test_a_dry_run_writes_nothing(self) -> None:
        draft = load(ALTON, dry_run=True)
        assert draft.counts["new"] == 1
        assert not School.objects.exists()
        assert not ImportRun.objects.exists()
        assert not Authority.objects.exists()

    def test_a_file_that_breaks_off_leaves_nothing(self) -> None:
        import gzip

        whole = gzip.compress(
            gias_text(*({"URN": str(n)} for n in range(100_000, 105_000))).encode()
        )
        with pytest.raises(FileUnreadable):
            import_register(
                io.BytesIO(whole[:-200]), source="gias", by=None, today=TODAY, name="cut.gz"
            )
        assert not School.objects.exists()
        assert not ImportRun.objects.exists()

    def test_a_row_that_would_close_a_school_before_the_day_on_which_it_is_held_to_open(
        self,
    ) -> None:
        load({**ALTON, "OpenDate": "01-09-2010"})
        text = "\n".join(
            line.replace("OpenDate", "Ignored")
            for line in gias_text(
                {**CLOSED, "CloseDate": "31-08-2009", "OpenDate": ""}
            ).splitlines()
        )
        draft = load(text=text)
        assert draft.counts["rejected"] == 1
        assert School.objects.get().status == "open"

    def test_stops_where_too_many_rows_cannot_be_taken(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(reading, "MOST_REJECTED", 1)
        load(ALTON, BAD)
        with pytest.raises(reading.TooManyRejected):
            load(ALTON, BAD, BAD)
        assert ImportRun.objects.count() == 1

    def test_rejected_rows_can_be_mended_and_loaded(self) -> None:
        draft = load(ALTON, BAD)
        out = io.StringIO()
        write_rejected(out, draft.header, draft.rejections)
        mended = out.getvalue().replace("9999999", "472000")
        assert load(text=mended).counts == {
            **{"read": 1, "new": 1, "changed": 0, "unchanged": 0},
            **{"closed": 0, "reopened": 0, "rejected": 0},
        }


class TestSchoolsThatAFileDoesNotName:
    def test_stay_open_and_are_counted(self) -> None:
        load(ALTON, ANSTEY)
        draft = load(ALTON)
        assert draft.counts["closed"] == 0
        assert "1" in str(draft.notices[0].text)

    def test_are_closed_where_the_file_is_said_to_be_complete(self) -> None:
        load(ALTON, ANSTEY)
        draft = load(ALTON, as_at=date(2022, 9, 1), complete=True)
        assert draft.counts["closed"] == 1
        anstey = School.objects.get(urn=115851)
        assert (anstey.status, anstey.closed_on) == ("closed", date(2022, 9, 1))

    def test_of_other_authorities_are_none_of_its_business(self) -> None:
        load(ALTON, {**ANSTEY, "LA (code)": "851", "LA (name)": "Portsmouth"})
        assert load(ALTON, complete=True).counts["closed"] == 0

    def test_stay_open_where_rows_were_rejected_that_may_be_theirs(self) -> None:
        load(ALTON, ANSTEY)
        draft = load(ALTON, BAD, complete=True, accept_good_rows=True)
        assert draft.counts["closed"] == 0

    def test_that_were_entered_by_hand_stay(self) -> None:
        load(ALTON)
        school(urn=None, by_hand=True, authority_code="850")
        assert load(ALTON, complete=True).counts["closed"] == 0


class TestStaging:
    def test_shows_what_would_change_and_changes_nothing(self) -> None:
        load(ALTON)
        run = stage({**ALTON, "Town": "Winchester"}, ANSTEY)
        assert (run.n_new, run.n_changed) == (1, 1)
        assert School.objects.get().town == "Alton"
        changed = StagedChange.objects.get(happening="changed")
        assert changed.differences == [["town", "Alton", "Winchester"]]

    def test_confirming_applies_exactly_what_was_staged(self) -> None:
        load({**ALTON, "Federations (name)": "Old", "OpenDate": "01-09-2001"})
        run = stage(
            {**ALTON, "Federations (name)": "New", "OpenDate": "02-09-2001"},
            {**ANSTEY, "Trusts (name)": "Hampshire Trust", "Trusts (code)": "77"},
        )
        confirm_import(run_id=run.pk, by=None)
        alton = School.objects.get(urn=115850)
        assert alton.opened_on == date(2001, 9, 2)
        now = alton.affiliations.filter(end_on=None).values_list("partnership__name", flat=True)
        assert list(now) == ["New"]
        assert School.objects.get(urn=115851).affiliations.get().partnership.identifier == "77"
        assert load(ALTON, ANSTEY, dry_run=True).counts["new"] == 0

    def test_direct_and_staged_import_end_alike(self) -> None:
        rows = (ALTON, {**ANSTEY, "Federations (name)": "Fens", "CloseDate": "31-08-2030"})
        load(*rows)
        direct = list(School.objects.order_by("urn").values())
        facts = list(Census.objects.order_by("school__urn").values("year", "pupils", "fsm_share"))
        for model in (Affiliation, Assessment, Census):
            model.objects.all().delete()
        School.objects.update(urn=None, by_hand=True)
        run = stage(*rows)
        confirm_import(run_id=run.pk, by=None)
        staged = list(School.objects.filter(by_hand=False).order_by("urn").values())
        drop = ("id",)
        assert [{k: v for k, v in row.items() if k not in drop} for row in staged] == [
            {k: v for k, v in row.items() if k not in drop} for row in direct
        ]
        assert [f["pupils"] for f in facts] == [
            c.pupils for c in Census.objects.order_by("school__urn")
        ]

    def test_refuses_when_the_register_has_moved_on(self) -> None:
        load(ALTON)
        run = stage({**ALTON, "Town": "Winchester"})
        load({**ALTON, "Town": "Andover"})
        with pytest.raises(RegisterMovedOn):
            confirm_import(run_id=run.pk, by=None)
        assert School.objects.get().town == "Andover"

    def test_refuses_when_somebody_has_changed_a_school_since(self) -> None:
        load(ALTON)
        run = stage({**ALTON, "Town": "Winchester"})
        School.objects.update(town="Andover")
        with pytest.raises(RegisterMovedOn):
            confirm_import(run_id=run.pk, by=None)

    def test_refuses_when_somebody_has_entered_the_same_number_since(self) -> None:
        run = stage_import(as_file(wales_text({})), source="wales", by=None, today=TODAY)
        school(urn=None, welsh_number="6762058")
        with pytest.raises(RegisterMovedOn):
            confirm_import(run_id=run.pk, by=None)
        assert ImportRun.objects.get().state == ImportState.STAGED

    def test_refuses_rejected_rows_unless_told(self) -> None:
        run = stage(ALTON, BAD)
        with pytest.raises(RowsRejected):
            confirm_import(run_id=run.pk, by=None)
        confirm_import(run_id=run.pk, by=None, accept_good_rows=True)
        assert School.objects.get().urn == 115850

    def test_abandoning_leaves_the_register_and_the_record(self) -> None:
        run = stage(ALTON)
        abandon_import(run_id=run.pk, by=None)
        assert not School.objects.exists()
        assert ImportRun.objects.get().state == ImportState.ABANDONED
        with pytest.raises(MoveNotAllowed):
            confirm_import(run_id=run.pk, by=None)


class TestMoves:
    def test_every_move_that_is_not_in_the_table_is_refused(self) -> None:
        allowed = {(move.verb, move.source): move.target for move in IMPORT_MOVES}
        for state in ImportState.values:
            for verb in {move.verb for move in IMPORT_MOVES}:
                if (verb, state) in allowed:
                    assert (
                        state_after(verb, state, IMPORT_MOVES, IMPORT_NAMES) == allowed[verb, state]
                    )
                else:
                    with pytest.raises(MoveNotAllowed):
                        state_after(verb, state, IMPORT_MOVES, IMPORT_NAMES)


@pytest.mark.real_data
class TestTheRealFiles:
    def test_the_raw_download_is_loaded_and_then_unchanged(self) -> None:
        for expected in ("new", "unchanged"):
            with real("gias_raw_sample.csv.gz").open("rb") as file:
                draft, _ = import_register(file, source="gias", by=None, today=TODAY)
            assert draft.counts[expected] == 300

    def test_the_welsh_region_is_loaded_and_then_unchanged(self) -> None:
        path = real("wales_sewales_schools.csv.gz")
        for expected in ("new", "unchanged"):
            draft, _ = import_register(path, source="wales", by=None, today=TODAY)
            assert draft.counts[expected] == 233
        assert set(School.objects.filter(phase="middle").values_list("low_age", "high_age")) == {
            (3, 16),
            (3, 19),
        }
