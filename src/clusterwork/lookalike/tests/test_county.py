"""What every invented English county promises, whatever its seed."""

from __future__ import annotations

from collections import Counter, defaultdict
from datetime import date

import numpy as np
import pytest

from clusterwork.lookalike import County, build_county
from clusterwork.lookalike.model import School
from clusterwork.lookalike.tests.rings import is_inside

SEEDS = (1, 2, 7, 925)


@pytest.fixture(scope="module", params=SEEDS)
def county(request: pytest.FixtureRequest) -> County:
    return build_county(seed=request.param)


def by_phase(county: County, phase: str) -> list[School]:
    return [school for school in county.open_schools if school.phase == phase]


def pupils(county: County) -> dict[int, int]:
    return {row.urn: row.n_pupils for row in county.census if row.year == county.last_year}


class TestACountyOfSmallSchools:
    def test_has_the_schools_of_the_report(self, county: County) -> None:
        counts = Counter(school.phase for school in county.open_schools)
        kinds = Counter(school.kind for school in county.open_schools)
        assert (counts["Primary"], counts["Secondary"]) == (280, 50)
        assert (counts["All-through"], counts["Middle deemed secondary"]) == (2, 2)
        assert kinds["Pupil referral unit"] == 3
        assert counts["Not applicable"] - kinds["Pupil referral unit"] == 6
        assert counts["Nursery"] == 5

    def test_a_third_of_the_primaries_have_fewer_than_100_pupils(self, county: County) -> None:
        roll = pupils(county)
        small = [s for s in by_phase(county, "Primary") if roll[s.urn] < 100]
        assert 0.28 <= len(small) / 280 <= 0.39

    def test_the_small_ones_are_in_villages(self, county: County) -> None:
        roll = pupils(county)
        small = [s for s in by_phase(county, "Primary") if roll[s.urn] < 100]
        assert sum(s.place.kind == "village" for s in small) > 0.9 * len(small)

    def test_faith_and_community_schools_are_about_as_many(self, county: County) -> None:
        primaries = by_phase(county, "Primary")
        assert 90 <= sum(s.faith == "Church of England" for s in primaries) <= 140
        assert sum(s.faith == "Roman Catholic" for s in primaries) >= 5
        assert sum(s.kind == "Community school" for s in primaries) >= 60

    def test_infant_schools_have_their_junior_school_next_door(self, county: County) -> None:
        infants = [s for s in by_phase(county, "Primary") if s.high_age == 7]
        juniors = [s for s in by_phase(county, "Primary") if s.low_age == 7]
        assert len(infants) == len(juniors) == 10
        for infant in infants:
            assert min(apart(infant, junior) for junior in juniors) < 150

    def test_trusts_hold_academies_and_federations_maintained_schools(self, county: County) -> None:
        for school in county.open_schools:
            if school.trust_uid is not None:
                assert school.kind_group in ("Academies", "Free Schools")
            if school.federation_uid is not None:
                assert school.kind_group == "Local authority maintained schools"
        members = Counter(s.federation_uid for s in county.open_schools if s.federation_uid)
        assert len(members) == 10
        assert set(members.values()) <= {2, 3}


def apart(one: School, other: School) -> float:
    return float(np.hypot(one.easting - other.easting, one.northing - other.northing))


class TestPlaces:
    def test_no_two_open_schools_stand_on_each_other(self, county: County) -> None:
        spots = np.array([(s.easting, s.northing) for s in county.open_schools], dtype=float)
        gaps = np.hypot(*(spots[:, None] - spots[None]).transpose(2, 0, 1))
        np.fill_diagonal(gaps, np.inf)
        assert gaps.min() > 60

    def test_every_school_lies_within_the_boundary(self, county: County) -> None:
        ring = np.array(county.authorities[0].boundary)
        for school in county.schools:
            assert is_inside(school, ring), school.name

    def test_primaries_are_as_far_apart_as_in_a_rural_county(self, county: County) -> None:
        spots = np.array(
            [(s.easting, s.northing) for s in by_phase(county, "Primary")], dtype=float
        )
        gaps = np.hypot(*(spots[:, None] - spots[None]).transpose(2, 0, 1))
        np.fill_diagonal(gaps, np.inf)
        assert 1_600 < np.median(gaps.min(axis=1)) < 3_000


class TestNames:
    def test_open_schools_places_and_partnerships_have_names_of_their_own(
        self, county: County
    ) -> None:
        for names in (
            [school.name for school in county.open_schools],
            [place.name for place in county.places],
            [group.name for group in county.groups],
        ):
            assert len(set(names)) == len(names)

    def test_numbers_are_unique_and_outside_the_official_range(self, county: County) -> None:
        urns = [school.urn for school in county.schools]
        assert len(set(urns)) == len(urns)
        assert min(urns) >= 900_000
        estab = [school.number for school in county.open_schools]
        assert len(set(estab)) == len(estab)


class TestPupilsMovingOn:
    def test_flows_add_up_to_the_leavers_of_each_school(self, county: County) -> None:
        sent: defaultdict[tuple[int, int], int] = defaultdict(int)
        for flow in county.flows:
            sent[flow.from_urn, flow.year] += flow.n_pupils
        leavers = {(r.urn, r.year): r.n_leavers for r in county.census if r.n_leavers}
        assert dict(sent) == leavers
        assert len({year for _, year in leavers}) == 5

    def test_everybody_goes_where_the_next_year_is_taught(self, county: County) -> None:
        schools = {school.urn: school for school in county.schools}
        for flow in county.flows:
            source, goal = schools[flow.from_urn], schools[flow.to_urn]
            assert goal.first_year <= source.last_year + 1 <= goal.last_year

    def test_catholic_primaries_send_more_of_their_pupils_to_catholic_schools(
        self, county: County
    ) -> None:
        schools = {school.urn: school for school in county.schools}
        to_catholic, everywhere = Counter[bool](), Counter[bool]()
        for flow in county.flows:
            if schools[flow.from_urn].last_year == 6:
                faith = schools[flow.from_urn].faith == "Roman Catholic"
                everywhere[faith] += flow.n_pupils
                if schools[flow.to_urn].faith == "Roman Catholic":
                    to_catholic[faith] += flow.n_pupils
        share = {faith: to_catholic[faith] / everywhere[faith] for faith in (True, False)}
        assert share[True] > 3 * share[False]

    def test_most_leavers_stay_near(self, county: County) -> None:
        schools = {school.urn: school for school in county.schools}
        far = sum(
            flow.n_pupils
            for flow in county.flows
            if apart(schools[flow.from_urn], schools[flow.to_urn]) > 25_000
        )
        assert far < 0.05 * sum(flow.n_pupils for flow in county.flows)


class TestFiguresOverTime:
    def test_every_school_open_in_a_census_year_has_one_row(self, county: County) -> None:
        rows = Counter((row.urn, row.year) for row in county.census)
        assert set(rows.values()) == {1}
        for school in county.schools:
            for year in county.years:
                day = date(year, 1, 15)
                runs = (school.opened_on or date.min) <= day <= (school.closed_on or date.max)
                assert ((school.urn, year) in rows) == runs, (school.name, year)

    def test_parts_never_exceed_the_roll(self, county: County) -> None:
        for row in county.census:
            parts = (row.n_girls, row.n_sen_plan + row.n_sen_support, row.n_eal, row.n_fsm_ever)
            assert max(parts) <= row.n_pupils
            assert 0 <= row.n_fsm <= row.n_fsm_ever

    def test_the_county_neither_grows_nor_shrinks_by_a_tenth(self, county: County) -> None:
        totals = Counter[int]()
        for row in county.census:
            totals[row.year] += row.n_pupils
        assert max(totals.values()) < 1.1 * min(totals.values())

    def test_inspections_fall_on_school_days_of_open_schools(self, county: County) -> None:
        schools = {school.urn: school for school in county.schools}
        for inspection in county.inspections:
            school = schools[inspection.urn]
            assert inspection.on.weekday() < 5
            assert inspection.on.month not in (8, 12)
            assert (school.opened_on or date.min) < inspection.on
            assert inspection.on < (school.closed_on or date.max)

    def test_support_goes_to_few_schools_and_every_category_is_used(self, county: County) -> None:
        last = [c for c in county.support_categories if c.on.year == county.last_year]
        counts = Counter(category.category for category in last)
        assert set(counts) == {"1", "2", "3", "4", "5"}
        assert counts["5"] < counts["4"] < counts["3"] < counts["2"]


class TestHistory:
    def test_every_link_has_its_mirror_image_and_dates_that_meet(self, county: County) -> None:
        schools = {school.urn: school for school in county.schools}
        kinds = {(link.urn, link.other_urn): link for link in county.links}
        assert kinds
        for (urn, other), link in kinds.items():
            mirror = kinds[other, urn]
            assert mirror.kind != link.kind
            assert mirror.on == link.on
            earlier, later = sorted(
                (schools[urn], schools[other]), key=lambda s: s.opened_on or date.min
            )
            assert earlier.closed_on is not None
            assert later.opened_on == link.on
            assert (link.on - earlier.closed_on).days == 1

    def test_some_schools_merged_some_were_rebrokered_some_just_closed(
        self, county: County
    ) -> None:
        kinds = Counter(link.kind for link in county.links)
        assert kinds["Predecessor - merged"] == 6
        assert kinds["Predecessor"] == 14
        linked = {link.urn for link in county.links}
        ended = [s for s in county.schools if s.closed_on and s.urn not in linked]
        assert len(ended) == 3


def test_the_same_seed_gives_the_same_county_and_another_seed_another() -> None:
    assert build_county(seed=5) == build_county(seed=5)
    assert build_county(seed=5).schools[0] != build_county(seed=6).schools[0]
