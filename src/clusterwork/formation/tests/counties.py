"""Counties made up from a seed, with languages, faiths, flows, present clusters and locks."""

from __future__ import annotations

import random

from clusterwork.formation import Flow, Instance, Locks, Policy, School
from clusterwork.formation.tests.made import school

Places = list[tuple[float, float]]


def places(chance: random.Random, n_towns: int) -> Places:
    return [(chance.uniform(0, 45), chance.uniform(0, 30)) for _ in range(n_towns)]


def near(chance: random.Random, towns: Places) -> tuple[float, float]:
    """A spot in a town, or anywhere for every fourth school."""
    east, north = chance.choice(towns)
    spread = chance.choice([1.5, 1.5, 1.5, 8.0])
    return east + chance.gauss(0, spread), north + chance.gauss(0, spread)


def county(seed: int, n: int) -> tuple[School, ...]:
    """n schools, one secondary for about eight others; at most every tenth is Welsh-medium."""
    chance = random.Random(seed)
    towns = places(chance, max(2, n // 12))
    middle = sorted(east for east, _ in towns)[len(towns) // 2]
    made = []
    for k in range(n):
        east, north = towns[k // 8 % len(towns)] if k % 8 == 0 else near(chance, towns)
        made.append(
            school(
                k,
                east,
                north,
                phase="Secondary" if k % 8 == 0 else "Special" if k % 50 == 1 else "Primary",
                pupils=float(chance.randint(30, 900 if k % 8 == 0 else 400)),
                fsm_share=chance.randint(3, 45) / 100,
                strong=chance.random() < 0.35,
                authority="West" if east < middle else "East",
                medium="Welsh" if k % 80 == 8 or chance.random() < 0.06 else "English",
                faith="Roman Catholic" if chance.random() < 0.05 else "",
                support=chance.choice([None, 1.0, 2.0, 3.0, 4.0]),
            )
        )
    return tuple(made)


def flows(seed: int, schools: tuple[School, ...]) -> tuple[Flow, ...]:
    """Most primaries send pupils on to the two secondaries nearest to them."""
    chance = random.Random(seed)
    secondaries = [s for s in schools if s.phase == "Secondary"]
    found = []
    for each in schools:
        if each.phase != "Primary" or chance.random() < 0.3:
            continue
        order = sorted(secondaries, key=lambda s: away(each, s))
        found.append(Flow(each.id, order[0].id, chance.randint(10, 40)))
        found.extend(Flow(each.id, other.id, chance.randint(1, 15)) for other in order[1:2])
    return tuple(found)


def away(one: School, other: School) -> float:
    return abs(one.easting - other.easting) + abs(one.northing - other.northing)


def current(schools: tuple[School, ...]) -> dict[str, str]:
    """Squares of ten kilometres, for seven schools of eight."""
    return {
        s.id: f"{s.easting // 10_000:.0f}/{s.northing // 10_000:.0f}"
        for s in schools
        if int(s.id) % 8
    }


def locks(seed: int, schools: tuple[School, ...]) -> Locks:
    """Neighbours together, neighbours apart and schools fixed where they are, of one authority
    and language each, no school twice."""
    chance = random.Random(seed)
    free = list(schools)
    chance.shuffle(free)

    def pair() -> tuple[str, str]:
        one = free.pop()
        like = [s for s in free if (s.authority, s.medium) == (one.authority, one.medium)]
        other = min(like, key=lambda s: away(one, s))
        free.remove(other)
        return one.id, other.id

    now = current(schools)
    together, apart = tuple(pair() for _ in range(4)), tuple(pair() for _ in range(6))
    fixed = {s.id: now[s.id] for s in free if s.id in now and s.medium == "English"}
    once: dict[str, str] = {}
    for each, place in list(fixed.items())[:4]:
        if place not in once.values():
            once[each] = place
    return Locks(together, apart, once)


def instance(seed: int, n: int, policy: Policy) -> Instance:
    """Everything at once."""
    schools = county(seed, n)
    return Instance(
        schools,
        policy,
        flows=flows(seed, schools),
        locks=locks(seed, schools),
        current=current(schools),
    )
