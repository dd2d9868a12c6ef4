import pytest

from clusterwork.documents import Document, Figure, Heading, NotADocument, Paragraph, Table
from clusterwork.documents.errors import (
    HeadingsJump,
    NoAltText,
    NoColumns,
    NotAnImage,
    RowOfOtherLength,
    UnknownLanguage,
)
from clusterwork.documents.tests.made import PICTURE


def of_levels(*levels: int) -> Document:
    return Document("Plan", "cy", [Heading(level, "x") for level in levels])


class TestHeadingsGoDownOneLevelAtATime:
    @pytest.mark.parametrize("levels", [(), (1,), (1, 2, 3, 1), (1, 1, 2, 2, 3, 4, 5, 2)])
    def test_everyday_orders_pass(self, levels: tuple[int, ...]) -> None:
        assert len(of_levels(*levels).parts) == len(levels)

    @pytest.mark.parametrize("levels", [(2,), (1, 3), (1, 2, 4), (0,), (1, 2, 3, 4, 5, 6)])
    def test_a_jump_is_refused(self, levels: tuple[int, ...]) -> None:
        with pytest.raises(HeadingsJump):
            of_levels(*levels)


class TestWhatIsNoDocument:
    def test_a_figure_without_words_is_refused(self) -> None:
        with pytest.raises(NoAltText):
            Figure(PICTURE, " ")

    @pytest.mark.parametrize("text", ["", "<p>text</p>", "<svg><g></svg>", "<svg>&x;</svg>"])
    def test_a_figure_that_is_no_picture_is_refused(self, text: str) -> None:
        with pytest.raises(NotAnImage):
            Figure(text, "A picture")

    def test_a_row_of_other_length_is_refused_with_its_number(self) -> None:
        with pytest.raises(RowOfOtherLength, match="Row 2 has 1 cells under 2 columns"):
            Table("x", ("a", "b"), [("1", "2"), ("1",)])

    def test_a_table_without_columns_is_refused(self) -> None:
        with pytest.raises(NoColumns):
            Table("x", (), [])

    @pytest.mark.parametrize("tag", ["", "welsh", "en_GB", "c", "en-gb-x"])
    def test_an_unknown_language_is_refused(self, tag: str) -> None:
        with pytest.raises(UnknownLanguage):
            Document("Plan", tag, ())

    def test_every_refusal_is_of_one_kind(self) -> None:
        assert issubclass(HeadingsJump, NotADocument)


class TestTitle:
    def test_a_title_of_nothing_is_a_dash(self) -> None:
        assert Document(" \n", "cy", ()).title == "–"

    def test_a_title_is_one_line(self) -> None:
        assert Document("A\nplan\x00", "cy", (Paragraph("x"),)).title == "A plan"
