"""The same county as the input of the command `clusterwork form`: plain identifiers and numbers."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from itertools import combinations
from pathlib import Path

from clusterwork.lookalike.model import County, School
from clusterwork.lookalike.write.tables import write_table
from clusterwork.lookalike.write.welsh import SECTORS

FEDERATION, TRUST, PAIR, CLUSTER, ALLIANCE = 5.0, 2.0, 4.0, 2.0, 0.5
STRONG_QUALITY = 0.0
SCHOOL_COLUMNS = (
    "id", "name", "easting", "northing", "phase", "pupils", "fsm_share", "strong", "authority",
)  # fmt: skip
Weights = dict[tuple[int, int], float]


def write_formation(county: County, folder: Path) -> list[str]:
    """formation_schools.csv, _flows, _links and _current: open mainstream schools only."""
    schools = sorted(
        (s for s in county.open_schools if s.is_mainstream), key=lambda school: school.urn
    )
    there = {school.urn for school in schools}
    files: dict[str, tuple[tuple[str, ...], Sequence[Sequence[object]]]] = {
        "formation_schools.csv": (
            SCHOOL_COLUMNS,
            _schools(county, schools),
        ),
        "formation_flows.csv": (("from", "to", "pupils"), _flows(county, there)),
        "formation_links.csv": (
            ("from", "to", "weight"),
            [(a, b, weight) for (a, b), weight in sorted(_links(county, schools).items())],
        ),
        "formation_current.csv": (
            ("cluster", "id"),
            [(p.partnership, p.urn) for p in county.partners if p.kind == "local cluster"],
        ),
    }
    for name, (header, rows) in files.items():
        write_table(folder / name, header, rows)
    return [*files]


def _schools(county: County, schools: list[School]) -> list[tuple[object, ...]]:
    census = {row.urn: row for row in county.census if row.year == county.last_year}
    phases = SECTORS if county.country == "W" else {}
    rows: list[tuple[object, ...]] = []
    for school in schools:
        row = census[school.urn]
        share = row.n_fsm / row.n_pupils if row.n_pupils else 0.0
        rows.append(
            (
                school.urn, school.name, school.easting, school.northing,
                phases.get(school.phase, school.phase),
                row.n_pupils, f"{share:.3f}", int(school.quality > STRONG_QUALITY),
                school.place.authority_code,
            )
        )  # fmt: skip
    return rows


def _flows(county: County, there: set[int]) -> list[tuple[int, int, int]]:
    """All years together, under the number that the school has today."""
    today = {link.other_urn: link.urn for link in county.links if link.kind == "Predecessor"}
    totals: defaultdict[tuple[int, int], int] = defaultdict(int)
    for flow in county.flows:
        ends = (_latest(flow.from_urn, today), _latest(flow.to_urn, today))
        if set(ends) <= there:
            totals[ends] += flow.n_pupils
    return [(*ends, n) for ends, n in sorted(totals.items())]


def _latest(urn: int, today: dict[int, int]) -> int:
    while urn in today:
        urn = today[urn]
    return urn


def _links(county: County, schools: list[School]) -> Weights:
    """What each pair of schools already shares, partnerships of all kinds added up."""
    weights: defaultdict[tuple[int, int], float] = defaultdict(float)
    for weight, members in _groupings(county, schools):
        for pair in combinations(sorted(members), 2):
            weights[pair] += weight
    there = {school.urn for school in schools}
    leads = {p.partnership: p.urn for p in county.partners if p.part == "lead"}
    for partner in county.partners:
        lead = leads[partner.partnership]
        if partner.kind != "local cluster" and partner.urn != lead and {partner.urn, lead} <= there:
            weights[min(partner.urn, lead), max(partner.urn, lead)] += ALLIANCE
    return dict(weights)


def _groupings(county: County, schools: list[School]) -> list[tuple[float, set[int]]]:
    found: defaultdict[tuple[float, object], set[int]] = defaultdict(set)
    for school in schools:
        found[FEDERATION, school.federation_uid].add(school.urn)
        found[TRUST, school.trust_uid].add(school.urn)
    for partner in county.partners:
        if partner.kind == "local cluster":
            found[CLUSTER, partner.partnership].add(partner.urn)
    groupings = [(weight, members) for (weight, key), members in found.items() if key is not None]
    return groupings + [(PAIR, pair) for pair in _pairs(schools)]


def _pairs(schools: list[School]) -> list[set[int]]:
    """Infant and junior schools side by side."""
    infants = [s for s in schools if s.phase == "Primary" and s.high_age == 7]
    juniors = [s for s in schools if s.phase == "Primary" and s.low_age == 7]
    return [
        {infant.urn, junior.urn}
        for infant in infants
        for junior in juniors
        if infant.place is junior.place
        and abs(infant.easting - junior.easting) + abs(infant.northing - junior.northing) < 300
    ]
