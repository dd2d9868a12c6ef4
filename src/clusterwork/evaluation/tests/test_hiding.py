"""What stays hidden beside a total cannot be worked out from what is shown."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from clusterwork.evaluation.rules.hiding import hidden_among, hidden_groups

SMALLEST = 5
TREES = st.dictionaries(
    st.tuples(st.sampled_from("ABC"), st.sampled_from("123456")), st.integers(1, 12), min_size=3
)


def told(counts, hidden):
    """The sums that a reader knows, as rows over the lowest groups."""
    keys = sorted(counts)
    shown = {()} | {key[:1] for key in keys} | set(keys)
    return keys, [
        [1.0 if key[: len(each)] == each else 0.0 for key in keys]
        for each in sorted(shown - hidden)
    ]


def can_be_told(counts, hidden, key) -> bool:
    keys, rows = told(counts, hidden)
    wanted = [1.0 if each == key else 0.0 for each in keys]
    rank = np.linalg.matrix_rank(np.array(rows))
    return bool(np.linalg.matrix_rank(np.array([*rows, wanted])) == rank)


class TestHiddenGroups:
    def test_hides_nothing_where_nothing_is_small(self):
        assert hidden_groups({("A", "1"): 5, ("A", "2"): 6, ("B", "3"): 9}, SMALLEST) == set()

    def test_hides_the_smallest_other_school_of_the_authority_too(self):
        counts = {("A", "1"): 3, ("A", "2"): 30, ("A", "3"): 20, ("B", "4"): 6, ("B", "5"): 9}
        assert hidden_groups(counts, SMALLEST) == {("A", "1"), ("A", "3")}

    def test_hides_an_authority_with_its_only_school(self):
        counts = {("A", "1"): 3, ("B", "2"): 30, ("B", "3"): 20, ("C", "4"): 40}
        hidden = hidden_groups(counts, SMALLEST)
        assert {("A",), ("A", "1"), ("B",), ("B", "3")} == hidden

    def test_two_hidden_together_are_as_many_as_the_smallest_number(self):
        counts = {("1",): 2, ("2",): 2, ("3",): 8, ("4",): 9}
        assert hidden_groups(counts, SMALLEST) == {("1",), ("2",), ("3",)}

    @given(TREES)
    def test_nothing_small_can_be_worked_out(self, counts):
        hidden = hidden_groups(counts, SMALLEST)
        small = {key for key, n in counts.items() if n < SMALLEST}
        assert small <= hidden
        shown = set(counts) - hidden
        for key in small:
            assert not can_be_told(counts, hidden, key) or not shown or len(counts) == 1

    @given(TREES, TREES)
    def test_nothing_hidden_in_a_part_is_shown_of_the_whole(self, one, other):
        whole = {key: one.get(key, 0) + other.get(key, 0) for key in {*one, *other}}
        hidden = hidden_among([one, other], whole, SMALLEST)
        assert hidden_groups(one, SMALLEST) | hidden_groups(other, SMALLEST) <= hidden
