"""Whatever is written into a document comes out of every format, once and as it was."""

import json
from collections import Counter

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from clusterwork.documents import (
    Block,
    Bullets,
    Definitions,
    Document,
    Heading,
    Note,
    Paragraph,
    Run,
    Table,
    to_docx,
    to_html,
    to_html_page,
    to_json,
    to_pdf,
)
from clusterwork.documents.pdf.glyphs import drawable
from clusterwork.documents.tests.reading import (
    HOSTILE,
    words,
    words_of_html,
    words_of_pdf,
    words_of_word,
)
from clusterwork.documents.texts import clean

ANY = st.text(st.characters(codec=None), max_size=60)
LETTERS = st.text(st.characters(min_codepoint=0x20, max_codepoint=0x17F), max_size=60)
SLOW = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def everywhere(text: str) -> tuple[Block, ...]:
    """Blocks that hold the text in every place that takes one, between marks."""
    marked = f"«{text}»"
    return (
        Heading(1, marked),
        Paragraph((Run(marked, language="cy"), Run(marked, strong=True, emphasis=True))),
        Bullets((marked,)),
        Definitions(((marked, marked),)),
        Note(marked),
        Table(marked, (marked, marked), [(marked, marked)]),
    )


N_PLACES = 12


def counted(found: str, text: str) -> int:
    return found.count(words(f"«{text}»"))


class TestEveryTextOnce:
    @pytest.mark.parametrize("text", HOSTILE)
    def test_hostile_texts_stand_in_each_place_as_written(self, text: str) -> None:
        document, shown = Document("Plan", "en-gb", everywhere(text)), clean(text)
        assert counted(words_of_html(to_html_page(document)), shown) == N_PLACES
        assert counted(words_of_word(to_docx(document)), shown) == N_PLACES
        if text != "שלום עולם":  # read from a page, its words stand in the order of the line
            assert counted(words_of_pdf(to_pdf(document)), drawable(shown)) == N_PLACES

    @pytest.mark.parametrize("text", HOSTILE)
    def test_hostile_titles_too(self, text: str) -> None:
        document = Document(text, "cy", (), version=text, organisation=text, status=text)
        for found in (words_of_html(to_html(document)), words_of_word(to_docx(document))):
            assert found.count(words(clean(text))) == 4
        to_pdf(document)

    @given(ANY)
    def test_any_text_comes_out_of_html(self, text: str) -> None:
        found = words_of_html(to_html(Document("Plan", "en-gb", everywhere(text))))
        assert counted(found, clean(text)) == N_PLACES

    @given(ANY)
    @SLOW
    def test_any_text_comes_out_of_word(self, text: str) -> None:
        found = words_of_word(to_docx(Document("Plan", "en-gb", everywhere(text))))
        assert counted(found, clean(text)) == N_PLACES

    @given(LETTERS)
    @SLOW
    def test_any_latin_text_comes_out_of_pdf(self, text: str) -> None:
        found = words_of_pdf(to_pdf(Document("Plan", "en-gb", everywhere(text))))
        assert counted(found, clean(text)) == N_PLACES

    @given(ANY)
    @SLOW
    def test_no_letter_of_any_text_is_lost_in_pdf(self, text: str) -> None:
        found = words_of_pdf(to_pdf(Document("Plan", "en-gb", (Paragraph(f"«{text}»"),))))
        body = found.removeprefix("Plan")
        assert Counter(body) == Counter(words(f"«{drawable(clean(text))}»"))

    @given(ANY)
    def test_any_text_comes_out_of_json(self, text: str) -> None:
        (half,) = json.loads(to_json(Document("Plan", "cy", (Heading(1, f"«{text}»"),))))[
            "documents"
        ]
        assert half["blocks"][0]["text"] == [{"text": clean(f"«{text}»")}]


class TestNoTextIsMarkup:
    def test_html_holds_no_element_of_the_text(self) -> None:
        page = to_html_page(Document("Plan", "en-gb", everywhere(HOSTILE[3])))
        assert "<script" not in page
        assert "onerror=alert(1)>" not in page.replace("&gt;", "")

    def test_attributes_end_where_we_end_them(self) -> None:
        assert 'onclick="' not in to_html(Document("Plan", "en-gb", everywhere(HOSTILE[4])))


class TestNothing:
    def test_empty_texts_leave_no_empty_header(self) -> None:
        document = Document("", "cy", (Heading(1, ""), Table("", ("",), [("",)])))
        assert words_of_html(to_html(document)) == "–" * 5
        assert words_of_pdf(to_pdf(document)) == "–" * 5
        assert words_of_word(to_docx(document)) == "–" * 5

    def test_empty_blocks_are_left_out(self) -> None:
        parts = (Paragraph(" "), Bullets(()), Definitions(()), Note(""))
        assert words_of_pdf(to_pdf(Document("Plan", "cy", parts))) == "Plan"
        assert words_of_word(to_docx(Document("Plan", "cy", parts))) == "Plan"
