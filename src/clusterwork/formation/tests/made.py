"""Hypothesis strategies for small formations, and real ones from the shared data."""

from __future__ import annotations

import csv
import os
from pathlib import Path

import pytest
from hypothesis import strategies as st

from clusterwork.formation import Flow, Instance, Link, Locks, Policy, School, Weights

SHARED = Path(os.environ.get("SHARED", Path(__file__).resolve().parents[4].parent / "shared"))


def real_schools(name: str) -> tuple[School, ...]:
    """Schools of one of the benchmark files; skips where the shared data are absent."""
    path = SHARED / "data" / "formation" / f"{name}.csv"
    if not path.exists():
        pytest.skip(f"the shared file formation/{name}.csv is absent")
    with path.open(encoding="utf-8") as file:
        return tuple(
            School(
                id=row["id"],
                name=row["name"],
                easting=float(row["easting"]),
                northing=float(row["northing"]),
                phase=row["phase"],
                pupils=float(row["pupils"] or 0),
                fsm_share=float(row["fsm_share"] or 0),
                strong=row["strong"] == "1",
            )
            for row in csv.DictReader(file)
        )


def school(number: int, east: float, north: float, **more: object) -> School:
    """A school on a grid in km, with a name made from its number."""
    facts: dict[str, object] = {"pupils": 100.0, "fsm_share": 0.2, "phase": "Primary", **more}
    return School(
        id=str(number), name=f"School {number}", easting=east * 1000, northing=north * 1000, **facts
    )


@st.composite
def schools(draw: st.DrawFn, most: int = 8) -> tuple[School, ...]:
    n = draw(st.integers(1, most))
    spot = st.integers(0, 40)
    return tuple(
        school(
            k,
            draw(spot),
            draw(spot),
            pupils=float(draw(st.integers(10, 400))),
            fsm_share=draw(st.integers(0, 60)) / 100,
            strong=draw(st.booleans()),
            authority=draw(st.sampled_from(["", "North", "North", "South"])),
            medium=draw(st.sampled_from(["", "Dual stream", "Welsh medium", "English medium"])),
            support=draw(st.sampled_from([None, 1.0, 2.0, 4.0])),
        )
        for k in range(n)
    )


@st.composite
def policies(draw: st.DrawFn) -> Policy:
    low = draw(st.integers(1, 3))
    size = (low, low + draw(st.integers(0, 3)))
    best_low = draw(st.integers(1, 4))
    count = draw(st.none() | st.tuples(st.integers(1, 3), st.integers(0, 2)))
    weight = st.sampled_from([0.0, 0.0, 0.5, 2.0])
    contributing = draw(st.sampled_from([False, False, True]))
    return Policy(
        count=None if count is None else (count[0], count[0] + count[1]),
        size=size,
        best_size=(best_low, best_low + draw(st.integers(0, 2))),
        outside_best=draw(st.sampled_from([0.0, 3.0])),
        measure=draw(st.sampled_from(["hub", "peers"])),
        unit=draw(st.sampled_from(["km", "minutes"])),
        limit_minutes=draw(st.sampled_from([0.0, 30.0, 45.0, 70.0])),
        limit_to=draw(st.sampled_from(["pairs", "hub"])),
        weights=Weights(
            travel=draw(st.sampled_from([1.0, 1.0, 0.0, 2.5])),
            worst=draw(weight),
            flow=draw(weight) / 10,
            need=draw(weight) / 10,
            change=draw(weight),
            links=draw(weight),
            need_pupils=draw(weight) / 10,
            need_support=draw(weight),
        ),
        same_authority=draw(st.sampled_from([False, False, False, True])),
        same_medium=draw(st.sampled_from([False, False, False, True])),
        contributing=contributing,
        contributing_fsm=draw(st.sampled_from([0.0, 10.0])) if contributing else 0.0,
    )


@st.composite
def instances(draw: st.DrawFn, most: int = 8) -> Instance:
    there = draw(schools(most))
    ids = [s.id for s in there]
    one = st.sampled_from(ids)
    pair = st.tuples(one, one).filter(lambda ends: ends[0] != ends[1])
    pairs = st.lists(pair, max_size=2) if len(ids) > 1 else st.just([])
    current = draw(st.dictionaries(one, st.sampled_from(["A", "B"]), max_size=len(ids)))
    fixed = {}
    if current and draw(st.booleans()):
        fixed = draw(
            st.dictionaries(one, st.sampled_from(sorted(set(current.values()))), max_size=2)
        )
    minutes = None
    if draw(st.sampled_from([False, False, True])):
        minutes = draw(
            st.dictionaries(
                pair if len(ids) > 1 else st.just((ids[0], ids[0])),
                st.integers(0, 90).map(float),
                max_size=20,
            )
        )
    return Instance(
        schools=there,
        policy=draw(policies()),
        minutes=minutes,
        flows=tuple(Flow(a, b, draw(st.integers(1, 30))) for a, b in draw(pairs)),
        links=tuple(Link(a, b, draw(st.integers(1, 5))) for a, b in draw(pairs)),
        locks=Locks(
            together=tuple(draw(st.lists(pair, max_size=1)) if len(ids) > 1 else ()),
            apart=tuple(draw(st.lists(pair, max_size=1)) if len(ids) > 1 else ()),
            fixed=fixed,
        ),
        current=current,
    )
