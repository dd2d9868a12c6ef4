"""Days that lower rooms put in their sentences are shown as people write them."""

from __future__ import annotations

import datetime as dt

import pytest
from django.utils import translation

from clusterwork.kernel.errors import Problem
from clusterwork.kernel.messages import Message
from clusterwork.web.formats import day_in_words, said


class TestADayInASentence:
    def test_is_written_out(self):
        told = Message("It joined on: %(on)s.", {"on": dt.date(2027, 1, 9)})
        assert said(told) == "It joined on: 9 January 2027."

    def test_is_written_out_in_welsh(self):
        with translation.override("cy"):
            assert said(Message("%(on)s", {"on": dt.date(2027, 1, 9)})) == "9 Ionawr 2027"

    def test_that_was_kept_as_text_is_written_out_as_well(self):
        assert said(Message("%(on)s", {"on": "2027-01-09"})) == "9 January 2027"

    def test_stands_in_every_part_of_a_problem(self):
        problem = Problem(Message("No."), why=Message("Since %(on)s.", {"on": dt.date(2027, 1, 9)}))
        assert said(problem) == "No. Since 9 January 2027."

    @pytest.mark.parametrize("text", ["2027-13-40", "2027-01", "Class of 2027-01-09", ""])
    def test_what_is_no_day_stays(self, text):
        assert day_in_words(text) == text
