"""Sentences that are written once and shown in the reader's language."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clusterwork.kernel.errors import NotAllowed, Problem
from clusterwork.kernel.messages import N_, Message

WELSH = {
    "Line: %(line)s.": "Llinell: %(line)s.",
    "Kind: %(kind)s.": "Math: %(kind)s.",
    "Primary": "Cynradd",
}


def welsh(text: str) -> str:
    return WELSH.get(text, text)


class TestMessage:
    def test_reads_in_english_by_itself(self):
        assert str(Message(N_("Line: %(line)s."), {"line": 3})) == "Line: 3."

    def test_reads_in_the_language_of_the_catalogue(self):
        assert Message("Line: %(line)s.", {"line": 3}).translated(welsh) == "Llinell: 3."

    def test_messages_inside_go_along(self):
        inside = Message("Kind: %(kind)s.", {"kind": Message("Primary")})
        assert inside.translated(welsh) == "Math: Cynradd."

    @given(st.text())
    def test_a_sentence_without_places_is_never_formatted(self, text):
        assert str(Message(text)) == text

    def test_a_missing_value_is_our_mistake_and_fails(self):
        with pytest.raises(KeyError):
            str(Message("Line: %(line)s.", {"other": 3}))


class TestProblem:
    def test_says_what_why_and_what_next(self):
        problem = Problem(Message("A."), why=Message("B."), next_step=Message("C."))
        assert str(problem) == "A. B. C."

    def test_leaves_out_what_is_not_known(self):
        assert str(NotAllowed(Message("A."), next_step=Message("C."))) == "A. C."
