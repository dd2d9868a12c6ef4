"""Words of the official lists are shown in the reader's language where they are known."""

from __future__ import annotations

from django.utils.translation import gettext, override

from clusterwork.web.registry.official import KNOWN, official_words
from clusterwork.web.registry.wording import value_words


def test_english_pages_show_them_as_filed() -> None:
    assert all(official_words(word) == word for word in KNOWN)


def test_welsh_pages_show_known_words_in_welsh_and_others_as_filed() -> None:
    with override("cy"):
        assert official_words("Predecessor") == "Rhagflaenydd"
        assert (
            value_words("religious_character", "Moravian/Hindu") == f"Moravian/{gettext('Hindu')}"
        )
        assert value_words("town", "Mixed") == "Mixed"
