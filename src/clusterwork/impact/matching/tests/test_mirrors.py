"""Comparison groups of one area each, as large as the group beside which they stand."""

from __future__ import annotations

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clusterwork.impact.matching import Mirrored, mirrored
from clusterwork.impact.matching.matching import OneGroupOnly

COVARIATES = ["size", "need"]


def schools(
    seed: int, groups: int = 3, each: int = 3, areas: int = 6, per: int = 8
) -> pl.DataFrame:
    """Groups of schools that take part, and areas of others; two phases."""
    draw = np.random.default_rng(seed)
    rows = [
        (f"t{g}-{n}", 1, f"g{g}", None, draw.normal(), draw.normal(), "primary")
        for g in range(groups)
        for n in range(each)
    ]
    rows += [
        (f"c{a}-{n}", 0, None, f"a{a}", draw.normal(), draw.normal(), "primary")
        for a in range(areas)
        for n in range(per)
    ]
    names = ("unit", "took", "group", "area", "size", "need", "phase")
    return pl.DataFrame(rows, schema=list(names), orient="row")


def of(frame: pl.DataFrame, k: int = 1, exact: tuple[str, ...] = ()) -> Mirrored:
    return mirrored(frame, "took", "unit", "group", "area", COVARIATES, exact, k)


class TestMirrored:
    @given(st.integers(0, 10_000), st.integers(1, 4))
    @settings(max_examples=25, deadline=None)
    def test_nobody_stands_twice_and_each_group_is_whole_and_of_one_area(
        self, seed: int, k: int
    ) -> None:
        found = of(schools(seed), k)
        others = [other for each in found.mirrors for other in each.others.values()]
        assert len(others) == len(set(others))
        for each in found.mirrors:
            assert {unit.split("-")[0] for unit in each.others} == {f"t{each.group[1:]}"}
            assert len(each.others) == 3
            assert {other.split("-")[0] for other in each.others.values()} == {f"c{each.area[1:]}"}

    @given(st.integers(0, 10_000))
    @settings(max_examples=15, deadline=None)
    def test_an_area_gives_a_second_group_only_when_all_gave_one(self, seed: int) -> None:
        found = of(schools(seed, groups=3, areas=6), k=2)
        areas = [each.area for each in found.mirrors]
        assert len(areas) == 6
        assert len(set(areas)) == 6

    @given(st.integers(0, 10_000))
    @settings(max_examples=15, deadline=None)
    def test_the_order_of_rows_makes_no_difference(self, seed: int) -> None:
        frame = schools(seed)
        again = of(frame.sample(fraction=1.0, shuffle=True, seed=seed), 2)
        assert of(frame, 2).mirrors == again.mirrors

    def test_one_group_gets_the_area_whose_schools_are_nearest(self) -> None:
        frame = schools(1, groups=1, areas=2)
        copies = frame.filter(pl.col("took") == 1).with_columns(
            took=pl.lit(0, pl.Int64),
            group=pl.lit(None, pl.String),
            area=pl.lit("twin"),
            unit=pl.lit("twin-") + pl.col("unit"),
        )
        (found,) = of(pl.concat([frame, copies])).mirrors
        assert found.area == "twin"
        assert found.others == {unit: f"twin-{unit}" for unit in found.others}

    def test_least_distance_of_all_groups_together_as_tried_by_hand(self) -> None:
        rows = [("t1", 1, "g1", None, 0.0), ("t2", 1, "g2", None, 1.0)]
        rows += [("a", 0, None, "a", 1.0), ("b", 0, None, "b", 9.0)]
        frame = pl.DataFrame(rows, schema=["unit", "took", "group", "area", "size"], orient="row")
        found = mirrored(frame, "took", "unit", "group", "area", "size").mirrors
        # t1–a and t2–b cost 1 + 8, t1–b and t2–a 9 + 0: alike; two of one area are never taken
        assert {each.area for each in found} == {"a", "b"}

    def test_only_units_of_equal_phase_stand_beside_each_other(self) -> None:
        frame = schools(2).with_columns(
            phase=pl.when(pl.col("area").is_in(["a0", "a1", "a2"]))
            .then(pl.lit("secondary"))
            .otherwise("phase")
        )
        found = of(frame, 2, ("phase",))
        assert {each.area for each in found.mirrors} == {"a3", "a4", "a5"}

    def test_a_group_that_no_area_can_serve_as_a_whole_gets_none(self) -> None:
        found = of(schools(3, each=9, per=8))
        assert found.mirrors == ()
        assert found.matched.n_matched == 0

    def test_without_others_it_says_so(self) -> None:
        with pytest.raises(OneGroupOnly):
            of(schools(1).filter(pl.col("took") == 1))
