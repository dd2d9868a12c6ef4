"""Lists beside the register: added, corrected, counted, and never half-loaded."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from clusterwork.registry.models import (
    Affiliation,
    Assessment,
    Census,
    Change,
    Flow,
    ImportRun,
    Partnership,
    School,
    SchoolLink,
)
from clusterwork.registry.services import lists
from clusterwork.registry.services.imports import import_register
from clusterwork.registry.tests.made import TODAY, as_file, csv_text, gias_text, school

pytestmark = pytest.mark.django_db

MEMBER = {
    "URN": "115850",
    "Group UID": "16647",
    "Group Name": "Alton Learning Trust",
    "Group Type": "Multi-academy trust",
    "Group Status": "Open",
    "Open date": "2015-09-01",
    "Closed Date": "",
    "Joined date": "2016-09-01",
}


def load(service: Callable[..., Any], *rows: dict[str, str], **options: Any) -> dict[str, int]:
    told = {"by": None, "today": TODAY, **options}
    outcome, _ = service(as_file(csv_text(rows)), **told)
    return dict(outcome.counts)


def register(*changes: dict[str, str], as_at: date = date(2022, 4, 25)) -> None:
    file = as_file(gias_text(*changes))
    import_register(file, source="gias", by=None, today=TODAY, as_at=as_at)


@pytest.fixture
def alton() -> School:
    return school(urn=115850, authority_code="850")


class TestMembers:
    def test_join_on_their_day(self, alton: School) -> None:
        assert load(lists.load_groups, MEMBER)["new"] == 1
        assert alton.affiliations.get().start_on == date(2016, 9, 1)
        assert load(lists.load_groups, MEMBER)["unchanged"] == 1

    def test_of_1900_joined_on_a_day_that_is_not_known(self, alton: School) -> None:
        load(lists.load_groups, {**MEMBER, "Joined date": "1900-01-01"})
        assert alton.affiliations.get().start_on is None

    def test_tell_the_day_that_the_register_did_not_know(self) -> None:
        register({"Trusts (name)": "Alton Learning Trust", "Trusts (code)": "16647"})
        assert Affiliation.objects.get().start_on is None
        assert load(lists.load_groups, MEMBER)["changed"] == 1
        assert Affiliation.objects.get().start_on == date(2016, 9, 1)
        assert Partnership.objects.get().kind_name == "Multi-academy trust"

    def test_of_schools_that_are_not_held_are_counted(self) -> None:
        assert load(lists.load_groups, MEMBER)["unmatched"] == 1

    def test_leave_when_their_group_closes(self, alton: School) -> None:
        load(lists.load_groups, MEMBER)
        group = {name: MEMBER[name] for name in ("Group UID", "Group Name", "Group Type")}
        load(lists.load_groups, {**group, "Closed Date": "2020-08-31"})
        assert alton.affiliations.get().end_on == date(2020, 8, 31)


class TestTrustsOverTime:
    ONE = {"Trusts (name)": "One Trust", "Trusts (code)": "1"}
    TWO = {"Trusts (name)": "Two Trust", "Trusts (code)": "2"}

    def test_a_school_moves_from_one_to_another(self) -> None:
        register(self.ONE)
        register(self.TWO, as_at=date(2023, 1, 1))
        stays = Affiliation.objects.order_by("partnership__identifier")
        assert [(s.partnership.name, s.start_on, s.end_on) for s in stays] == [
            ("One Trust", None, date(2023, 1, 1)),
            ("Two Trust", date(2023, 1, 1), None),
        ]

    def test_and_back_again_even_when_files_come_in_another_order(self) -> None:
        register(self.ONE)
        register(self.TWO, as_at=date(2023, 1, 1))
        register(self.ONE, as_at=date(2022, 6, 1))
        now = Affiliation.objects.filter(end_on=None).get()
        assert (now.partnership.name, now.start_on) == ("One Trust", date(2023, 1, 1))

    def test_foundation_trusts_do_not_end_because_a_register_is_silent(self) -> None:
        register({})
        load(lists.load_groups, {**MEMBER, "Group Type": "Trust"})
        register({}, as_at=date(2023, 1, 1))
        assert Affiliation.objects.get().end_on is None


class TestLinks:
    def test_are_kept_for_schools_that_are_not_held(self) -> None:
        row = {"URN": "100001", "LinkURN": "100002", "LinkType": "Predecessor",
               "LinkEstablishedDate": ""}  # fmt: skip
        assert load(lists.load_links, row)["new"] == 1
        changed = {**row, "LinkEstablishedDate": "01-09-2010"}
        assert load(lists.load_links, changed)["changed"] == 1
        assert SchoolLink.objects.get().on == date(2010, 9, 1)


class TestCensus:
    def test_goes_before_the_figures_of_the_register(self) -> None:
        register({"NumberOfPupils": "138"})
        row = {"URN": "115850", "NOR": "140", "NUMFSM": "28"}
        assert load(lists.load_census, row, year=2022)["changed"] == 1
        census = Census.objects.get()
        assert (census.pupils, census.fsm_share, census.source) == (140, 0.2, "census")
        register({"NumberOfPupils": "138"}, as_at=date(2022, 5, 1))
        census.refresh_from_db()
        assert census.pupils == 140

    def test_notes_a_corrected_figure_in_the_list_of_changes(self, alton: School) -> None:
        for pupils in ("140", "141"):
            load(lists.load_census, {"URN": "115850", "NOR": pupils}, year=2019)
        change = Change.objects.get()
        assert (change.field, change.old, change.new) == ("census.2019.pupils", "140", "141")


class TestAssessments:
    def test_are_added_and_corrected(self, alton: School) -> None:
        row = {"urn": "115850", "category": "1", "on": "2019-01-31"}
        assert load(lists.load_assessments, row)["new"] == 1
        assert load(lists.load_assessments, row)["unchanged"] == 1
        assert load(lists.load_assessments, {**row, "category": "2"})["changed"] == 1
        assert Assessment.objects.get().grade.label == "2"

    def test_go_before_the_grade_in_the_register(self) -> None:
        register({})
        row = {"urn": "115850", "rating": "Outstanding", "inspection_date": "2019-01-23"}
        load(lists.load_assessments, row)
        register({}, as_at=date(2022, 5, 1))
        assert Assessment.objects.get().grade.label == "Outstanding"


class TestFlows:
    ROW = {"from_urn": "115850", "to_urn": "115851", "year": "2021", "pupils": "12"}

    def test_are_added_and_corrected(self, alton: School) -> None:
        school(urn=115851)
        assert load(lists.load_flows, self.ROW)["new"] == 1
        assert load(lists.load_flows, {**self.ROW, "pupils": "13"})["changed"] == 1
        assert Flow.objects.get().pupils == 13

    def test_to_schools_that_are_not_held_are_counted(self, alton: School) -> None:
        assert load(lists.load_flows, self.ROW)["unmatched"] == 1


class TestNeverHalfLoads:
    GOOD = {"partnership": "A", "kind": "alliance", "urn": "115850", "since": "2019-09-01"}
    BAD = {**GOOD, "kind": "club"}

    def test_one_bad_row_holds_back_all(self, alton: School) -> None:
        counts = load(lists.load_partnerships, self.GOOD, self.BAD)
        assert (counts["new"], counts["rejected"]) == (0, 1)
        assert not Affiliation.objects.exists()
        assert ImportRun.objects.get().n_rejected == 1

    def test_good_rows_are_loaded_when_told(self, alton: School) -> None:
        load(lists.load_partnerships, self.GOOD, self.BAD, accept_good_rows=True)
        assert Affiliation.objects.get().partnership.source == "hand"

    def test_a_dry_run_counts_and_writes_nothing(self, alton: School) -> None:
        assert load(lists.load_partnerships, self.GOOD, dry_run=True)["new"] == 1
        assert not Affiliation.objects.exists()
        assert not ImportRun.objects.exists()

    def test_periods_that_overlap_in_the_file_are_taken_once(self, alton: School) -> None:
        later = {**self.GOOD, "since": "2020-09-01"}
        counts = load(lists.load_partnerships, self.GOOD, later)
        assert (counts["new"], counts["unchanged"]) == (1, 1)
