"""Turns sites into the schools of an invented Welsh region, each named in both languages."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple

import numpy as np

from clusterwork.lookalike.chance import deal, log_normal_sizes
from clusterwork.lookalike.model import Place, School
from clusterwork.lookalike.names import STREETS
from clusterwork.lookalike.settle import Site

Names = tuple[str, str]
ENGLISH, WELSH, NEITHER = "English medium", "Welsh medium", "Not applicable"
CATHOLIC, CHURCH = "Roman Catholic", "Church in Wales"
N_CHURCH = 12
GOVERNANCE = (("Community", 95.0), ("Voluntary controlled", 4.0), ("Foundation", 1.0))
DEDICATIONS: tuple[Names, ...] = (
    ("St Teilo", "Sant Teilo"), ("St Dyfrig", "Sant Dyfrig"), ("St Cadog", "Sant Cadog"),
    ("St Illtud", "Sant Illtud"), ("St Beuno", "Sant Beuno"), ("Our Lady", "Ein Harglwyddes"),
    ("St Joseph", "Sant Joseff"), ("St Mary", "y Santes Fair"), ("St Peter", "Sant Pedr"),
    ("St David", "Dewi Sant"), ("St Non", "y Santes Non"), ("Holy Family", "y Teulu Sanctaidd"),
)  # fmt: skip


class Role(NamedTuple):
    """What a role means: phase and ages as in England, the Welsh list's kind, size and names."""

    phase: str
    ages: tuple[int, int]
    kind: str
    size: tuple[float, float]
    english: str
    welsh: str
    medium: str = ENGLISH


ROLES = {
    "primary": Role(
        "Primary", (3, 11), "Nursery, Infants & Juniors", (235, 0.42),
        "{} Primary School", "Ysgol Gynradd {}",
    ),
    "infant": Role(
        "Primary", (3, 7), "Nursery & Infants", (200, 0.25), "{} Infant School", "Ysgol Babanod {}"
    ),
    "junior": Role("Primary", (7, 11), "Juniors", (230, 0.25), "{} Junior School", "Ysgol Iau {}"),
    "welsh": Role(
        "Primary", (3, 11), "Nursery, Infants & Juniors", (250, 0.35),
        "Ysgol Gymraeg {}", "Ysgol Gymraeg {}", WELSH,
    ),
    "catholic": Role(
        "Primary", (3, 11), "Nursery, Infants & Juniors", (205, 0.3),
        "{} R.C. Primary School", "Ysgol Gynradd Gatholig {}",
    ),
    "secondary": Role(
        "Secondary", (11, 18), "Secondary (ages 11-19)", (970, 0.33),
        "{} High School", "Ysgol Uwchradd {}",
    ),
    "welsh_secondary": Role(
        "Secondary", (11, 18), "Secondary (ages 11-19)", (1000, 0.2),
        "Ysgol Gyfun {}", "Ysgol Gyfun {}", WELSH,
    ),
    "catholic_secondary": Role(
        "Secondary", (11, 18), "Secondary (ages 11-19)", (900, 0.15),
        "{} R.C. High School", "Ysgol Uwchradd Gatholig {}",
    ),
    "through": Role(
        "All-through", (3, 16), "Middle (ages 3-16)", (1250, 0.2),
        "{} Learning Community", "Cymuned Ddysgu {}",
    ),
    "special": Role(
        "Not applicable", (3, 19), "Special (with post-16 provision)", (115, 0.4),
        "{} Special School", "Ysgol Arbennig {}", NEITHER,
    ),
    "nursery": Role(
        "Nursery", (3, 4), "Nursery", (58, 0.1), "{} Nursery School", "Ysgol Feithrin {}", NEITHER
    ),
}  # fmt: skip
WITHOUT_NURSERY_SHARE, WITHOUT_SIXTH_SHARE = 0.17, 0.34
STARTS = {"Nursery": 1001, "Primary": 2001, "Secondary": 4001, "All-through": 5501}
SPECIAL_START = 7001


def stock_region(
    rng: np.random.Generator, sites: list[Site], local_names: Iterator[Names]
) -> list[School]:
    """A school on each site; numbers are the authority's code and four digits, as in Wales."""
    sizes = _sizes(rng, sites)
    plain = [index for index, site in enumerate(sites) if site.role == "primary"]
    church = set(rng.choice(plain, N_CHURCH, replace=False).tolist())
    governance = deal(rng, len(sites), GOVERNANCE)
    dedications = (DEDICATIONS[index % len(DEDICATIONS)] for index in range(len(sites)))
    following: dict[tuple[str, int], int] = {}
    used: set[str] = set()
    schools = []
    for index, site in enumerate(sites):
        call = _caller(site.place, local_names, dedications, used)
        faith = CHURCH if index in church else CATHOLIC if "catholic" in site.role else ""
        school = _school(rng, site, faith, governance[index], call)
        school.size = float(sizes[index])
        _number(school, following)
        schools.append(school)
    return schools


def _sizes(rng: np.random.Generator, sites: list[Site]) -> np.ndarray:
    sizes = np.zeros(len(sites))
    for name, role in ROLES.items():
        chosen = [index for index, site in enumerate(sites) if site.role == name]
        sizes[chosen] = log_normal_sizes(rng, len(chosen), *role.size)
    return sizes


def _caller(
    place: Place, local_names: Iterator[Names], dedications: Iterator[Names], used: set[str]
) -> Callable[[str], Names]:
    """Names by role: faith schools after a saint, the first in a place after it, others locally."""

    def call(role: str) -> Names:
        if "catholic" in role:
            english, welsh = next(dedications)
            dedicated = english if english.startswith(("Our", "Holy")) else f"{english}'s"
            return f"{dedicated}|{place.name}", f"{welsh}|{place.name_cy}"
        if role + place.name not in used and role not in ("special", "nursery"):
            used.add(role + place.name)
            if not (role == "welsh" and place.name != place.name_cy):
                return place.name, place.name_cy
        return next(local_names)

    return call


def _school(
    rng: np.random.Generator,
    site: Site,
    faith: str,
    governance: str,
    call: Callable[[str], Names],
) -> School:
    role = ROLES[site.role]
    english, welsh = call(site.role)
    if faith == CHURCH:
        names = (
            f"{english} Church in Wales Primary School",
            f"Ysgol Gynradd yr Eglwys yng Nghymru {welsh}",
        )
    else:
        names = _fill(role.english, english), _fill(role.welsh, welsh)
    if role.medium == WELSH:
        names = names[1], names[1]
    low, high, kind = _ages(rng, site.role, role)
    if faith:
        governance = "Voluntary aided"
    return School(
        urn=0, number=0, name=names[0], name_cy=names[1], phase=role.phase,
        kind="Not Applicable" if site.role == "special" else governance, kind_group=kind,
        low_age=low, high_age=high, faith=faith, place=site.place,
        street=str(rng.choice(STREETS)), postcode=_postcode(rng, site.place),
        easting=site.easting, northing=site.northing, size=0.0, medium=role.medium,
        quality=float(rng.normal()),
    )  # fmt: skip


def _fill(pattern: str, name: str) -> str:
    """The name in its pattern; of "St Teilo's|Cwmelain" the place goes to the end."""
    dedication, _, place = name.partition("|")
    filled = pattern.format(dedication)
    return f"{filled}, {place}" if place else filled


def _ages(rng: np.random.Generator, name: str, role: Role) -> tuple[int, int, str]:
    low, high = role.ages
    if name == "primary" and rng.uniform() < WITHOUT_NURSERY_SHARE:
        return 4, high, "Infants & Juniors"
    if name == "secondary" and rng.uniform() < WITHOUT_SIXTH_SHARE:
        return low, 16, "Secondary (ages 11-16)"
    return low, high, role.kind


def _postcode(rng: np.random.Generator, place: Place) -> str:
    letters = rng.choice(list("ABDEFGHJLNPQRSTUWXYZ"), 2)
    return f"{place.postcode_district} {rng.integers(0, 10)}{''.join(letters)}"


def _number(school: School, following: dict[tuple[str, int], int]) -> None:
    start = STARTS.get(school.phase, SPECIAL_START)
    if school.phase == "Primary" and school.faith:
        start = 3301
    key = (school.place.authority_code, start)
    school.number = following.setdefault(key, start)
    following[key] += 1
    school.urn = int(f"{school.place.authority_code}{school.number:04d}")
