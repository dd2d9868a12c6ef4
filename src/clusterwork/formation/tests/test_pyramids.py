"""Pyramids: who may stand under whom, and the real ones of South East Wales."""

from __future__ import annotations

import csv
import gzip

import pytest

from clusterwork.formation import (
    CannotBeSatisfied,
    Flow,
    Instance,
    Locks,
    Policy,
    Proposal,
    School,
    propose,
)
from clusterwork.formation.phases import Part, faith_family, medium_family, part_of
from clusterwork.formation.tests.made import SHARED, school


def anchor(number: int, east: float, north: float = 0, **more: object) -> School:
    return school(number, east, north, **{"phase": "Secondary", **more})


def together(proposal: Proposal, one: str, other: str) -> bool:
    return proposal.assignment[one] == proposal.assignment[other]


PYRAMIDS = Policy(pyramid=True, pyramid_size=(2, 8))


class TestPhases:
    @pytest.mark.parametrize(
        ("phase", "part"),
        [
            ("Primary", Part.FEEDER),
            ("Nursery", Part.FEEDER),
            ("Secondary", Part.ANCHOR),
            ("All-through", Part.ANCHOR),
            ("Middle", Part.ANCHOR),
            ("Middle deemed primary", Part.FEEDER),
            ("Middle deemed secondary", Part.FEEDER),
            ("Special", Part.OUTSIDE),
            ("Pupil referral unit", Part.OUTSIDE),
            ("", Part.FEEDER),
        ],
    )
    def test_say_what_a_school_is_in_a_pyramid(self, phase: str, part: Part) -> None:
        assert part_of(phase, sends_pupils_on=False) is part

    def test_a_middle_school_that_sends_pupils_on_feeds(self) -> None:
        assert part_of("Middle", sends_pupils_on=True) is Part.FEEDER

    def test_languages_and_faiths_are_families(self) -> None:
        assert medium_family("Welsh medium") == medium_family("Cymraeg") == "welsh"
        assert medium_family("Not applicable") == "" == medium_family("Dual stream")
        assert faith_family("Roman Catholic") == faith_family("RC") == "catholic"
        assert faith_family("Does not apply") == ""


class TestRules:
    def test_flows_decide_before_distance(self) -> None:
        schools = (
            anchor(1, 0),
            anchor(2, 10),
            *(school(k, 1 + k / 10, 0) for k in (3, 4, 5)),
            *(school(k, 9, k / 10) for k in (6, 7)),
        )
        proposal = propose(
            Instance(schools=schools, policy=PYRAMIDS, flows=(Flow("3", "2", 20),)), time_limit_s=5
        )
        assert together(proposal, "3", "2") and together(proposal, "4", "1")

    def test_language_and_faith_may_lead_across_authorities_and_nothing_else(self) -> None:
        english = {"medium": "English medium", "authority": "North"}
        schools = (
            anchor(1, 0, **english),
            *(school(k, k / 10, 0, **english) for k in (2, 3, 4)),
            anchor(5, 8, medium="Welsh medium", authority="South"),
            *(school(k, 8, k / 10, medium="Welsh medium", authority="South") for k in (6, 7)),
            school(8, 1, 1, medium="Welsh medium", authority="North"),
            school(9, 8, 1, medium="English medium", authority="South"),
        )
        proposal = propose(Instance(schools=schools, policy=PYRAMIDS), time_limit_s=5)
        assert together(proposal, "8", "5")
        assert [(left.school, left.rule) for left in proposal.left_out] == [("9", "authority")]
        assert "South" in str(proposal.left_out[0].message)

    def test_several_secondaries_jointly_where_one_alone_is_too_small(self) -> None:
        schools = (
            anchor(1, 0),
            anchor(2, 1),
            *(school(k, k / 10, 0) for k in (3, 4)),
        )
        policy = Policy(pyramid=True, pyramid_size=(4, 14))
        proposal = propose(Instance(schools=schools, policy=policy), time_limit_s=5)
        assert proposal.sizes == (4,) and proposal.left_out == ()

    def test_special_schools_stay_outside_unless_a_lock_asks_them_in(self) -> None:
        schools = (anchor(1, 0), school(2, 1, 0), school(3, 2, 0, phase="Special"))
        without = propose(Instance(schools=schools, policy=PYRAMIDS), time_limit_s=5)
        assert [left.school for left in without.left_out] == ["3"]
        asked = Locks(together=(("3", "1"),))
        inside = propose(Instance(schools=schools, policy=PYRAMIDS, locks=asked), time_limit_s=5)
        assert inside.left_out == () and together(inside, "3", "1")

    def test_no_secondary_at_all_is_impossible_and_names_no_school(self) -> None:
        schools = (*(school(k, k, 0) for k in range(5)), school(9, 1, 1, phase="Special"))
        with pytest.raises(CannotBeSatisfied) as caught:
            propose(Instance(schools=schools, policy=PYRAMIDS), time_limit_s=5)
        assert [(entry.rule, entry.schools) for entry in caught.value.against] == [("pyramid", ())]
        assert str(caught.value).startswith("There is no secondary or all-through school")

    def test_a_pyramid_that_is_too_small_says_so_of_primaries_and_of_their_secondary(self) -> None:
        schools = (anchor(1, 0), school(2, 1, 0), school(3, 1, 1, phase="Special"))
        proposal = propose(Instance(schools=schools, policy=Policy(pyramid=True)), time_limit_s=5)
        said = {left.school: str(left.message) for left in proposal.left_out}
        assert proposal.clusters == ()
        assert "stands on it. Schools in a pyramid: 4 to 14." in said["1"]
        assert "within the sizes" in said["2"] and "Special" not in said["2"]
        assert "Special schools" in said["3"]

    def test_too_far_from_every_secondary_is_left_out_with_the_minutes(self) -> None:
        schools = (anchor(1, 0), school(2, 1, 0), school(3, 100, 0))
        proposal = propose(Instance(schools=schools, policy=PYRAMIDS), time_limit_s=5)
        assert [(left.school, left.rule) for left in proposal.left_out] == [("3", "travel_limit")]
        assert "173" in str(proposal.left_out[0].message)


def south_east_wales() -> tuple[School, ...]:
    path = SHARED / "data" / "wales_sewales_schools.csv.gz"
    if not path.exists():
        pytest.skip("the shared file wales_sewales_schools.csv.gz is absent")
    with gzip.open(path, "rt", encoding="utf-8-sig") as file:
        return tuple(
            School(
                id=row["school_number"],
                name=row["school_name"],
                easting=float(row["easting"]),
                northing=float(row["northing"]),
                phase=row["sector"],
                pupils=float(row["pupils"] or 0),
                authority=row["la_name"],
                medium=row["medium"],
                faith=row["religious_character"],
            )
            for row in csv.DictReader(file)
            if row["easting"]
        )


class TestSouthEastWales:
    def test_welsh_medium_and_catholic_pyramids_come_out_as_they_are(self) -> None:
        schools = south_east_wales()
        by_id = {s.id: s for s in schools}
        proposal = propose(Instance(schools=schools, policy=Policy(pyramid=True)), time_limit_s=8)
        families = {by_id[c.hub].name: [by_id[i] for i in c.members] for c in proposal.clusters}
        caerphilly = families["Ysgol Gyfun Cwm Rhymni"]
        assert len(caerphilly) == 12
        assert {s.authority for s in caerphilly} == {"Caerphilly"}
        for name, members in families.items():
            mediums = {s.medium for s in members} - {"Not applicable"}
            assert len(mediums) == 1, name
            assert len({s.faith == "Roman Catholic" for s in members}) == 1, name
        crossing = {
            s.name
            for members in families.values()
            for s in members
            if s.medium == "Welsh medium" and s.authority in ("Monmouthshire", "Blaenau Gwent")
        }
        assert len(crossing) == 3, "those without a secondary of their language at home"
        assert {s.phase for s in schools if s.id in {c.hub for c in proposal.clusters}} == {
            "Secondary",
            "Middle",
        }
        rules = {left.school: left.rule for left in proposal.left_out}
        assert sum(rule == "phase" for rule in rules.values()) == 6, "the special schools"
        placed = sum(proposal.sizes)
        assert placed + len(rules) == len(schools) and placed >= len(schools) - 8
