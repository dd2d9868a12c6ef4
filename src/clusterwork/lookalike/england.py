"""An invented English county with the shape of the one in the small rural schools report."""

from __future__ import annotations

import numpy as np

from clusterwork.lookalike import names
from clusterwork.lookalike.chance import Floats, stream
from clusterwork.lookalike.figures import count_census
from clusterwork.lookalike.groups import found_groups
from clusterwork.lookalike.history import add_closed_schools, date_openings
from clusterwork.lookalike.land import draw_outline
from clusterwork.lookalike.model import Authority, County, Place
from clusterwork.lookalike.partners import find_partners
from clusterwork.lookalike.pupils import simulate
from clusterwork.lookalike.settle import Settlement, Site, find_sites, place_settlements
from clusterwork.lookalike.standing import categorise, inspect
from clusterwork.lookalike.stock import stock_county

SUPPORT_SHARES = (("1", 26), ("2", 40), ("3", 20), ("4", 9), ("5", 5))
NAME = "Wolderland"
CODE, GSS = "991", "E10000991"
FIRST_URN = 900001
CENTRE, HALF_AXES = (575_000.0, 285_000.0), (38_500.0, 49_000.0)
N_CLOSING, N_FIRST_IN_VILLAGES, N_DISTRICTS = 3, 7, 6
THREE_TIER = {"first": 5, "middle": 2, "upper": 1}

SETTLEMENTS = (
    Settlement(
        "city", 1,
        {"primary": 24, "pair": 3, "secondary": 11, "special": 1, "referral": 1, "nursery": 2},
        3900, 30_000,
    ),
    Settlement(
        "town", 2, {"primary": 11, "pair": 1, "secondary": 5, "special": 1, "referral": 1},
        2600, 24_000,
    ),
    Settlement(
        "town", 1,
        {"primary": 8, "secondary": 4, "allthrough": 1, "special": 1, "nursery": 1},
        2100, 18_000,
    ),
    Settlement(
        "town", 2, {"primary": 8, "secondary": 4, "special": 1, "nursery": 1}, 2100, 18_000
    ),
    Settlement("market", 1, {"primary": 4, "allthrough": 1, "secondary": 1}, 1500, 12_000),
    Settlement("market", 1, THREE_TIER, 1500, 15_000),
    Settlement("market", 4, {"primary": 5, "secondary": 2}, 1500, 12_000),
    Settlement("market", 7, {"primary": 2, "secondary": 1}, 900, 9_000),
    Settlement("village", 5, {"pair": 1}, 250, 2_600),
    Settlement("village", 147 + N_CLOSING, {"primary": 1}, 250, 2_400),
)  # fmt: skip


def build_county(*, seed: int, last_year: int = 2026) -> County:
    """The county of that seed: the same seed gives the same county, school for school.

    Census years are the five up to `last_year`; the day of the picture is 30 September of it.
    """
    county = _settled_county(seed, last_year)
    date_openings(stream(seed, "history"), county)
    found_groups(stream(seed, "groups"), county)
    pupils = simulate(stream(seed, "pupils"), county)
    add_closed_schools(stream(seed, "history"), county, pupils)
    count_census(stream(seed, "figures"), county, pupils)
    inspect(stream(seed, "standing"), county)
    categorise(stream(seed, "standing"), county, SUPPORT_SHARES)
    find_partners(stream(seed, "partners"), county)
    return county


def _settled_county(seed: int, last_year: int) -> County:
    land, stock = stream(seed, "land"), stream(seed, "stock")
    outline = draw_outline(land, CENTRE, HALF_AXES)
    towns = sum(kind.count for kind in SETTLEMENTS if kind.kind != "village")
    english = ((name, "") for name in names.english_places(land, towns))
    settled = place_settlements(land, outline, SETTLEMENTS, english)
    places = [place for place, _ in settled]
    _give_addresses(places)
    sites = find_sites(land, settled, 420)
    _mark_closing(sites)
    _mark_first_schools(sites)
    diocese = f"Diocese of {places[0].name}"
    schools = stock_county(stock, sites, first_urn=FIRST_URN, diocese=diocese)
    for school, site in zip(schools, sites, strict=True):
        if site.closes:
            school.status = "closing"
    authority = Authority(CODE, GSS, NAME, "", "E", outline.ring())
    return County(NAME, "E", seed, last_year, [authority], places, schools)


def _give_addresses(places: list[Place]) -> None:
    """Districts around the largest towns; post towns and postcode districts around all towns."""
    towns = [place for place in places if place.kind != "village"]
    middles = np.array([(town.easting, town.northing) for town in towns])
    for place in places:
        gaps = np.hypot(*(middles - (place.easting, place.northing)).T)
        nearest = int(gaps.argmin())
        place.authority_code = CODE
        place.post_town = towns[nearest].name
        place.postcode_district = f"WL{nearest + 1}"
        place.district = f"{towns[int(gaps[:N_DISTRICTS].argmin())].name} District"


def _mark_closing(sites: list[Site]) -> None:
    """The last villages placed, which squeezed in between the others, will lose their schools."""
    for site in sites[-N_CLOSING:]:
        site.closes = True


def _mark_first_schools(sites: list[Site]) -> None:
    """The villages nearest the three-tier town send their pupils to its middle schools."""
    middle = next(site.place for site in sites if site.role == "middle")
    near = sorted(
        (site for site in sites if site.place.kind == "village" and site.role == "primary"),
        key=lambda site: _gap(site, middle),
    )
    for site in [site for site in near if not site.closes][:N_FIRST_IN_VILLAGES]:
        site.role = "first"


def _gap(site: Site, place: Place) -> float:
    gap: Floats = np.hypot(site.easting - place.easting, site.northing - place.northing)
    return float(gap)
