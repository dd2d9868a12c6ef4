"""Pupils moving up year by year and from school to school: numbers only, no lists of pupils.

Each school keeps one number for each curriculum year. In September everybody moves up; those
in a school's last year go on by a gravity model: to schools that start where theirs ends, the
nearer, larger and closer in faith and language the likelier.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from clusterwork.lookalike.chance import Floats, Ints
from clusterwork.lookalike.model import County, School

N_YEAR_GROUPS = 14
LAST_COMPULSORY = 11
REACH_KM = {3: 0.8, 5: 4.0, 7: 4.5, 9: 9.0}
NURSERY_SHARES = {"E": 0.45, "W": 0.95}
STAY_FOR_SIXTH, STAY_IN_SIXTH = 0.55, 0.88
MOVE_SHARE = 0.02
TOO_FEW = 0.012
WARM_UP_YEARS = 8


@dataclass(slots=True)
class Pupils:
    """Numbers of the mainstream schools, in the order of `schools`.

    `rolls[year]` and `leavers[year]` are of January, `flows[year]` (from, to) of September.
    """

    schools: list[School]
    rolls: dict[int, Ints]
    leavers: dict[int, Ints]
    flows: dict[int, Ints]

    def all_flows(self) -> Ints:
        """All recorded flows together, (from, to)."""
        return np.asarray(sum(self.flows.values()), dtype=np.int64)


@dataclass(slots=True)
class _Town:
    """What does not change from year to year."""

    first: Ints
    last: Ints
    entry: Floats
    trend: Floats
    moves: Floats
    nursery: Floats
    enters: Ints


def simulate(rng: np.random.Generator, county: County) -> Pupils:
    """Five years of rolls, leavers and flows, after some years that let the numbers settle."""
    schools = [school for school in county.schools if school.is_mainstream]
    town = _frame(rng, schools, NURSERY_SHARES[county.country])
    year_groups = _start(town, schools)
    pupils = Pupils(schools, {}, {}, {})
    for year in range(county.years[0] - WARM_UP_YEARS, county.last_year + 1):
        flows = _transfers(rng, town, year_groups)
        if year in county.years:
            pupils.rolls[year] = _roll(town, year_groups)
            pupils.leavers[year] = _leavers(town, year_groups)
            pupils.flows[year] = flows
        year_groups = _move_up(rng, town, year_groups, flows, year - (county.last_year - 3))
    return pupils


def _frame(rng: np.random.Generator, schools: list[School], nursery_share: float) -> _Town:
    first = np.array([school.first_year for school in schools])
    last = np.array([school.last_year for school in schools])
    nursery = np.where([school.low_age <= 3 for school in schools], nursery_share, 0.0)
    size = np.array([school.size for school in schools])
    all_through = np.array([school.phase == "All-through" for school in schools])
    entry = np.where(first == 0, size / (last - first + 1 + nursery), 0.0)
    entry = np.where(all_through, size / 20, entry)
    return _Town(
        first=first,
        last=last,
        entry=entry,
        trend=rng.normal(-0.012, 0.025, len(schools)),
        moves=_moves(schools, entry),
        nursery=nursery,
        enters=np.where(all_through, 7, first),
    )


def _moves(schools: list[School], entry: Floats) -> Floats:
    """Probability of going from school to school at the end of the first one's last year."""
    starts = np.array([7 if s.phase == "All-through" else s.first_year for s in schools])
    ends = np.array([s.last_year for s in schools])
    fits = (starts[None, :] == ends[:, None] + 1) & (ends[:, None] < LAST_COMPULSORY)
    pull = fits * kinship(schools) * _nearness(schools, starts)
    wanted = np.array([_wanted_intake(school) for school in schools])
    leavers = np.where(ends < LAST_COMPULSORY, np.where(entry > 0, entry, wanted), 0.0)
    return _balanced(pull, leavers, wanted)


def _wanted_intake(school: School) -> float:
    if school.phase == "All-through":
        return school.size / 16
    n_sixth = max(0, school.last_year - LAST_COMPULSORY)
    return school.size / (school.last_year - school.first_year + 1 - 0.5 * n_sixth)


def _nearness(schools: list[School], starts: Ints) -> Floats:
    """exp(-distance / reach); faith and Welsh-medium schools reach further among their own."""
    spots = np.array([(s.easting, s.northing) for s in schools]) / 1000
    km = np.hypot(*(spots[:, None, :] - spots[None, :, :]).transpose(2, 0, 1))
    reach = np.array([REACH_KM.get(int(start), 4.0) for start in starts])
    own = np.array([_community(school) for school in schools])
    far = (own[:, None] == own[None, :]) & (own != "")[None, :] & (starts >= 7)[None, :]
    return np.asarray(np.exp(-km / (reach[None, :] * np.where(far, 2.5, 1.0))))


def _community(school: School) -> str:
    if school.medium == "Welsh medium":
        return "Welsh"
    return "Catholic" if school.faith == "Roman Catholic" else ""


def kinship(schools: list[School]) -> Floats:
    """How much likelier (from, to) is for faith and language than for distance and size alone."""
    catholic = np.array([school.faith == "Roman Catholic" for school in schools])
    church = np.array([school.faith.startswith("Church") for school in schools])
    welsh = np.array([school.medium == "Welsh medium" for school in schools])
    factor = np.ones((len(schools), len(schools)))
    factor *= np.where(catholic[None, :], np.where(catholic[:, None], 10.0, 0.15), 1.0)
    factor *= np.where(church[:, None] & church[None, :], 1.8, 1.0)
    factor *= np.where(welsh[:, None] & ~welsh[None, :], 0.01, 1.0)
    factor *= np.where(~welsh[:, None] & welsh[None, :], 0.0, 1.0)
    return factor


def _balanced(pull: Floats, leavers: Floats, wanted: Floats) -> Floats:
    """Rows that sum to 1 (or 0), the columns drawn some way towards the intakes wanted."""
    weight = wanted.copy()
    for _ in range(6):
        shares = _rows_to_one(pull * weight)
        expected = leavers @ shares
        with np.errstate(divide="ignore", invalid="ignore"):
            weight *= np.where(expected > 0, (wanted / expected) ** 0.5, 1.0)
    shares = _rows_to_one(pull * weight)
    return _rows_to_one(np.where(shares < TOO_FEW, 0.0, shares))


def _rows_to_one(table: Floats) -> Floats:
    totals = table.sum(axis=1, keepdims=True)
    return np.asarray(np.divide(table, totals, out=np.zeros_like(table), where=totals > 0))


def _start(town: _Town, schools: list[School]) -> Ints:
    """Year groups near their long-run numbers, (school, year)."""
    groups = np.arange(N_YEAR_GROUPS)[None, :]
    taught = (groups >= town.first[:, None]) & (groups <= town.last[:, None])
    level = np.repeat(town.entry[:, None], N_YEAR_GROUPS, axis=1)
    for _ in range(3):
        leavers = np.where(town.moves.sum(axis=1) > 0, level[np.arange(len(schools)), town.last], 0)
        arrivals = (leavers @ town.moves)[:, None] * (groups >= town.enters[:, None])
        level = town.entry[:, None] + np.where(town.enters[:, None] > 0, arrivals, 0)
    thin = np.ones(N_YEAR_GROUPS)
    thin[12:] = STAY_FOR_SIXTH, STAY_FOR_SIXTH * STAY_IN_SIXTH
    return np.asarray(np.rint(level * taught * thin), dtype=np.int64)


def _leavers(town: _Town, year_groups: Ints) -> Ints:
    going_on = town.moves.sum(axis=1) > 0
    return np.where(going_on, year_groups[np.arange(len(town.last)), town.last], 0)


def _roll(town: _Town, year_groups: Ints) -> Ints:
    nursery = np.rint(year_groups[:, 0] * town.nursery)
    return np.asarray(year_groups.sum(axis=1) + nursery, dtype=np.int64)


def _transfers(rng: np.random.Generator, town: _Town, year_groups: Ints) -> Ints:
    sources = np.flatnonzero(town.moves.sum(axis=1))
    goals = np.flatnonzero(town.moves.sum(axis=0))
    leavers = _leavers(town, year_groups)
    flows = np.zeros(town.moves.shape, dtype=np.int64)
    shares = town.moves[np.ix_(sources, goals)]
    flows[np.ix_(sources, goals)] = rng.multinomial(leavers[sources], shares)
    return flows


def _move_up(rng: np.random.Generator, town: _Town, year_groups: Ints, flows: Ints, t: int) -> Ints:
    """Next January's year groups; `t` is years from the year for which sizes were set."""
    groups = np.arange(N_YEAR_GROUPS)[None, :]
    taught = (groups > town.first[:, None]) & (groups <= town.last[:, None])
    moved = np.zeros_like(year_groups)
    moved[:, 1:] = year_groups[:, :-1]
    moved *= taught
    moved[:, 12] = rng.binomial(moved[:, 12], STAY_FOR_SIXTH)
    moved[:, 13] = rng.binomial(moved[:, 13], STAY_IN_SIXTH)
    moved = rng.binomial(moved, 1 - MOVE_SHARE) + rng.poisson(MOVE_SHARE * moved)
    moved[:, 0] += rng.poisson(town.entry * np.exp(town.trend * t))
    np.add.at(moved, (np.arange(len(moved)), town.enters), flows.sum(axis=0))
    return np.asarray(moved, dtype=np.int64)
