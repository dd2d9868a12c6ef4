"""Partnerships that no register holds: local clusters, alliances, a secondary, shared services."""

from __future__ import annotations

from collections import Counter
from datetime import date

import numpy as np

from clusterwork.lookalike.groups import distance_m
from clusterwork.lookalike.model import County, Partner, School

SMALL, LARGEST_CLUSTER = 125, 8
OUTSIDE_SHARE, WITH_SECONDARY_SHARE, SERVICES_SHARE = 0.07, 0.25, 0.3
N_ALLIANCES, ALLIANCE_SIZES = 4, (10, 22)


def find_partners(rng: np.random.Generator, county: County) -> None:
    """Partnerships in the forms of Figures 4 and 6 of the small rural schools report."""
    primaries = [s for s in county.open_schools if s.phase == "Primary"]
    small = [s for s in primaries if s.size < SMALL and rng.uniform() > OUTSIDE_SHARE]
    since = date(county.last_year - 4, 9, 1)
    for members in split_by_place(small):
        _add(county, "local cluster", "Cluster", members, since)
        if rng.uniform() < SERVICES_SHARE:
            _add(county, "business services", "Shared Services", members[:4], since)
    _alliances(rng, county, primaries)
    _with_secondaries(rng, county, small)


def split_by_place(schools: list[School]) -> list[list[School]]:
    """Halves along the longer side until no part has more than a cluster's worth."""
    if len(schools) <= LARGEST_CLUSTER:
        return [schools] if schools else []
    spots = np.array([(school.easting, school.northing) for school in schools])
    longer = int(np.ptp(spots, axis=0).argmax())
    order = np.argsort(spots[:, longer], kind="stable")
    half = len(order) // 2
    parts = [[schools[index] for index in part] for part in (order[:half], order[half:])]
    return [cluster for part in parts for cluster in split_by_place(part)]


def _add(county: County, kind: str, word: str, members: list[School], since: date) -> None:
    """The first of the largest leads and gives the name; numbered where the name is taken."""
    lead = max(members, key=lambda school: (school.size, -school.urn))
    taken = {partner.partnership for partner in county.partners}
    stem = f"{lead.place.name} {word}"
    name = next(n for n in (stem, *(f"{stem} {i}" for i in range(2, 99))) if n not in taken)
    county.partners += [
        Partner(name, kind, school.urn, "lead" if school is lead else "member", since)
        for school in members
    ]


def _alliances(rng: np.random.Generator, county: County, primaries: list[School]) -> None:
    """Strong larger schools, each with a score of schools within reach."""
    strong = sorted((s for s in primaries if s.size > 200), key=lambda school: -school.quality)
    for lead in strong[:N_ALLIANCES]:
        n = int(rng.integers(*ALLIANCE_SIZES))
        near = sorted(primaries, key=lambda school: distance_m(school, lead) * rng.uniform(0.5, 2))
        members = [lead, *[school for school in near if school is not lead][:n]]
        since = date(county.last_year - int(rng.integers(2, 9)), 9, 1)
        name = f"{lead.name} Teaching Alliance"
        county.partners += [
            Partner(name, "alliance", school.urn, "lead" if school is lead else "member", since)
            for school in members
        ]


def _with_secondaries(rng: np.random.Generator, county: County, small: list[School]) -> None:
    """Some small schools work with the school that takes most of their leavers."""
    taken = _goals(county)
    leaders = [s for s in county.open_schools if s.phase in ("Secondary", "All-through")]
    by_urn = {school.urn: school for school in leaders}
    partners: dict[int, list[School]] = {}
    for school in small:
        top = [urn for urn, _ in taken.get(school.urn, Counter()).most_common() if urn in by_urn]
        if top and rng.uniform() < WITH_SECONDARY_SHARE:
            partners.setdefault(top[0], []).append(school)
    since = date(county.last_year - 2, 9, 1)
    for urn, members in sorted(partners.items()):
        name = f"{by_urn[urn].name} and its partner schools"
        county.partners.append(Partner(name, "secondary", urn, "lead", since))
        county.partners += [Partner(name, "secondary", s.urn, "member", since) for s in members]


def find_pyramids(county: County) -> None:
    """Every secondary or all-through school with the primaries whose leavers mostly go there."""
    goals = {s.urn: s for s in county.open_schools if s.phase in ("Secondary", "All-through")}
    main = _main_goals(county)
    members: dict[int, list[School]] = {urn: [] for urn in goals}
    for school in county.open_schools:
        goal = main.get(school.urn)
        if school.phase == "Primary" and goal is not None:
            members[main[goal] if goal not in goals else goal].append(school)
    since = date(county.last_year - 4, 9, 1)
    for urn, schools in members.items():
        if not schools:
            continue
        name = f"{goals[urn].name} Cluster"
        county.partners.append(Partner(name, "local cluster", urn, "lead", since))
        county.partners += [Partner(name, "local cluster", s.urn, "member", since) for s in schools]


def _main_goals(county: County) -> dict[int, int]:
    return {urn: goals.most_common(1)[0][0] for urn, goals in _goals(county).items()}


def _goals(county: County) -> dict[int, Counter[int]]:
    """How many pupils each school sent where, all years together."""
    taken: dict[int, Counter[int]] = {}
    for flow in county.flows:
        taken.setdefault(flow.from_urn, Counter())[flow.to_urn] += flow.n_pupils
    return taken
