"""Statistics of parts add up to those of the whole, in any order."""

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clusterwork.impact.value_added import Cells, CellsDiffer, cells_of, fit_cells, nothing, total
from clusterwork.impact.value_added.tests.made import pupils

DATA = pupils(5, 2)
CONSTANTS = {"a": 0.1, "b": -0.2, "y": 0.3}


def cells(frame: pl.DataFrame, **other) -> Cells:
    return cells_of(
        frame,
        outcome="y",
        covariates=["a", "b"],
        levels=["authority", "school"],
        **{"constants": CONSTANTS, **other},
    )


WHOLE = cells(DATA.frame)


def same(one: Cells, other: Cells) -> bool:
    return (
        one.keys == other.keys
        and one.missing == other.missing
        and np.allclose(one.sums, other.sums, atol=1e-10)
        and np.allclose(one.products, other.products, atol=1e-9)
        and np.allclose(one.slopes, other.slopes, atol=1e-10)
    )


class TestAMonoid:
    @settings(max_examples=40, deadline=None)
    @given(st.data())
    def test_any_partition_in_any_order_is_one_pass(self, data):
        size = len(DATA.frame)
        part = np.array(data.draw(st.lists(st.integers(0, 3), min_size=size, max_size=size)))
        pieces = [
            cells(DATA.frame.filter(pl.Series(part == number)))
            for number in data.draw(st.permutations(sorted(set(part.tolist()))))
        ]
        assert same(total(pieces), WHOLE)

    def test_nothing_changes_nothing(self):
        assert same(nothing(WHOLE.columns) + WHOLE, WHOLE)
        assert same(WHOLE + nothing(WHOLE.columns), WHOLE)

    def test_with_a_slope_too(self):
        half = len(DATA.frame) // 2
        parts = [cells(each, slope="a") for each in (DATA.frame[:half], DATA.frame[half:])]
        assert same(parts[1] + parts[0], cells(DATA.frame, slope="a"))


class TestPartsThatDoNotBelongTogether:
    def test_other_constants_are_refused_with_the_way_out(self):
        with pytest.raises(CellsDiffer, match=r"centred at different constants.*--centre"):
            WHOLE + cells(DATA.frame, constants={})

    def test_another_model_is_refused(self):
        with pytest.raises(CellsDiffer, match=r"different models"):
            WHOLE + cells(DATA.frame, slope="a")


class TestWhatDoesNotMatter:
    @settings(max_examples=15, deadline=None)
    @given(st.permutations(range(len(DATA.frame))), st.sampled_from([0.0, 1e6, -1e6]))
    def test_order_of_rows_and_shifts_of_columns(self, order, shift):
        moved = DATA.frame[list(order)].with_columns(pl.col("a", "y") + shift)
        fit, base = fit_cells(cells(moved, constants={})), fit_cells(WHOLE)
        assert fit.deviance == pytest.approx(base.deviance, abs=1e-5)
        for one, other in zip(fit.fixed[1:], base.fixed[1:], strict=True):
            assert one.estimate == pytest.approx(other.estimate, abs=1e-8)
            assert one.se == pytest.approx(other.se, abs=1e-8)
        for one, other in zip(fit.effects("school"), base.effects("school"), strict=True):
            assert one.estimate == pytest.approx(other.estimate, abs=1e-7)

    @pytest.mark.parametrize("unit", [1e-4, 7.0, 1e5])
    def test_the_unit_of_the_outcome(self, unit):
        scaled = DATA.frame.with_columns(pl.col("y") * unit)
        fit, base = fit_cells(cells(scaled, constants={})), fit_cells(WHOLE)
        assert [each.estimate / unit for each in fit.fixed] == pytest.approx(
            [each.estimate for each in base.fixed]
        )
        assert [each.value / unit**2 for each in fit.variances] == pytest.approx(
            [each.value for each in base.variances], rel=1e-6
        )

    def test_names_of_schools(self):
        renamed = DATA.frame.with_columns(school=pl.lit("z") + pl.col("school").str.reverse())
        fit, base = fit_cells(cells(renamed)), fit_cells(WHOLE)
        effects = {each.id: each.estimate for each in fit.effects("school")}
        for each in base.effects("school"):
            assert effects["z" + each.id[::-1]] == pytest.approx(each.estimate, abs=1e-9)
