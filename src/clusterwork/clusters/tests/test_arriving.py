"""A spreadsheet of clusters is taken whole, changes only what differs, and is taken once."""

from __future__ import annotations

import datetime as dt

import pytest

from clusterwork.audit.models import Entry
from clusterwork.clusters.models import (
    Appointment,
    Arrival,
    Cluster,
    Headship,
    Membership,
    Participation,
    Partner,
    Programme,
)
from clusterwork.clusters.services.arriving import loading
from clusterwork.clusters.tests import made
from clusterwork.clusters.tests.made_arrivals import TODAY, Valley, file_of, said
from clusterwork.kernel.errors import NotAllowed
from clusterwork.kernel.states import MoveNotAllowed
from clusterwork.registry.models import Affiliation, ImportRun, School
from clusterwork.registry.services.imports import RowsRejected

pytestmark = pytest.mark.django_db


@pytest.fixture
def valley() -> Valley:
    return Valley()


class TestWhatIsTaken:
    def test_clusters_and_members_with_dates_and_parts(self, valley: Valley) -> None:
        draft, run = valley.load(
            valley.row(0, part="lead", memorandum_signed="30/9/2015"),
            valley.row(1, since="2016-01-04", until="01/09/2019", left_because="Too far away"),
            valley.row(2, part="contributing", contributes="Welsh", why="It teaches in it"),
        )
        assert (draft.rejections, run.state) == ([], "confirmed")
        cluster = Cluster.objects.get()
        assert (cluster.working_name, cluster.status) == ("Blackwood", "active")
        assert cluster.start_on == dt.date(2015, 9, 1)
        lead, left, contributing = cluster.memberships.order_by("school__urn")
        assert (lead.part, lead.memorandum_signed_on) == ("lead", dt.date(2015, 9, 30))
        assert (left.start_on, left.end_on) == (dt.date(2016, 1, 4), dt.date(2019, 9, 1))
        assert (left.ended_by, left.reason) == ("left", "Too far away")
        assert (contributing.contributes, contributing.end_on) == ("Welsh", None)

    def test_a_past_cluster_was_active_and_is_closed(self, valley: Valley) -> None:
        valley.load(valley.row(0, cluster_until="2020-09-01"))
        cluster = Cluster.objects.get()
        assert cluster.status == "closed"
        told = list(cluster.status_changes.values_list("status", "on"))
        assert told == [("active", dt.date(2015, 9, 1)), ("closed", dt.date(2020, 9, 1))]
        stay = cluster.memberships.get()
        assert (stay.end_on, stay.ended_by) == (dt.date(2020, 9, 1), "cluster_closed")

    def test_another_part_is_another_row_that_follows_on(self, valley: Valley) -> None:
        valley.load(
            valley.row(0, part="core", until="2018-09-01"),
            valley.row(0, part="lead", since="2018-09-01"),
        )
        first, second = Membership.objects.all()
        assert (first.ended_by, second.part, second.ended_by) == ("new_part", "lead", "")

    def test_a_ticked_chair_is_the_head_of_then(self, valley: Valley) -> None:
        Headship.objects.create(
            school=valley.schools[0], kind="substantive", name="Sian Head",
            start_on=dt.date(2010, 1, 1),
        )  # fmt: skip
        valley.load(valley.row(0, chair="x"), valley.row(1, chair="No"))
        chair = Appointment.objects.get()
        assert (chair.role, chair.name, chair.school) == ("chair", "Sian Head", valley.schools[0])

    def test_a_ticked_chair_without_a_name_is_said(self, valley: Valley) -> None:
        draft, _ = valley.load(valley.row(0, chair="✓"))
        assert Appointment.objects.get().name == "Headteacher"
        assert "Chairs that are ticked and not named: 1" in str(draft.notices[0].text)

    def test_chairs_follow_one_another(self, valley: Valley) -> None:
        valley.load(
            valley.row(0, chair="Ann", chair_until="2018-09-01"),
            valley.row(1, chair="Bob", chair_from="2018-09-01"),
        )
        assert list(Appointment.objects.values_list("name", "start_on")) == [
            ("Ann", dt.date(2015, 9, 1)),
            ("Bob", dt.date(2018, 9, 1)),
        ]

    def test_one_adviser_for_all_and_the_exception(self, valley: Valley) -> None:
        advisers = ("Ada", "Ada", "Bea")
        rows = [valley.row(n, link_adviser=name) for n, name in enumerate(advisers)]
        valley.load(*rows, valley.row(3, coordinator="Cai"))
        usual = Appointment.objects.get(role="link_adviser", name="Ada")
        other = Appointment.objects.get(role="link_adviser", name="Bea")
        assert (usual.school, other.school) == (None, valley.schools[2])
        assert Appointment.objects.get(role="coordinator").name == "Cai"

    def test_rows_for_people(self, valley: Valley) -> None:
        person = {"cluster": "Blackwood", "from": "2020-01-01", "email": "olwen@example.org"}
        valley.load(
            valley.row(0),
            {**person, "role": "strand coordinator", "person": "Olwen", "strand": "Literacy"},
            {**person, "role": "Clerc", "person": "Huw", "until": "2021-01-01", "email": ""},
        )
        strand, clerk = Appointment.objects.order_by("-role")
        assert (strand.strand, strand.person) == ("Literacy", valley.officer)
        assert (clerk.role, clerk.end_on) == ("clerk", dt.date(2021, 1, 1))

    def test_partners(self, valley: Valley) -> None:
        college = {"cluster": "Blackwood", "partner_kind": "coleg", "school": "Coleg y Cymoedd"}
        valley.load(valley.row(0), college, {**college, "cluster": "Risca", "from": "2019-01-01"})
        assert Partner.objects.get().name == "Coleg y Cymoedd"
        assert set(Membership.objects.filter(partner__isnull=False).values_list("part")) == {
            ("partner",)
        }

    def test_programmes_for_the_days_that_both_are_there(self, valley: Valley) -> None:
        Programme.objects.create(
            organisation=valley.organisation, name="EAS", starts_on=dt.date(2018, 1, 1)
        )
        valley.load(valley.row(0, programme="eas", cluster_until="2020-09-01"))
        told = Participation.objects.get()
        assert (told.start_on, told.end_on) == (dt.date(2018, 1, 1), dt.date(2020, 9, 1))

    def test_welsh_columns_and_a_cluster_named_once(self, valley: Valley) -> None:
        draft, _ = valley.load(
            {"Clwstwr": "Coed Duon", "Enw Cymraeg": "Coed Duon", "Clwstwr ers": "1/9/2015",
             "Ysgol": "ysgol gymraeg trelyn", "Rhan": "Arweiniol", "Cadeirydd": "Non"},
            {"Clwstwr": "", "Ysgol": "Pengam primary school"},
        )  # fmt: skip
        assert draft.rejections == []
        assert Cluster.objects.get().memberships.count() == 2
        assert Appointment.objects.get().name == "Non"
        assert "one above them: 1" in str(draft.notices[0].text)

    def test_a_closed_school_while_it_was_open(self, valley: Valley) -> None:
        old = made.school(
            valley.authority, 800_100, "Old School", status="closed", closed_on=dt.date(2018, 8, 31)
        )
        row = {**valley.row(0), "school_number": old.urn}
        draft, _ = valley.load({**row, "until": "2018-08-31"})
        assert draft.rejections == []
        assert Membership.objects.get().ended_by == "school_closed"

    def test_each_cluster_says_so_in_its_record(self, valley: Valley) -> None:
        valley.load(valley.row(0), valley.row(1, "Risca"))
        entries = Entry.objects.filter(verb="cluster.arrive")
        assert {entry.subject_label for entry in entries} == {"Blackwood", "Risca"}
        assert entries[0].details["steps"]


class TestTheSameFileAgain:
    def test_changes_nothing(self, valley: Valley) -> None:
        rows = [
            valley.row(0, chair="Ann", link_adviser="Ada", code="7", coordinator="Cai"),
            valley.row(1, since="2016-01-01", until="2019-01-01", left_because="x", code="7"),
            valley.row(2, part="contributing", contributes="Welsh", code="7"),
            {"cluster": "Blackwood", "role": "clerk", "person": "Huw", "from": "2020-01-01"},
        ]
        valley.load(*rows)
        before = list(Membership.objects.values()), list(Appointment.objects.values())
        draft, run = valley.load(*rows)
        assert (draft.steps, draft.rejections, run.n_unchanged) == ([], [], 3)
        assert (list(Membership.objects.values()), list(Appointment.objects.values())) == before

    def test_an_empty_cell_takes_nothing_away(self, valley: Valley) -> None:
        valley.load(valley.row(0, part="lead", until="2019-01-01", chair="Ann"))
        draft, _ = valley.load(valley.row(0))
        assert draft.steps == []

    def test_only_what_differs_is_changed(self, valley: Valley) -> None:
        valley.load(valley.row(0), valley.row(1))
        kept = Membership.objects.get(school=valley.schools[0])
        draft, _ = valley.load(valley.row(0), valley.row(1, until="2027-09-01"))
        assert [step.shown() for step in draft.steps] == [
            {
                "happening": "member_ended",
                "line": 3,
                "cluster": "Blackwood",
                "subject": "Pengam Primary School (800001)",
                "differences": [["end_on", "", "2027-09-01"]],
                "is_past": False,
            }
        ]
        assert Membership.objects.get(school=valley.schools[0]) == kept
        assert Membership.objects.get(school=valley.schools[1]).end_on == dt.date(2027, 9, 1)

    def test_the_code_finds_a_cluster_under_its_new_name(self, valley: Valley) -> None:
        valley.load(valley.row(0, code="7"))
        draft, _ = valley.load(valley.row(0, "Sirhowy", code="7"))
        assert [step.happening for step in draft.steps] == ["cluster_changed"]
        cluster = Cluster.objects.get()
        assert cluster.working_name == "Sirhowy"
        assert cluster.former_names.get().working_name == "Blackwood"

    def test_what_the_file_does_not_name_stays(self, valley: Valley) -> None:
        valley.load(valley.row(0), valley.row(1))
        draft, _ = valley.load(valley.row(0))
        assert "that the file does not name stay: 1" in str(draft.notices[0].text)
        assert Membership.objects.filter(end_on=None).count() == 2


class TestThePast:
    def test_is_not_changed_unless_somebody_says_so(self, valley: Valley) -> None:
        valley.load(valley.row(0))
        late = valley.row(0, until="2019-09-01")
        draft, run = valley.load(late)
        assert (draft.n_past, run.state) == (1, "failed")
        assert Membership.objects.get().end_on is None
        valley.load(late, change_past=True)
        assert Membership.objects.get().end_on == dt.date(2019, 9, 1)

    @pytest.mark.parametrize(
        "change",
        [{"from": "2017-01-01"}, {"part": "lead"}, {"from": "2016-01-01", "until": "2018-01-01"}],
    )
    def test_a_correction_is_of_the_past(self, valley: Valley, change: dict[str, str]) -> None:
        valley.load(valley.row(0))
        draft, _ = valley.load({**valley.row(0), **change}, change_past=True)
        assert (draft.n_past, Membership.objects.count()) == (1, 1)

    def test_a_new_cluster_has_no_past_to_change(self, valley: Valley) -> None:
        draft, _ = valley.load(valley.row(0, since="2016-01-01"))
        assert draft.n_past == 0


class TestAllOrNothing:
    def test_one_bad_row_stops_the_file(self, valley: Valley) -> None:
        bad = {**valley.row(1), "school_number": "1"}
        draft, run = valley.load(valley.row(0), bad)
        assert (said(draft), run.state, run.n_rejected) == ([(3, "school_number")], "failed", 1)
        assert not Cluster.objects.exists()

    def test_unless_the_good_rows_are_wanted(self, valley: Valley) -> None:
        bad = {**valley.row(1), "school_number": "1"}
        _, run = valley.load(valley.row(0), bad, accept_good_rows=True)
        assert run.state == "confirmed"
        assert Membership.objects.get().school == valley.schools[0]

    def test_a_dry_run_leaves_nothing(self, valley: Valley) -> None:
        draft, run = valley.load(valley.row(0), dry_run=True)
        assert (len(draft.steps), run) == (2, None)
        assert not (Cluster.objects.exists() or ImportRun.objects.exists())


class TestStaging:
    def test_changes_nothing_until_it_is_confirmed_and_then_once(self, valley: Valley) -> None:
        arrival = valley.stage(valley.row(0, chair="Ann"), valley.row(1))
        assert not Cluster.objects.exists()
        assert arrival.counts["memberships_new"] == 2
        valley.confirm(arrival)
        assert Membership.objects.count() == 2
        with pytest.raises(MoveNotAllowed):
            valley.confirm(arrival)
        assert Membership.objects.count() == 2
        assert Arrival.objects.get().rows == []

    def test_rejected_rows_need_a_word(self, valley: Valley) -> None:
        arrival = valley.stage(valley.row(0), {**valley.row(1), "school_number": "1"})
        with pytest.raises(RowsRejected):
            valley.confirm(arrival)
        valley.confirm(arrival, accept_good_rows=True)
        assert Membership.objects.count() == 1

    def test_a_row_that_is_none_counts_once(self, valley: Valley) -> None:
        file = file_of(valley.row(0)).getvalue() + b"a,b,c,d,e,f,g\n"
        import io

        arrival = loading.stage_clusters(
            io.BytesIO(file), person=valley.officer, day=TODAY, organisation=valley.organisation
        )
        assert arrival.run.n_rejected == 1
        valley.confirm(arrival, accept_good_rows=True)
        assert Membership.objects.count() == 1

    def test_past_changes_need_a_word(self, valley: Valley) -> None:
        valley.load(valley.row(0))
        arrival = valley.stage(valley.row(0, until="2019-09-01"))
        with pytest.raises(loading.ChangesThePast):
            valley.confirm(arrival)
        valley.confirm(arrival, change_past=True)
        assert Membership.objects.get().end_on == dt.date(2019, 9, 1)

    def test_what_was_shown_is_done_or_nothing(self, valley: Valley) -> None:
        first = valley.stage(valley.row(0))
        second = valley.stage(valley.row(0), valley.row(1))
        valley.confirm(second)
        with pytest.raises(loading.ClustersMovedOn):
            valley.confirm(first)
        assert Cluster.objects.count() == 1
        first.run.refresh_from_db()
        assert first.run.state == "staged"

    def test_put_aside_it_changes_nothing(self, valley: Valley) -> None:
        arrival = valley.stage(valley.row(0))
        loading.abandon_clusters(person=valley.officer, day=TODAY, pk=arrival.pk)
        with pytest.raises(MoveNotAllowed):
            valley.confirm(arrival)
        assert not Cluster.objects.exists()

    def test_only_for_ones_own_organisation(self, valley: Valley) -> None:
        other = made.organisation("Elsewhere")
        stranger = made.officer(other, "Stranger")
        arrival = valley.stage(valley.row(0))
        with pytest.raises(NotAllowed):
            loading.confirm_clusters(person=stranger, day=TODAY, pk=arrival.pk)
        with pytest.raises(NotAllowed):
            loading.stage_clusters(
                file_of(valley.row(0)), person=stranger, day=TODAY, organisation=valley.organisation
            )
        foreign = valley.stage(valley.row(0, organisation="Elsewhere"))
        assert foreign.run.rejected_rows.get().column == "organisation"


class TestTwoThousandRows:
    def test_are_all_taken_or_refused_with_a_near_name(self, valley: Valley) -> None:
        schools = made.schools(valley.authority, 1500)
        rows = [
            {**valley.row(0, f"Cluster {n // 8}"), "school_number": schools[n % 1500].urn}
            if n % 10
            else {"cluster": f"Cluster {n // 8}", "school": f"Vilage {n % 1500:03} Prim Schol"}
            for n in range(2000)
        ]
        draft, _ = valley.load(*rows, accept_good_rows=True)
        assert len(draft.rejections) == 200
        assert "Nearest: Village" in str(draft.rejections[1].next_step)
        assert Membership.objects.count() == 1800
        assert School.objects.count() == 1507 and not Affiliation.objects.exists()
