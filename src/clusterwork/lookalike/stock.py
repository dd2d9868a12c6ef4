"""Turns sites into schools: sizes, kinds, faiths and names of an invented English county."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np

from clusterwork.lookalike import names
from clusterwork.lookalike.chance import deal, log_normal_sizes
from clusterwork.lookalike.model import Place, School
from clusterwork.lookalike.settle import Site


class Foundation(NamedTuple):
    """Legal kind, its official group, and faith."""

    kind: str
    group: str
    faith: str = "Does not apply"


MAINTAINED, ACADEMIES = "Local authority maintained schools", "Academies"
CHURCH, CATHOLIC = "Church of England", "Roman Catholic"
COMMUNITY = Foundation("Community school", MAINTAINED)
CONTROLLED = Foundation("Voluntary controlled school", MAINTAINED, CHURCH)
AIDED = Foundation("Voluntary aided school", MAINTAINED, CHURCH)
FOUNDATION = Foundation("Foundation school", MAINTAINED)
CONVERTER = Foundation("Academy converter", ACADEMIES)
CHURCH_CONVERTER = Foundation("Academy converter", ACADEMIES, CHURCH)
CATHOLIC_CONVERTER = Foundation("Academy converter", ACADEMIES, CATHOLIC)
SPONSORED = Foundation("Academy sponsor led", ACADEMIES)
CHURCH_SPONSORED = Foundation("Academy sponsor led", ACADEMIES, CHURCH)
FREE = Foundation("Free schools", "Free Schools")

VILLAGE_SHARES = (
    (COMMUNITY, 22.0), (CONTROLLED, 36.0), (AIDED, 9.0), (CHURCH_CONVERTER, 12.0),
    (CONVERTER, 13.0), (SPONSORED, 5.0), (CHURCH_SPONSORED, 2.0), (FOUNDATION, 1.0),
)  # fmt: skip
TOWN_SHARES = (
    (COMMUNITY, 31.0), (CONTROLLED, 8.0), (AIDED, 4.0), (CHURCH_CONVERTER, 6.0),
    (CONVERTER, 26.0), (SPONSORED, 15.0), (CATHOLIC_CONVERTER, 6.0), (FOUNDATION, 3.0),
    (FREE, 1.0),
)  # fmt: skip
SECONDARY_SHARES = (
    (COMMUNITY, 4.0), (CONVERTER, 56.0), (SPONSORED, 29.0), (CHURCH_CONVERTER, 6.0),
    (CATHOLIC_CONVERTER, 3.0), (FREE, 2.0),
)  # fmt: skip
ONLY = {
    "middle": COMMUNITY,
    "upper": CONVERTER,
    "allthrough": SPONSORED,
    "nursery": Foundation("Local authority nursery school", MAINTAINED),
    "referral": Foundation("Pupil referral unit", MAINTAINED),
}
SPECIAL_SHARES = (
    (Foundation("Community special school", "Special schools"), 50.0),
    (Foundation("Academy special converter", ACADEMIES), 50.0),
)
PHASES = {
    "secondary": "Secondary", "upper": "Secondary", "middle": "Middle deemed secondary",
    "allthrough": "All-through", "nursery": "Nursery", "special": "Not applicable",
    "referral": "Not applicable",
}  # fmt: skip
AGES = {
    "infant": (4, 7), "junior": (7, 11), "first": (4, 9), "middle": (9, 13), "upper": (13, 18),
    "nursery": (2, 5), "special": (3, 19), "referral": (5, 16),
}  # fmt: skip
NUMBERS = {
    "Nursery": 1001, "Primary": 2001, "Secondary": 4001, "Middle deemed secondary": 4501,
    "All-through": 6901,
}  # fmt: skip
PRIMARY_ROLES = ("primary", "infant", "junior", "first")
SIXTH_FORM_SHARE = 0.64


def stock_county(
    rng: np.random.Generator, sites: list[Site], *, first_urn: int, diocese: str
) -> list[School]:
    """A school on each site, in the order of the sites."""
    sizes, foundations = _sizes(rng, sites), _foundations(rng, sites)
    once = names.Once()
    schools = [
        _school(rng, site, first_urn + index, float(sizes[index]), foundations[index], once)
        for index, site in enumerate(sites)
    ]
    for school in schools:
        school.diocese = diocese if school.faith == CHURCH else ""
    _number(schools)
    return schools


def _sizes(rng: np.random.Generator, sites: list[Site]) -> np.ndarray:
    sizes = np.zeros(len(sites))

    def fill(middle: float, spread: float, chosen: list[int]) -> None:
        sizes[chosen] = log_normal_sizes(rng, len(chosen), middle, spread)

    def those(*roles: str, village: bool | None = None) -> list[int]:
        return [
            index
            for index, site in enumerate(sites)
            if site.role in roles and village in (None, site.place.kind == "village")
        ]

    small = those("primary", "first", village=True)
    large = set(rng.choice(small, len(small) // 5, replace=False).tolist())
    fill(75, 0.34, [index for index in small if index not in large])
    fill(200, 0.30, sorted(large))
    fill(290, 0.38, those("primary", "first", village=False))
    fill(165, 0.30, those("infant"))
    fill(215, 0.30, those("junior"))
    for roles, middle, spread in (
        (("secondary", "upper"), 830, 0.42), (("middle",), 420, 0.15), (("allthrough",), 950, 0.1),
        (("special",), 95, 0.35), (("referral",), 70, 0.4), (("nursery",), 95, 0.25),
    ):  # fmt: skip
        fill(middle, spread, those(*roles))
    for index, site in enumerate(sites):
        if site.closes:
            sizes[index] = rng.uniform(17, 27)
        elif site.role in PRIMARY_ROLES:
            sizes[index] = max(sizes[index], 24)
    return sizes


def _foundations(rng: np.random.Generator, sites: list[Site]) -> list[Foundation]:
    """Kinds dealt in the shares of a county like those in the reports; pairs share one kind."""
    hands = {
        "village": deal(rng, len(sites), VILLAGE_SHARES),
        "town": deal(rng, sum(_is_town_primary(site) for site in sites), TOWN_SHARES),
        "secondary": deal(rng, sum(site.role == "secondary" for site in sites), SECONDARY_SHARES),
        "special": deal(rng, sum(site.role == "special" for site in sites), SPECIAL_SHARES),
    }
    found: list[Foundation] = []
    for site in sites:
        if site.closes:
            found.append(COMMUNITY)
        elif site.role in ONLY:
            found.append(ONLY[site.role])
        elif site.role == "junior":
            hands[_hand(site)].pop()
            found.append(found[-1])
        else:
            found.append(hands[_hand(site)].pop())
    return found


def _is_town_primary(site: Site) -> bool:
    return site.role in PRIMARY_ROLES and site.place.kind != "village"


def _hand(site: Site) -> str:
    if site.role in ("secondary", "special"):
        return site.role
    return "village" if site.place.kind == "village" else "town"


def _school(
    rng: np.random.Generator,
    site: Site,
    urn: int,
    size: float,
    foundation: Foundation,
    once: names.Once,
) -> School:
    name = once.first(_names(rng, site.place, site.role, foundation))
    low, high = _ages(rng, site.role)
    return School(
        urn=urn, number=0, name=name, name_cy="", phase=PHASES.get(site.role, "Primary"),
        kind=foundation.kind, kind_group=foundation.group, low_age=low, high_age=high,
        faith=foundation.faith, place=site.place, street=str(rng.choice(names.STREETS)),
        postcode=_postcode(rng, site.place), easting=site.easting, northing=site.northing,
        size=size, quality=float(rng.normal()),
    )  # fmt: skip


def _ages(rng: np.random.Generator, role: str) -> tuple[int, int]:
    if role == "primary":
        return (3 if rng.uniform() < 0.22 else 4), 11
    if role == "secondary":
        return 11, (18 if rng.uniform() < SIXTH_FORM_SHARE else 16)
    if role == "allthrough":
        return (3, 18) if rng.uniform() < 0.5 else (4, 16)
    return AGES[role]


def _postcode(rng: np.random.Generator, place: Place) -> str:
    letters = rng.choice(list("ABDEFGHJLNPQRSTUWXYZ"), 2)
    return f"{place.postcode_district} {rng.integers(0, 10)}{''.join(letters)}"


def _number(schools: list[School]) -> None:
    """Establishment numbers in the ranges that go with phase; 3000s for voluntary schools."""
    following = dict(NUMBERS)
    for school in schools:
        key = school.phase
        if key == "Primary" and school.kind.startswith("Voluntary"):
            key = "Voluntary"
        if key == "Not applicable":
            key = school.kind if school.kind == "Pupil referral unit" else "Special"
        start = {"Voluntary": 3001, "Pupil referral unit": 1101, "Special": 7001}.get(key, 0)
        school.number = following.setdefault(key, start)
        following[key] += 1


def _names(
    rng: np.random.Generator, place: Place, role: str, foundation: Foundation
) -> Iterator[str]:
    """Name after name that would suit; the districts of a town never run out."""
    if role in PRIMARY_ROLES:
        yield from _primary_names(rng, place, role.capitalize(), foundation)
    elif role in ("secondary", "upper", "allthrough"):
        yield from _secondary_names(rng, place, foundation)
    ending = {
        "middle": "Middle School", "special": "School", "nursery": "Nursery School",
        "referral": "Pupil Referral Unit",
    }.get(role, "School")  # fmt: skip
    for district in rng.permutation(names.DISTRICTS):
        yield f"{place.name} {district} {ending}"


def _primary_names(
    rng: np.random.Generator, place: Place, stage: str, foundation: Foundation
) -> Iterator[str]:
    is_academy = foundation.group == ACADEMIES
    ending = f"{stage} {'Academy' if is_academy else 'School'}"
    if foundation.faith == CATHOLIC:
        for saint in rng.permutation(names.SAINTS):
            yield f"{_of(saint)} Catholic {stage} Voluntary Academy, {place.name}"
    if foundation.faith == CHURCH:
        if place.kind == "village" and rng.uniform() < 0.6:
            short = "CofE VC" if foundation is CONTROLLED else "Church of England"
            yield f"{place.name} {short} {ending}"
        for saint in rng.permutation(names.SAINTS):
            yield f"{place.name} {_of(saint)} Church of England {ending}"
    if place.kind == "village":
        middle = " Community" if foundation is COMMUNITY and rng.uniform() < 0.4 else ""
        yield f"{place.name}{middle} {ending}"
    for district in rng.permutation(names.DISTRICTS):
        yield f"{place.name} {district} {ending}"


def _secondary_names(
    rng: np.random.Generator, place: Place, foundation: Foundation
) -> Iterator[str]:
    if foundation.faith == CATHOLIC:
        for saint in rng.permutation(names.SAINTS):
            yield f"{_of(saint)} Catholic Voluntary Academy, {place.name}"
    if foundation.faith == CHURCH:
        for founder in rng.permutation(names.FOUNDERS):
            if founder.startswith(("Bishop", "Canon", "Dean")):
                yield f"{founder} Church of England Academy"
    ending = "Academy" if foundation.group == ACADEMIES else "High School"
    yield f"{place.name} {ending}"
    if rng.uniform() < 0.5:
        for founder in rng.permutation(names.FOUNDERS):
            yield f"{founder} {ending}"
    for district in rng.permutation(names.DISTRICTS):
        yield f"{place.name} {district} {ending}"


def _of(saint: str) -> str:
    return f"St {saint}'" if saint.endswith("s") else f"St {saint}'s"
