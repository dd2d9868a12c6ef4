from hypothesis import given
from hypothesis import strategies as st

from clusterwork.documents import Run, paragraphs
from clusterwork.documents.texts import breakable, clean, heading_runs, plain, runs_of


class TestTextIsKeptAsWritten:
    def test_everyday_text_is_unchanged(self) -> None:
        assert clean("Darllen gyda’n gilydd: tŷ & <b>") == "Darllen gyda’n gilydd: tŷ & <b>"

    def test_every_kind_of_line_end_becomes_one(self) -> None:
        assert clean("a\r\nb\rc\x0bd\u2028e\x0cf") == "a\nb\nc\nd\ne\nf"

    def test_what_no_format_can_hold_goes(self) -> None:
        assert clean("a\x00b\x1bc\u200bd\ufeffe\u202ef") == "abcdef"

    def test_half_characters_are_marked_as_lost(self) -> None:
        assert clean("a\ud800b\uffffc\U0001fffe") == "a\ufffdb\ufffdc\ufffd"

    def test_a_bullet_pasted_from_a_word_processor_stays_one(self) -> None:
        assert clean("\uf0b7\tRead") == "• Read"

    def test_a_circumflex_typed_apart_joins_its_letter(self) -> None:
        assert clean("w\u0302 y\u0302") == "ŵ ŷ"

    @given(st.text(st.characters(codec=None)))
    def test_cleaning_twice_changes_nothing_more(self, text: str) -> None:
        assert clean(clean(text)) == clean(text)


class TestRuns:
    def test_a_text_of_any_form_is_runs(self) -> None:
        assert runs_of("a") == (Run("a"),)
        assert runs_of(Run("a", "cy")) == (Run("a", "cy"),)
        assert runs_of(("a", Run("b", strong=True))) == (Run("a"), Run("b", strong=True))

    def test_empty_runs_are_none(self) -> None:
        assert runs_of(("", Run("\x00"))) == ()

    def test_a_blank_title_is_a_dash(self) -> None:
        assert plain(heading_runs(" \n ")) == "–"


class TestLongWords:
    def test_may_break_and_lose_nothing(self) -> None:
        text = "x" * 100 + " short " + "y" * 29
        assert "".join(breakable(text)) == text
        assert max(len(word) for piece in breakable(text) for word in piece.split()) < 30

    def test_everyday_words_never_break(self) -> None:
        assert breakable("Llanfairpwllgwyngyll a’r cylch") == ["Llanfairpwllgwyngyll a’r cylch"]


class TestParagraphsOfABox:
    def test_blank_lines_part_them_and_line_breaks_stay(self) -> None:
        found = paragraphs("One\r\ntwo\r\n\r\n \r\nThree\n", language="cy")
        assert [plain(each.text) for each in found] == ["One\ntwo", "Three"]
        assert {run.language for each in found for run in runs_of(each.text)} == {"cy"}

    def test_an_empty_box_gives_none(self) -> None:
        assert paragraphs(" \n\n ") == ()
