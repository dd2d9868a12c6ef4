"""Census figures of every school and year: need drifts, the free-meals share grows slowly."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

import numpy as np

from clusterwork.lookalike.chance import Floats, Ints, logistic
from clusterwork.lookalike.history import urn_on
from clusterwork.lookalike.model import Census, County, Flow, School
from clusterwork.lookalike.pupils import Pupils

CENSUS_DAY, TERM_START = (1, 15), (9, 1)
FREE_MEALS_GROWTH = 0.07


class Spread(NamedTuple):
    """A share among schools: its middle in logits, and how places and schools differ."""

    middle: float
    place: float
    school: float


FREE_MEALS, SECOND_LANGUAGE = Spread(-1.50, 0.45, 0.62), Spread(-3.35, 0.95, 0.75)
PLANS, SUPPORT = Spread(-4.05, 0.0, 0.55), Spread(-1.85, 0.0, 0.42)
SPECIAL = {"plan": 0.995, "support": 0.004, "meals": 0.48, "girls": 0.28, "language": 0.04}
REFERRAL = {"plan": 0.08, "support": 0.74, "meals": 0.62, "girls": 0.30, "language": 0.03}
NURSERY = {"plan": 0.01, "support": 0.12, "meals": 0.05, "girls": 0.49, "language": 0.12}


def count_census(rng: np.random.Generator, county: County, pupils: Pupils) -> None:
    """Fills census, flows and capacities; each row under the number that ran on the day."""
    forms = _forms(county, pupils)
    _count_mainstream(rng, county, pupils, forms)
    for school in [s for s in county.schools if not s.is_mainstream and s.closed_on is None]:
        _count_other(rng, county, school)
    _record_flows(county, pupils, forms)
    county.census.sort(key=lambda row: (row.year, row.urn))
    for school in county.schools:
        school.capacity = _capacity(rng, school, _last_roll(county).get(school.urn, school.size))


def _last_roll(county: County) -> dict[int, int]:
    return {row.urn: row.n_pupils for row in county.census if row.year == county.last_year}


def _capacity(rng: np.random.Generator, school: School, n_pupils: float) -> int:
    """Places, in whole sevens or thirties; most schools have some to spare."""
    step = 30 if school.size > 300 else 7
    return round(n_pupils * rng.lognormal(0.12, 0.13) / step) * step


def _forms(county: County, pupils: Pupils) -> dict[tuple[int, int, int], int | None]:
    """(place in the list, year, month) -> the number that ran then."""
    return {
        (index, year, month): urn_on(county, school.urn, date(year, month, day))
        for index, school in enumerate(pupils.schools)
        for year in county.years
        for month, day in (CENSUS_DAY, TERM_START)
    }


def _shares(rng: np.random.Generator, pupils: Pupils, spread: Spread) -> Floats:
    """Scores (logits) of each school; those joined later take after those that feed them."""
    places = {id(school.place): 0.0 for school in pupils.schools}
    for place in places:
        places[place] = float(rng.normal(0, spread.place)) if spread.place else 0.0
    score = np.array([spread.middle + places[id(school.place)] for school in pupils.schools])
    score += rng.normal(0, spread.school, len(score))
    flows = pupils.all_flows()
    for index in sorted(range(len(score)), key=lambda i: pupils.schools[i].first_year):
        arriving = flows[:, index]
        if arriving.sum() and pupils.schools[index].first_year:
            mean = float(arriving @ logistic(score)) / float(arriving.sum())
            score[index] = np.log(mean / (1 - mean)) + rng.normal(-0.08, 0.12)
    return score


def _count_mainstream(
    rng: np.random.Generator,
    county: County,
    pupils: Pupils,
    forms: dict[tuple[int, int, int], int | None],
) -> None:
    meals, language = _shares(rng, pupils, FREE_MEALS), _shares(rng, pupils, SECOND_LANGUAGE)
    plans = _shares(rng, pupils, PLANS)
    support = _shares(rng, pupils, SUPPORT) + 0.25 * (meals - FREE_MEALS.middle)
    girls = rng.normal(0.49, 0.02, len(meals))
    for t, year in enumerate(county.years):
        roll = pupils.rolls[year]
        free = _count(rng, roll, meals + FREE_MEALS_GROWTH * (t - 2), 0.09)
        columns = (
            np.rint(roll * girls).astype(int),
            _count(rng, roll, plans + 0.06 * (t - 2), 0.1),
            _count(rng, roll, support, 0.08),
            _count(rng, roll, language, 0.08),
            free,
            np.minimum(roll, free + rng.binomial(roll - free, 0.045)),
            pupils.leavers[year],
        )
        for index, figures in enumerate(zip(roll, *columns, strict=True)):
            urn = forms[index, year, CENSUS_DAY[0]]
            if urn is not None:
                county.census.append(Census(urn, year, *map(int, figures)))


def _count(rng: np.random.Generator, roll: Ints, score: Floats, wobble: float) -> Ints:
    share = logistic(score + rng.normal(0, wobble, len(score)))
    return np.asarray(np.rint(roll * share), dtype=np.int64)


def _count_other(rng: np.random.Generator, county: County, school: School) -> None:
    """Nurseries, special schools and referral units: numbers by place, not by year group."""
    share = NURSERY if school.phase == "Nursery" else SPECIAL
    if school.kind == "Pupil referral unit":
        share = REFERRAL
    for t, year in enumerate(county.years):
        if school.opened_on and school.opened_on > date(year, *CENSUS_DAY):
            continue
        n = round(school.size * (1 + 0.03 * (t - 4)) * rng.normal(1, 0.03))
        free = int(rng.binomial(n, share["meals"]))
        county.census.append(
            Census(
                school.urn, year, n, int(rng.binomial(n, share["girls"])),
                round(n * share["plan"]), round(n * share["support"]),
                int(rng.binomial(n, share["language"])), free,
                free + int(rng.binomial(n - free, 0.06)), 0,
            )
        )  # fmt: skip


def _record_flows(
    county: County, pupils: Pupils, forms: dict[tuple[int, int, int], int | None]
) -> None:
    for year in county.years:
        for source, goal in np.argwhere(pupils.flows[year]):
            leaves = forms[int(source), year, CENSUS_DAY[0]]
            joins = forms[int(goal), year, TERM_START[0]]
            if leaves is not None and joins is not None:
                n = int(pupils.flows[year][source, goal])
                county.flows.append(Flow(leaves, joins, year, n))
