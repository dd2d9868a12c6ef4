"""Names are found without accents and stand in the order of either alphabet."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clusterwork.registry.rules.names import fold, sort_key, welsh_sort_key


class TestFold:
    @pytest.mark.parametrize(
        ("name", "folded"),
        [
            ("Ysgol Gynradd Pen Llŷn", "ysgol gynradd pen llyn"),
            ("St. Mary's & St. John's", "st marys and st johns"),
            ("Ysgol Y Tŵr – Ŵyn", "ysgol y twr wyn"),
            ("  ", ""),
        ],
    )
    def test_leaves_plain_words(self, name: str, folded: str) -> None:
        assert fold(name) == folded

    @given(st.text(max_size=40))
    def test_gives_words_that_an_index_can_hold(self, text: str) -> None:
        words = fold(text)
        assert words.isascii()
        assert words == " ".join(words.split())
        assert fold(words) == words


class TestOrder:
    def test_is_the_welsh_alphabet(self) -> None:
        names = [
            "Lewis",
            "Llanbradach",
            "Lyn",
            "Cwm",
            "Chwarel",
            "Dyffryn",
            "Ddu",
            "Gwaun",
            "Ngwlad",
        ]
        expected = [
            "Cwm",
            "Chwarel",
            "Dyffryn",
            "Ddu",
            "Gwaun",
            "Ngwlad",
            "Lewis",
            "Lyn",
            "Llanbradach",
        ]
        assert sorted(names, key=welsh_sort_key) == expected

    def test_parts_n_and_g_where_two_parts_of_a_name_meet(self) -> None:
        assert sorted(["Llangybi", "Llanfair"], key=welsh_sort_key) == ["Llanfair", "Llangybi"]

    def test_is_blind_to_accents_in_english(self) -> None:
        assert sort_key("Éowyn School") == sort_key("eowyn school")
