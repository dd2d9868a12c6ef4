"""An invented Welsh region: five authorities, pyramids of two languages and a faith.

It has the shape of the region in the cluster report, at the time of its support colours.
"""

from __future__ import annotations

import numpy as np

from clusterwork.lookalike import names
from clusterwork.lookalike.chance import stream
from clusterwork.lookalike.figures import count_census
from clusterwork.lookalike.groups import federate
from clusterwork.lookalike.land import Outline, clip, draw_outline
from clusterwork.lookalike.model import Authority, County, Place
from clusterwork.lookalike.partners import find_pyramids
from clusterwork.lookalike.pupils import simulate
from clusterwork.lookalike.settle import Settlement, find_sites, place_settlements
from clusterwork.lookalike.standing import categorise, inspect
from clusterwork.lookalike.stock_wales import stock_region

NAME = "Elain Morlan Education Service"
AUTHORITIES = (
    ("691", "W06000091", "Glanelain", "Glanelain"),
    ("692", "W06000092", "Vale of Tegan", "Dyffryn Tegan"),
    ("693", "W06000093", "Morlanshire", "Sir Forlan"),
    ("694", "W06000094", "Blaenau Cerwyn", "Blaenau Cerwyn"),
    ("695", "W06000095", "Upper Alwen", "Alwen Uchaf"),
)
CENTRE, HALF_AXES = (330_000.0, 205_000.0), (24_000.0, 22_000.0)
SUPPORT_SHARES = (("Green", 54), ("Yellow", 28), ("Amber", 11), ("Red", 7))

SETTLEMENTS = (
    Settlement(
        "city", 1,
        {
            "primary": 22, "pair": 1, "catholic": 4, "welsh": 3, "secondary": 6,
            "catholic_secondary": 1, "welsh_secondary": 1, "special": 2, "nursery": 2,
        },
        4200, 15_000,
    ),
    Settlement(
        "town", 1,
        {
            "primary": 9, "pair": 1, "catholic": 2, "welsh": 2, "secondary": 2,
            "catholic_secondary": 1, "welsh_secondary": 1, "special": 1,
        },
        2600, 13_000,
    ),
    Settlement(
        "town", 1,
        {"primary": 10, "catholic": 2, "welsh": 3, "secondary": 3, "welsh_secondary": 1,
         "special": 1},
        2600, 13_000,
    ),
    Settlement(
        "town", 2, {"primary": 11, "catholic": 1, "welsh": 1, "secondary": 3, "special": 1},
        2400, 13_000,
    ),
    Settlement("market", 6, {"primary": 5, "welsh": 1, "secondary": 1}, 1500, 5_500),
    Settlement("market", 4, {"primary": 5, "catholic": 1, "secondary": 1}, 1500, 5_500),
    Settlement("market", 3, {"primary": 3, "welsh": 1, "through": 1}, 1300, 5_500),
    Settlement("village", 31, {"primary": 1}, 200, 2_200),
)  # fmt: skip


def build_region(*, seed: int, last_year: int = 2019) -> County:
    """The region of that seed: the same seed gives the same region, school for school."""
    county = _settled_region(seed, last_year)
    federate(stream(seed, "groups"), county, county.schools)
    pupils = simulate(stream(seed, "pupils"), county)
    count_census(stream(seed, "figures"), county, pupils)
    inspect(stream(seed, "standing"), county)
    categorise(stream(seed, "standing"), county, SUPPORT_SHARES)
    find_pyramids(county)
    return county


def _settled_region(seed: int, last_year: int) -> County:
    land = stream(seed, "land")
    outline = draw_outline(land, CENTRE, HALF_AXES)
    pool = names.welsh_places(land)
    settled = place_settlements(land, outline, SETTLEMENTS, pool)
    places = [place for place, _ in settled]
    authorities = _divide(outline, places)
    sites = find_sites(land, settled, 420)
    schools = stock_region(stream(seed, "stock"), sites, pool)
    return County(NAME, "W", seed, last_year, authorities, places, schools)


def _divide(outline: Outline, places: list[Place]) -> list[Authority]:
    """Every authority is the land nearest to one of the five largest places."""
    seats = places[: len(AUTHORITIES)]
    spots = [(seat.easting, seat.northing) for seat in seats]
    for place in places:
        gaps = np.hypot(*(np.array(spots) - (place.easting, place.northing)).T)
        nearest = int(gaps.argmin())
        place.authority_code = AUTHORITIES[nearest][0]
        place.post_town = seats[nearest].name
        place.postcode_district = f"GW{nearest + 1}"
    authorities = []
    for spot, (code, gss, name, name_cy) in zip(spots, AUTHORITIES, strict=True):
        ring = outline.ring()
        for other in spots:
            if other != spot:
                ring = clip(ring, spot, other)
        authorities.append(Authority(code, gss, name, name_cy, "W", ring))
    return authorities
