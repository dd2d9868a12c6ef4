"""Each mistake of a spreadsheet of clusters is refused by row: where, why, and what to do."""

from __future__ import annotations

import datetime as dt
import io
from typing import Any

import pytest

from clusterwork.clusters.models import Appointment, Membership, Programme
from clusterwork.clusters.rules.near_names import NearNames
from clusterwork.clusters.tests import made
from clusterwork.clusters.tests.made_arrivals import Valley, said, why
from clusterwork.registry.imports.raw import FileUnreadable
from clusterwork.registry.models import SchoolLink
from clusterwork.registry.rules.names import fold

pytestmark = pytest.mark.django_db


@pytest.fixture
def valley() -> Valley:
    return Valley()


def named(cluster: str = "Blackwood", **more: Any) -> dict[str, Any]:
    return {"cluster": cluster, "cluster_from": "2015-09-01", **more}


class TestSchools:
    def test_a_name_that_is_nearly_one(self, valley: Valley) -> None:
        draft, _ = valley.load(named(school="Fleur De Lis Primary"))
        assert said(draft) == [(2, "school")]
        assert "Nearest: Fleur-de-Lys Primary School (800002)" in why(draft)

    def test_a_name_like_none(self, valley: Valley) -> None:
        draft, _ = valley.load(named(school="Zzyzx"))
        assert "has this name or one like it" in why(draft)

    def test_a_name_that_two_have(self, valley: Valley) -> None:
        made.school(valley.authority, 800_200, "Pengam primary school")
        draft, _ = valley.load(named(school="Pengam Primary School"))
        assert "More than one school fits" in why(draft)
        assert "(800001)" in why(draft) and "(800200)" in why(draft)

    def test_of_two_the_one_that_was_open_then(self, valley: Valley) -> None:
        facts = {"status": "closed", "closed_on": dt.date(2012, 1, 1)}
        made.school(valley.authority, 800_200, "Pengam Primary School", **facts)
        valley.load(named(school="Pengam Primary School"))
        assert Membership.objects.get().school == valley.schools[1]

    def test_a_number_that_nobody_has(self, valley: Valley) -> None:
        draft, _ = valley.load(named(school_number="999999", school="Pengam Primary Schol"))
        assert said(draft) == [(2, "school_number")]
        assert "Pengam Primary School (800001)" in why(draft)

    def test_a_number_of_another_school_than_the_name(self, valley: Valley) -> None:
        draft, _ = valley.load(named(school_number="800000", school="Pengam Primary School"))
        assert "The number is of another school than the name" in why(draft)

    def test_by_the_number_of_the_authority_and_by_the_welsh_one(self, valley: Valley) -> None:
        valley.schools[0].la_estab = "676/4077"
        valley.schools[0].save()
        valley.schools[1].urn, valley.schools[1].welsh_number = None, "6762058"
        valley.schools[1].save()
        draft, _ = valley.load(named(LAESTAB="6764077"), named(LAESTAB="676/2058"))
        assert (draft.rejections, Membership.objects.count()) == ([], 2)

    def test_a_closed_school_names_its_successor(self, valley: Valley) -> None:
        facts = {"status": "closed", "closed_on": dt.date(2018, 8, 31)}
        made.school(valley.authority, 800_100, "Old School", **facts)
        SchoolLink.objects.create(
            number="800100", other_number="800001", other_name="Pengam Primary School",
            kind="successor", link_type="Successor",
        )  # fmt: skip
        for row in (named(school="Old School"), named(school="Old School", until="2019-01-01")):
            draft, _ = valley.load(row)
            assert "Day: 2018-08-31" in why(draft)
            assert "Pengam Primary School (800001)" in why(draft)


class TestDates:
    @pytest.mark.parametrize(
        ("row", "column"),
        [
            ({"from": "September 2015"}, "from"),
            ({"from": "2016-01-01", "until": "2015-12-01"}, "until"),
            ({"from": "2014-01-01"}, "from"),
            ({"until": "2021-01-01", "cluster_until": "2020-09-01"}, "until"),
            ({"cluster_until": "2015-09-01"}, "cluster_until"),
            ({"cluster_from": "31/02/2015"}, "cluster_from"),
            ({"cluster_from": ""}, "cluster_from"),
        ],
    )
    def test_are_refused_in_their_column(
        self, valley: Valley, row: dict[str, str], column: str
    ) -> None:
        draft, _ = valley.load({**valley.row(0), "from": "", **row})
        assert said(draft) == [(2, column)]

    def test_overlapping_memberships(self, valley: Valley) -> None:
        rows = (valley.row(0, until="2018-09-01"), valley.row(0, since="2018-08-31"))
        draft, _ = valley.load(*rows)
        assert said(draft) == [(3, "from")]
        assert "Line 2: 2015-09-01 to 2018-09-01" in why(draft)

    def test_the_same_row_twice(self, valley: Valley) -> None:
        draft, _ = valley.load(valley.row(0), valley.row(0))
        assert "The same membership is already in line 2." in why(draft)

    def test_overlapping_what_is_held(self, valley: Valley) -> None:
        valley.load(
            valley.row(0, until="2017-01-01"),
            valley.row(0, since="2018-01-01", until="2019-01-01"),
        )
        draft, _ = valley.load(valley.row(0, since="2016-01-01", until="2018-06-01"))
        assert said(draft) == [(2, "from")]

    def test_a_cluster_with_two_beginnings(self, valley: Valley) -> None:
        other = {**valley.row(1), "cluster_from": "2016-09-01"}
        draft, _ = valley.load(valley.row(0), other)
        assert said(draft) == [(3, "cluster_from")]
        assert "Line 2: 2015-09-01" in why(draft)

    def test_a_cluster_that_would_leave_out_a_member_it_has(self, valley: Valley) -> None:
        valley.load(valley.row(0), valley.row(1))
        draft, _ = valley.load({**valley.row(0), "cluster_until": "2026-01-01"})
        assert said(draft) == [(2, "cluster_until")]
        assert "Pengam Primary School" in why(draft)


class TestChairs:
    def test_two_on_one_day(self, valley: Valley) -> None:
        draft, _ = valley.load(valley.row(0, chair="Ann"), valley.row(1, chair="Bob"))
        assert said(draft) == [(3, "chair")]
        assert "Two chairs on one day. The other: Ann" in why(draft)
        assert not Appointment.objects.exists()

    def test_a_second_one_beside_the_one_that_is_held(self, valley: Valley) -> None:
        valley.load(valley.row(0, chair="Ann"), valley.row(1))
        draft, _ = valley.load(valley.row(0), valley.row(1, chair="Bob"))
        assert "The other: Ann, from 2015-09-01" in why(draft)

    @pytest.mark.parametrize(
        ("row", "column"),
        [
            ({"chair_from": "2015-10-01"}, "chair_from"),
            ({"until": "2018-09-01", "chair_until": "2019-09-01"}, "chair_until"),
        ],
    )
    def test_whose_school_is_not_in_it_that_day(
        self, valley: Valley, row: dict[str, str], column: str
    ) -> None:
        draft, _ = valley.load(valley.row(0, since="2016-01-01", chair="Ann", **row))
        assert said(draft) == [(2, column)]

    def test_of_a_school_that_is_in_no_row(self, valley: Valley) -> None:
        chair = named(role="chair", person="Ann", school_number=valley.number(3))
        draft, _ = valley.load(valley.row(0), chair)
        assert "The school is not in the cluster on that day" in why(draft)

    def test_who_would_be_left_without_a_school(self, valley: Valley) -> None:
        valley.load(valley.row(0, chair="Ann"), valley.row(1))
        draft, _ = valley.load(valley.row(0, until="2026-12-01"))
        assert said(draft) == [(2, "until")]
        assert "Ann, from 2015-09-01" in why(draft)


class TestWords:
    @pytest.mark.parametrize(
        ("row", "column"),
        [
            ({"part": "boss"}, "part"),
            ({"part": "contributing"}, "contributes"),
            ({"part": "associate", "lead": "x"}, "lead"),
            ({"lead": "perhaps"}, "lead"),
            ({"part": "partner"}, "partner_kind"),
            ({"partner_kind": "bank", "school": "A"}, "partner_kind"),
            ({"status": "asleep"}, "status"),
            ({"programme": "None such"}, "programme"),
            ({"link_adviser": "x"}, "link_adviser"),
            ({"coordinator": "Ann", "coordinator_email": "at home"}, "coordinator_email"),
            ({"role": "king", "person": "Ann"}, "role"),
            ({"role": "clerk"}, "person"),
            ({"person": "Ann"}, "role"),
            ({"school_number": "", "from": "2016-01-01"}, "school_number"),
            ({"cluster": ""}, "cluster"),
        ],
    )
    def test_that_are_not_known(self, valley: Valley, row: dict[str, str], column: str) -> None:
        draft, _ = valley.load({**valley.row(0), **row})
        assert said(draft) == [(2, column)]

    def test_are_told_under_the_files_own_heading(self, valley: Valley) -> None:
        draft, _ = valley.load({"Clwstwr": "A", "Ysgol": "Pengam Primary School", "Rhan": "boss"})
        assert said(draft) == [(2, "Rhan")]

    def test_a_status_that_cannot_come_next(self, valley: Valley) -> None:
        valley.load(valley.row(0, cluster_until="2020-09-01"))
        draft, _ = valley.load({**valley.row(0), "status": "proposed"})
        assert said(draft) == [(2, "status")]


class TestOneClusterASchool:
    @pytest.fixture
    def programme(self, valley: Valley) -> Programme:
        return Programme.objects.create(
            organisation=valley.organisation,
            name="EAS",
            starts_on=dt.date(2018, 1, 1),
            one_cluster_a_school=True,
        )

    def test_in_two_of_the_file(self, valley: Valley, programme: Programme) -> None:
        rows = (valley.row(0, programme="EAS"), valley.row(0, "Risca", programme="EAS"))
        draft, _ = valley.load(*rows)
        assert said(draft) == [(3, "school_number")]
        assert "The school's other cluster: Blackwood. Line: 2." in why(draft)

    def test_in_one_of_the_file_and_one_held(self, valley: Valley, programme: Programme) -> None:
        valley.load(valley.row(0, programme="EAS"))
        draft, _ = valley.load(valley.row(0, "Risca", programme="EAS"))
        assert "The school's other cluster: Blackwood." in why(draft)

    def test_one_after_the_other_is_good(self, valley: Valley, programme: Programme) -> None:
        valley.load(
            valley.row(0, programme="EAS", until="2019-09-01"),
            valley.row(0, "Risca", programme="EAS", since="2019-09-01"),
        )
        assert Membership.objects.count() == 2

    def test_without_the_programme_it_may_be_in_both(self, valley: Valley) -> None:
        valley.load(valley.row(0), valley.row(0, "Risca"))
        assert Membership.objects.count() == 2


class TestFiles:
    @pytest.mark.parametrize(
        "content", [b"", b"a,b\n1,2\n", b"cluster\nA\n", b"cluster;school\nA;B\n", b"PK\x03\x04x"]
    )
    def test_that_are_no_spreadsheet_of_clusters(self, valley: Valley, content: bytes) -> None:
        from clusterwork.clusters.services.arriving.loading import import_clusters

        with pytest.raises(FileUnreadable):
            import_clusters(
                io.BytesIO(content), organisation=valley.organisation, today=dt.date(2026, 1, 1)
            )

    def test_a_row_that_would_break_the_table_is_one_of_many(self, valley: Valley) -> None:
        draft, _ = valley.load(
            {**valley.row(0), "from": "yesterday"},
            {**valley.row(1), "part": "boss"},
            {**valley.row(2), "school_number": "1"},
            valley.row(3),
        )
        assert said(draft) == [(2, "from"), (3, "part"), (4, "school_number")]


class TestNearNames:
    NAMES = ("Pengam Primary School", "Penllwyn Primary School", "Ysgol Gymraeg Trelyn")

    def test_the_nearest_comes_first(self) -> None:
        near = NearNames((fold(name), name) for name in self.NAMES)
        assert near.nearest(fold("Pengham Primary"))[0] == "Pengam Primary School"
        assert near.nearest(fold("Trelyn"))[0] == "Ysgol Gymraeg Trelyn"

    def test_what_all_names_have_makes_none_near(self) -> None:
        names = [(f"{word} primary school", word) for word in ("abc", "def", "ghi", "jkl", "mno")]
        assert NearNames(names).nearest("xyz secondary") == []
        assert NearNames(names).nearest("") == []
        assert NearNames([]).nearest("abc") == []


class TestNamesOfOthers:
    def test_a_cluster_does_not_take_the_name_of_another(self, valley: Valley) -> None:
        valley.load(
            named("Blackwood", code="1", school_number=valley.number(0)),
            named("Pengam", code="2", school_number=valley.number(1)),
        )
        draft, _ = valley.load(named("pengam", code="1", school_number=valley.number(0)))
        assert said(draft) == [(2, "cluster")]
        assert "Another cluster of the organisation has this name" in why(draft)
