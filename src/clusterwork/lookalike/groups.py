"""Trusts of academies and federations of neighbours, as the register holds them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

import numpy as np

from clusterwork.lookalike.model import County, Group, GroupLink, School
from clusterwork.lookalike.stock import ACADEMIES, CATHOLIC, CHURCH, MAINTAINED

FIRST_UID = 90001
TRUST_SIZES = (12, 10, 9, 8, 8, 7, 6, 6, 5, 5, 4, 4, 3, 3, 3)
TRUST_WORDS = ("Learning Trust", "Education Partnership", "Academies Trust", "Schools Trust")
N_FEDERATIONS, FEDERATED_BELOW, FEDERATION_REACH_M = 11, 170, 6_500


def found_groups(rng: np.random.Generator, county: County) -> None:
    """Diocesan trusts, local trusts, single-school trusts, federations; one of them ended."""
    academies = [s for s in county.schools if s.kind_group == ACADEMIES or s.kind == "Free schools"]
    diocese = f"The Diocese of {county.places[0].name} Academies Trust"
    church = [school for school in academies if school.faith == CHURCH]
    _trust(county, diocese, [s for s in church if rng.uniform() < 0.65])
    catholic = [school for school in academies if school.faith == CATHOLIC]
    _trust(county, "Our Lady of the Marshes Catholic Multi Academy Trust", catholic)
    for size in TRUST_SIZES:
        _local_trust(rng, county, [s for s in academies if s.trust_uid is None], size)
    for school in academies:
        if school.trust_uid is None:
            _trust(county, f"{school.name} Trust", [school])
    federate(rng, county, [s for s in county.schools if s.kind_group == MAINTAINED])


def _local_trust(rng: np.random.Generator, county: County, free: list[School], size: int) -> None:
    """A trust of some academy and those near it; now and then one further off."""
    if len(free) < size:
        return
    heart = free[int(rng.integers(len(free)))]
    near = sorted(free, key=lambda school: distance_m(school, heart) * rng.uniform(0.6, 1.6))
    taken = {group.name for group in county.groups}
    stems = [school.place.name for school in near] + [place.name for place in county.places]
    word = str(rng.choice(TRUST_WORDS))
    name = next(f"{stem} {word}" for stem in stems if f"{stem} {word}" not in taken)
    _trust(county, name, near[:size])


def _trust(county: County, name: str, members: list[School]) -> None:
    if not members:
        return
    several = len(members) > 1
    opened = min(school.opened_on or date(2012, 9, 1) for school in members)
    code, kind = ("6", "Multi-academy trust") if several else ("10", "Single-academy trust")
    group = Group(_next_uid(county), code, kind, name, opened, town=members[0].place.post_town)
    county.groups.append(group)
    for school in members:
        school.trust_uid = group.uid
        joined = school.opened_on or opened
        county.group_links.append(GroupLink(group.uid, school.urn, joined))


def federate(rng: np.random.Generator, county: County, schools: list[School]) -> None:
    """Pairs (and one three) of small neighbours under one governing body, and one that ended."""
    small = [s for s in schools if s.phase == "Primary" and s.size < FEDERATED_BELOW]
    free = [s for s in small if s.status == "Open" and s.place.kind == "village"]
    n_founded = 0
    for heart in [free[index] for index in rng.permutation(len(free))]:
        near = sorted(free, key=lambda school: distance_m(school, heart))
        members = near[: 3 if n_founded == 0 else 2]
        if heart not in free or distance_m(members[-1], heart) > FEDERATION_REACH_M:
            continue
        n_founded += 1
        _federation(rng, county, members, ended=n_founded == N_FEDERATIONS)
        if n_founded == N_FEDERATIONS:
            return
        free = [school for school in free if school not in members]


def _federation(
    rng: np.random.Generator, county: County, members: list[School], *, ended: bool
) -> None:
    opened = date(int(rng.integers(2008, county.last_year - 1)), int(rng.choice([1, 4, 9])), 1)
    name = f"The {_listed(school.place.name for school in members)} Federation"
    closed = date(county.last_year - 1, 8, 31) if ended else None
    group = Group(_next_uid(county), "1", "Federation", name, opened, closed)
    county.groups.append(group)
    for school in members if not ended else ():
        school.federation_uid = group.uid
        county.group_links.append(GroupLink(group.uid, school.urn, opened))


def _listed(names: Iterable[str]) -> str:
    *most, last = dict.fromkeys(names)
    return f"{', '.join(most)} and {last}" if most else last


def _next_uid(county: County) -> int:
    return FIRST_UID + len(county.groups)


def distance_m(one: School, other: School) -> float:
    """Straight line between two schools in metres."""
    return float(np.hypot(one.easting - other.easting, one.northing - other.northing))
