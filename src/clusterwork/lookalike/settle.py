"""Settlements on the ground and a site for every school in them; names no school."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np

from clusterwork.lookalike.chance import Floats
from clusterwork.lookalike.land import Outline, scatter
from clusterwork.lookalike.model import Place

MARGIN_M = 120.0
ROOM_M = 1200.0
INLAND = 0.35
PAIR_APART_M = 130.0


@dataclass(frozen=True, slots=True)
class Settlement:
    """`count` places of a kind, each with so many schools in each role.

    The role "pair" stands for an infant and a junior school side by side.
    """

    kind: str
    count: int
    roles: Mapping[str, int]
    spread_m: float
    apart_m: float


@dataclass(slots=True)
class Site:
    """Where a school of some role stands. `closes` marks a village that will lose its school."""

    place: Place
    role: str
    easting: int
    northing: int
    closes: bool = False


def place_settlements(
    rng: np.random.Generator,
    outline: Outline,
    settlements: tuple[Settlement, ...],
    names: Iterator[tuple[str, str]],
) -> list[tuple[Place, Settlement]]:
    """Every settlement with its place, largest first."""
    each = [kind for kind in settlements for _ in range(kind.count)]
    apart = np.array([kind.apart_m for kind in each])
    n_towns = sum(kind.kind != "village" for kind in each)
    spread = np.array([kind.spread_m for kind in each])
    narrow = float(outline.reach.min())
    depth = (spread + ROOM_M) / narrow + np.array([kind.kind == "city" for kind in each]) * INLAND
    nowhere = (np.empty((0, 2)), np.empty(0))
    towns = scatter(rng, outline, nowhere, apart[:n_towns], depth[:n_towns])
    around = (towns, spread[:n_towns] + ROOM_M)
    villages = scatter(rng, outline, around, apart[n_towns:], depth[n_towns:])
    return [
        (Place(*next(names), kind.kind, float(east), float(north), kind.spread_m), kind)
        for kind, (east, north) in zip(each, np.vstack([towns, villages]), strict=True)
    ]


def find_sites(
    rng: np.random.Generator, settled: list[tuple[Place, Settlement]], apart_m: float
) -> list[Site]:
    """A site for each school: spread over its place, infant and junior side by side."""
    return [site for place, kind in settled for site in _sites_of(rng, place, kind, apart_m)]


def _sites_of(
    rng: np.random.Generator, place: Place, kind: Settlement, apart_m: float
) -> Iterator[Site]:
    roles = [role for role, n in kind.roles.items() for _ in range(n)]
    spots = _spots(rng, place, len(roles), apart_m)
    for role, (east, north) in zip(roles, spots, strict=True):
        if role != "pair":
            yield Site(place, role, round(east), round(north))
            continue
        turn = rng.uniform(0, 2 * np.pi)
        yield Site(place, "infant", round(east), round(north))
        aside, up = PAIR_APART_M * np.cos(turn), PAIR_APART_M * np.sin(turn)
        yield Site(place, "junior", round(east + aside), round(north + up))


def _spots(rng: np.random.Generator, place: Place, n: int, apart_m: float) -> Floats:
    """`n` points in a disc, as far apart as asked or as nearly as they fit."""
    found: list[Floats] = []
    apart = apart_m
    while len(found) < n:
        turn, out = rng.uniform(0, 2 * np.pi), place.spread_m * np.sqrt(rng.uniform())
        spot = np.array([place.easting + out * np.cos(turn), place.northing + out * np.sin(turn)])
        if not found or np.hypot(*(np.array(found) - spot).T).min() > apart:
            found.append(spot)
        apart = max(apart * 0.995, MARGIN_M)
    return np.array(found)
