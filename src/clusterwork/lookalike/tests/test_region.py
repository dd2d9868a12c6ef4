"""What every invented Welsh region promises: five authorities, two languages, pyramids."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise

import numpy as np
import pytest

from clusterwork.lookalike import County, build_region
from clusterwork.lookalike.tests.rings import is_inside


@pytest.fixture(scope="module", params=(1, 2, 2018))
def region(request: pytest.FixtureRequest) -> County:
    return build_region(seed=request.param)


def test_has_the_shape_of_the_region_in_the_report(region: County) -> None:
    counts = Counter((s.phase, s.medium) for s in region.schools)
    assert len(region.schools) == 233
    assert counts["Secondary", "Welsh medium"] == 3
    assert counts["Primary", "Welsh medium"] == 19
    assert counts["All-through", "English medium"] == 3
    assert len({s.place.authority_code for s in region.schools}) == 5


def test_some_welsh_medium_primaries_have_no_secondary_of_their_language_at_home(
    region: County,
) -> None:
    welsh = [s for s in region.schools if s.medium == "Welsh medium"]
    with_secondary = {s.place.authority_code for s in welsh if s.phase == "Secondary"}
    without = [s for s in welsh if s.place.authority_code not in with_secondary]
    assert without


def test_pupils_keep_their_language_and_most_catholics_their_faith(region: County) -> None:
    schools = {school.urn: school for school in region.schools}
    language, faith = Counter[bool](), Counter[bool]()
    for flow in region.flows:
        source, goal = schools[flow.from_urn], schools[flow.to_urn]
        if source.medium == "Welsh medium":
            language[goal.medium == "Welsh medium"] += flow.n_pupils
        else:
            assert goal.medium == "English medium"
        if source.faith == "Roman Catholic":
            faith[goal.faith == "Roman Catholic"] += flow.n_pupils
    assert language[True] > 9 * language[False]
    assert faith[True] > faith[False]


def test_pyramids_hold_one_secondary_and_each_primary_once(region: County) -> None:
    schools = {school.urn: school for school in region.schools}
    members = Counter(p.urn for p in region.partners)
    assert set(members.values()) == {1}
    primaries = {s.urn for s in region.schools if s.phase == "Primary"}
    assert primaries <= set(members)
    leads = [schools[p.urn].phase for p in region.partners if p.part == "lead"]
    assert set(leads) <= {"Secondary", "All-through"}


def test_every_school_has_a_name_of_its_own_in_both_languages(region: County) -> None:
    assert len({s.name for s in region.schools}) == len(region.schools)
    assert len({s.name_cy for s in region.schools}) == len(region.schools)
    assert all(s.name_cy.startswith(("Ysgol", "Cymuned")) for s in region.schools)
    different = [s for s in region.schools if s.name != s.name_cy]
    assert len(different) > 150
    assert all("|" not in s.name + s.name_cy and "{" not in s.name for s in region.schools)


def test_the_authorities_share_the_land_without_overlap(region: County) -> None:
    areas = [abs(area(authority.boundary)) for authority in region.authorities]
    assert min(areas) > 50e6
    assert 1_000e6 < sum(areas) < 2_500e6


def test_every_school_lies_in_one_of_them(region: County) -> None:
    rings = [np.array(authority.boundary) for authority in region.authorities]
    for school in region.schools:
        assert sum(is_inside(school, ring) for ring in rings) == 1, school.name


def area(ring: tuple[tuple[float, float], ...]) -> float:
    return sum(a[0] * b[1] - b[0] * a[1] for a, b in pairwise(ring)) / 2


def test_the_same_seed_gives_the_same_region() -> None:
    assert build_region(seed=3) == build_region(seed=3)
