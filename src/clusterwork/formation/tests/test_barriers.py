"""Promises of barriers: who must go round goes round, and nobody else."""

from __future__ import annotations

import json
import math
from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from clusterwork.formation import Instance, Policy, evaluate, propose
from clusterwork.formation.barrier_reading import parse_barriers
from clusterwork.formation.model import build_model
from clusterwork.formation.tables import BadTable
from clusterwork.formation.tests import made
from clusterwork.formation.tests.made import school
from clusterwork.formation.travel import kilometres

ESTUARY = ((0.0, -4_000.0), (0.0, 3_000.0))
"""A line northwards through the origin, 4 km down and 3 km up."""


def apart(*barriers: object, west: float = -4, east: float = 4) -> float:
    """Kilometres between a school west and one east of the origin, circuity 1."""
    schools = (school(1, west, 0), school(2, east, 0))
    return float(kilometres(schools, 1.0, barriers)[0, 1])  # type: ignore[arg-type]


class TestGoingRound:
    def test_by_the_nearer_end(self) -> None:
        assert apart() == 8
        assert apart(ESTUARY) == pytest.approx(5 + 5)

    def test_not_at_all_on_one_side_or_beyond_its_end(self) -> None:
        assert apart(ESTUARY, west=1) == 3
        assert apart(((0.0, 1.0), (0.0, 3_000.0))) == 8

    def test_a_school_on_the_barrier_has_both_sides(self) -> None:
        assert apart(ESTUARY, west=0) == 4

    def test_through_an_inner_point_is_across(self) -> None:
        bent = ((0.0, -4_000.0), (0.0, 0.0), (0.0, 3_000.0))
        assert apart(bent) == pytest.approx(10)

    def test_through_an_end_is_no_detour(self) -> None:
        assert apart(((0.0, 0.0), (0.0, 3_000.0))) == pytest.approx(8)

    def test_the_longest_way_counts_across_several(self) -> None:
        small = ((1_000.0, -1.0), (1_000.0, 1.0))
        assert apart(small, ESTUARY) == apart(ESTUARY, small) == pytest.approx(10)

    def test_a_closed_line_is_passed_where_it_begins(self) -> None:
        island = ((0.0, 3_000.0), (8_000.0, 3_000.0), (4_000.0, -9_000.0), (0.0, 3_000.0))
        assert apart(island) == pytest.approx(10)

    def test_circuity_lengthens_the_way_round_too(self) -> None:
        schools = (school(1, -4, 0), school(2, 4, 0))
        assert kilometres(schools, 1.3, (ESTUARY,))[0, 1] == pytest.approx(13)

    @given(
        made.schools(),
        st.lists(st.tuples(st.integers(0, 40), st.integers(0, 40)), min_size=2, max_size=4),
    )
    def test_never_shortens_is_symmetric_and_agrees_with_crossing_by_hand(
        self, schools: tuple[object, ...], points: list[tuple[int, int]]
    ) -> None:
        barrier = tuple((1000.0 * x + 137, 1000.0 * y + 61) for x, y in points)
        before = kilometres(schools, 1.0)  # type: ignore[arg-type]
        after = kilometres(schools, 1.0, (barrier,))  # type: ignore[arg-type]
        assert (after >= before - 1e-9).all()
        assert np.allclose(after, after.T) and not after.diagonal().any()
        for i, a in enumerate(schools):
            for j, b in enumerate(schools):
                assert after[i, j] == pytest.approx(_plainly(a, b, barrier), abs=1e-9)


def _plainly(a: object, b: object, barrier: tuple[tuple[float, float], ...]) -> float:
    one, two = ((s.easting, s.northing) for s in (a, b))  # type: ignore[attr-defined]
    straight = math.dist(one, two)
    if any(_cross(one, two, p, q) for p, q in pairwise(barrier)):
        ends = (barrier[0], barrier[-1])
        straight = min(math.dist(one, end) + math.dist(end, two) for end in ends)
    return straight / 1000


def _cross(a, b, p, q) -> bool:  # type: ignore[no-untyped-def]
    """By solving a + t (b - a) = p + u (q - p)."""
    (ax, ay), (bx, by), (px, py), (qx, qy) = a, b, p, q
    det = (bx - ax) * (py - qy) - (by - ay) * (px - qx)
    if not det:
        return False
    t = ((px - ax) * (py - qy) - (py - ay) * (px - qx)) / det
    u = ((bx - ax) * (py - ay) - (by - ay) * (px - ax)) / det
    return 0 < t < 1 and 0 <= u <= 1


class TestPlans:
    schools = tuple(school(k, x, y) for k, (x, y) in enumerate(
        [(-1, 0), (-1, 6), (-1, -6), (1, 0), (1, 6), (1, -6)]
    ))  # fmt: skip
    wall = ((0.0, -99_000.0), (0.0, 99_000.0))
    rules = Policy(size=(2, 4), count=(3, 3), circuity=1, limit_minutes=0)

    def test_clusters_keep_to_their_side(self) -> None:
        free = Instance(schools=self.schools, policy=self.rules)
        assert propose(free).objective == pytest.approx(6)
        walled = replace(free, barriers=(self.wall,), policy=replace(self.rules, count=(2, 2)))
        proposal = propose(walled)
        assert {frozenset(c.members) for c in proposal.clusters} == {
            frozenset("012"),
            frozenset("345"),
        }

    def test_the_travel_limit_counts_the_way_round(self) -> None:
        rules = replace(self.rules, limit_minutes=45)
        instance = Instance(schools=self.schools, policy=rules, barriers=(self.wall,))
        found = evaluate(instance, {"A": ["0", "3"], "B": ["1", "4"], "C": ["2", "5"]})
        assert [each.against.rule for each in found.breaches] == ["travel_limit"] * 3

    def test_minutes_from_a_routing_engine_are_left_as_they_are(self) -> None:
        instance = Instance(schools=self.schools, minutes={("0", "3"): 7.0}, barriers=(self.wall,))
        model = build_model(instance)
        assert model.minutes[0, 3] == 7 and model.minutes[0, 4] > 200


def written(kind: str, coordinates: object) -> dict[str, object]:
    return {"type": kind, "coordinates": coordinates}


class TestReading:
    line = written("LineString", [[400_000, 300_000, 5], [401_000.5, 300_000]])

    @pytest.mark.parametrize(
        "found",
        [
            line,
            {"type": "Feature", "properties": {}, "geometry": line},
            {"type": "FeatureCollection", "features": [{"type": "Feature", "geometry": line}]},
            written("MultiLineString", [line["coordinates"]]),
            {"type": "GeometryCollection", "geometries": [line]},
        ],
        ids=["line", "feature", "features", "lines", "collection"],
    )
    def test_reads_lines_however_they_are_wrapped(self, found: dict[str, object]) -> None:
        read = parse_barriers("b.geojson", json.dumps(found).encode())
        assert read == (((400_000, 300_000), (401_000.5, 300_000)),)

    @pytest.mark.parametrize(
        ("data", "why"),
        [
            (b"{", "It is not GeoJSON."),
            (b"\xff\xfe", "It is not GeoJSON."),
            (b"[]", "It is not GeoJSON."),
            (json.dumps(written("Point", [1, 2])).encode(), "something other than lines: Point"),
            (json.dumps(written("LineString", [[1, 2]])).encode(), "fewer than two points"),
            (json.dumps(written("LineString", [[1, 2], ["a", 3]])).encode(), 'numbers: ["a", 3]'),
            (json.dumps(written("LineString", None)).encode(), "It is not GeoJSON."),
            (json.dumps(written("LineString", [[-3.1, 51.4], [-3, 51]])).encode(), "degrees"),
        ],
        ids=["cut", "bytes", "list", "point", "short", "words", "nothing", "degrees"],
    )
    def test_says_what_is_wrong(self, data: bytes, why: str) -> None:
        with pytest.raises(BadTable) as caught:
            parse_barriers("b.geojson", data)
        assert "b.geojson" in str(caught.value) and why in str(caught.value)
