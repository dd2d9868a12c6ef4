"""Places among different numbers are those of sorting, however they are found."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from clusterwork.impact.coding import coded
from clusterwork.impact.value_added.summing import grouped


class TestCoded:
    @given(
        st.lists(st.integers(-128, 127), min_size=1, max_size=40),
        st.sampled_from([1, 1_000_003]),
        st.sampled_from(["int64", "float64"]),
    )
    def test_is_what_sorting_gives(self, numbers, apart, kind):
        values = np.array(numbers, dtype=kind) * np.array(apart, dtype=kind)
        codes, different = coded(values)
        wanted, places = np.unique(values, return_inverse=True)
        assert np.array_equal(codes, places)
        assert np.array_equal(different, wanted)

    @pytest.mark.parametrize(
        "values",
        [
            np.array([-128, 127, 5, 5] * 20, dtype=np.int8),
            np.array([2**64 - 1, 2**64 - 3, 2**64 - 1], dtype=np.uint64),
            np.array([2**53 + 1, 2**53, 2**53 + 1], dtype=np.int64),
            np.array([0.5, 2.0, 0.5]),
            np.zeros(0),
        ],
    )
    def test_narrow_long_and_broken_numbers_keep_their_value(self, values):
        codes, different = coded(values)
        assert np.array_equal(different[codes], values)


class TestGrouped:
    @given(
        st.lists(st.tuples(st.integers(0, 3), st.integers(0, 3), st.integers(0, 4)), min_size=1),
        st.booleans(),
    )
    def test_rows_of_one_group_have_all_keys_alike_nested_or_not(self, rows, named):
        keys = list(np.array(rows).T)
        if named:
            keys[1] = np.array([f"school {key}" for key in keys[1]], dtype=object)
        codes, groups = grouped(keys)
        assert all((group[codes] == key).all() for group, key in zip(groups, keys, strict=True))
        assert len(groups[0]) == len(set(rows)) == codes.max() + 1
