"""Two texts, word by word."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from clusterwork.kernel.differing import IN, OUT, SAME, words_between

texts = st.text() | st.lists(st.sampled_from(["we", "meet", "pay", "each"])).map(" ".join)


class TestWords:
    @given(texts, texts)
    def test_both_texts_can_be_read_from_the_runs(self, old, new):
        runs = words_between(old, new)
        assert "".join(run.text for run in runs if run.what != IN) == old
        assert "".join(run.text for run in runs if run.what != OUT) == new

    @given(texts)
    def test_the_same_text_is_one_run_or_none(self, text):
        assert len(words_between(text, text)) <= 1

    @given(texts, texts)
    def test_what_was_taken_out_stands_before_what_came_in_its_place(self, old, new):
        kinds = [run.what for run in words_between(old, new)]
        assert all(one != other for one, other in pairwise(kinds))
        assert (IN, OUT) not in set(pairwise(kinds))

    def test_only_the_words_that_changed_are_marked(self):
        runs = words_between("Ann banks it.", "Bo banks it.")
        assert [(run.what, run.text) for run in runs] == [
            (OUT, "Ann "),
            (IN, "Bo "),
            (SAME, "banks it."),
        ]
