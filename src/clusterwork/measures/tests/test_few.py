"""Figures that everybody sees and that are about few people."""

from decimal import Decimal

import pytest

from clusterwork.measures.rules.few import tells_of_few
from clusterwork.measures.rules.rolling import Part
from clusterwork.measures.rules.secrecy import Sort

PUPILS = Sort("pupils", "pupils", "sum")
SHARE = Sort("percent", "pupils", "weighted")
MEAN = Sort("score", "pupils", "weighted")


def part(value, denominator=None, numerator=None, code=""):
    return Part(0, None if value is None else Decimal(value), code, denominator, numerator)


class TestTellingOfFew:
    @pytest.mark.parametrize(("n", "told"), [(0, False), (1, True), (4, True), (5, False)])
    def test_a_number_from_one_to_below_the_smallest(self, n, told):
        assert tells_of_few(PUPILS, part(n), 5) is told

    def test_the_officers_choice_of_six_hides_five(self):
        assert tells_of_few(PUPILS, part(5), 6)

    def test_a_share_of_few_and_a_share_of_all_but_few(self):
        assert tells_of_few(SHARE, part(10, 30), 5)
        assert tells_of_few(SHARE, part(90, 30), 5)
        assert not tells_of_few(SHARE, part(50, 30), 5)
        assert not tells_of_few(SHARE, part(100, 30), 5)

    def test_a_mean_of_few(self):
        assert tells_of_few(MEAN, part(101, 3), 5)
        assert not tells_of_few(MEAN, part(101, 30), 5)

    def test_never_a_code_nor_what_is_no_people(self):
        assert not tells_of_few(PUPILS, part(None, 3, code="SUPP"), 5)
        assert not tells_of_few(Sort("schools", "schools", "sum"), part(2), 5)
