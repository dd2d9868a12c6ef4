from dataclasses import replace

import pytest

from clusterwork.documents import (
    Bilingual,
    Bullets,
    Contents,
    Document,
    Heading,
    Paragraph,
    Run,
    Table,
    n_pages,
    to_pdf,
)
from clusterwork.documents.pdf.counting import NotOurPdf
from clusterwork.documents.tests.made import ALT, a_document, long_table
from clusterwork.documents.tests.reading_pdf import Pdf


class TestWhatTheFileSaysOfItself:
    def test_language_title_and_standard(self) -> None:
        data = to_pdf(a_document(language="cy", title="Cynllun y tŷ"))
        file = Pdf(data)
        assert file.catalogue["/Lang"] == "cy"
        assert file.file.metadata.title == "Cynllun y tŷ"
        assert file.catalogue["/ViewerPreferences"]["/DisplayDocTitle"]
        assert file.catalogue["/MarkInfo"]["/Marked"]
        assert b"<pdfuaid:part>1</pdfuaid:part>" in data

    def test_every_font_is_inside(self) -> None:
        fonts = [
            descendant.get_object()["/FontDescriptor"]
            for page in Pdf(to_pdf(a_document())).file.pages
            for font in page["/Resources"]["/Font"].values()
            for descendant in font.get_object()["/DescendantFonts"]
        ]
        assert fonts
        assert all({"/FontFile2", "/FontFile3"} & set(font.get_object()) for font in fonts)

    def test_the_same_document_gives_the_same_bytes(self) -> None:
        assert to_pdf(a_document()) == to_pdf(a_document())

    def test_pages_go_through_in_the_order_of_the_tags(self) -> None:
        assert {page.get("/Tabs") for page in Pdf(to_pdf(a_document())).file.pages} == {"/S"}


class TestTags:
    def test_headings_in_order_below_the_title(self) -> None:
        root = Pdf(to_pdf(a_document())).root
        found = [(each.name, each.text) for each in root.every("Title", "H1", "H2", "H3")]
        assert found == [
            ("Title", "Cluster plan"),
            ("H1", "Priorities"),
            ("H2", "Actions"),
            ("H1", "Signing"),
        ]

    def test_lists_with_their_points(self) -> None:
        root = Pdf(to_pdf(a_document(Bullets(("One", "Two"))))).root
        assert [each.text for each in root.one("L").every("LBody")] == ["One", "Two"]

    def test_a_figure_has_its_words_and_place(self) -> None:
        figure = Pdf(to_pdf(a_document())).root.one("Figure")
        assert figure.alt == ALT
        assert len(figure.attributes["BBox"]) == 4

    def test_other_languages_are_marked(self) -> None:
        text = ("In Welsh: ", Run("da iawn", language="cy"))
        file = Pdf(to_pdf(a_document(Paragraph(text))))
        assert file.catalogue["/Lang"] == "en-GB"
        assert "cy" in file.root.languages

    def test_page_numbers_and_rules_are_no_part_of_the_text(self) -> None:
        file = Pdf(to_pdf(a_document()))
        assert "Page 1 of" not in file.root.text
        assert "Page 1 of" in file.untagged


class TestTables:
    def test_a_long_one_is_one_table_with_one_head(self) -> None:
        data = to_pdf(a_document(long_table(150)))
        assert n_pages(data) > 2
        table = Pdf(data).root.one("Table")
        assert len(list(table.every("THead"))) == 1
        assert len(list(table.every("TR"))) == 151

    def test_its_head_comes_again_on_each_page(self) -> None:
        data = to_pdf(a_document(long_table(150)))
        assert Pdf(data).untagged.count("ActionOwner") == n_pages(data) - 1

    def test_headers_name_what_they_head(self) -> None:
        table = Pdf(to_pdf(a_document(long_table(2)))).root.one("Table")
        scopes = [(each.text, each.attributes["Scope"]) for each in table.every("TH")]
        assert scopes == [
            ("Action", "/Column"),
            ("Owner", "/Column"),
            ("Action 0", "/Row"),
            ("Action 1", "/Row"),
        ]
        assert [each.text for each in table.every("TD")] == ["Owner 0", "Owner 1"]

    def test_a_header_is_strong_as_a_whole_unless_a_part_of_it_is_said_to_be(self) -> None:
        weighed = (Run("Reading days", strong=True), "\nsix a year")
        table = Table("Actions", ("Action",), [(weighed,), ("Books",)])
        rows = list(Pdf(to_pdf(a_document(table))).root.one("TBody").every("TH"))
        assert [[each.text for each in row.every("Strong")] for row in rows] == [
            ["Reading days"],
            ["Books"],
        ]

    def test_rows_without_headers_have_none(self) -> None:
        plain = replace(long_table(2), row_headers=False)
        root = Pdf(to_pdf(a_document(long_table(1), plain))).root
        first, second = root.every("Table")
        assert len(list(first.every("TH"))) == 3
        assert len(list(second.every("TH"))) == 2

    def test_a_caption_is_part_of_its_table(self) -> None:
        table = Pdf(to_pdf(a_document(long_table(1)))).root.one("Table")
        assert table.one("Caption").text == "Every action"

    def test_one_without_rows_can_be_written(self) -> None:
        table = Pdf(to_pdf(a_document(Table("None", ("A",), [])))).root.one("Table")
        assert [each.text for each in table.every("TH")] == ["A"]


class TestContents:
    def test_lead_to_each_heading_of_the_document(self) -> None:
        entries = Pdf(to_pdf(a_document())).root.every("TOCI")
        shown = [each.text.split("\u2060")[0].strip() for each in entries]
        assert shown == ["Priorities", "Actions", "Signing"]

    def test_in_a_bilingual_file_each_half_has_its_own(self) -> None:
        welsh = a_document(Contents(), Heading(1, "Blaenoriaethau"), language="cy")
        english = a_document(Contents(), Heading(1, "Priorities"))
        first, second = Pdf(to_pdf(Bilingual(welsh, english))).root.every("TOC")
        assert ("Blaenoriaethau" in first.text, "Priorities" in first.text) == (True, False)
        assert ("Blaenoriaethau" in second.text, "Priorities" in second.text) == (False, True)


class TestPages:
    def test_compact_takes_fewer(self) -> None:
        full = a_document(*(Paragraph("Some words of a plan. " * 30) for _ in range(40)))
        assert n_pages(to_pdf(replace(full, compact=True))) < n_pages(to_pdf(full))

    def test_on_its_side_is_wider_than_high(self) -> None:
        (page,) = Pdf(to_pdf(replace(a_document(Paragraph("x")), landscape=True))).file.pages
        assert page.mediabox.width > page.mediabox.height

    def test_bytes_that_are_no_pdf_of_ours_are_refused(self) -> None:
        with pytest.raises(NotOurPdf):
            n_pages(b"%PDF-1.4")

    def test_an_empty_document_is_a_page(self) -> None:
        assert n_pages(to_pdf(Document("Plan", "cy", ()))) == 1


class TestBilingual:
    def test_one_file_welsh_first(self) -> None:
        both = Bilingual(
            a_document(Heading(1, "Blaenoriaethau"), language="cy", title="Cynllun"),
            a_document(Heading(1, "Priorities"), title="Plan"),
        )
        file = Pdf(to_pdf(both))
        assert file.catalogue["/Lang"] == "cy"
        assert file.file.metadata.title == "Cynllun / Plan"
        assert [each.text for each in file.root.every("Title")] == ["Cynllun", "Plan"]
        english = list(file.root.every("H1"))[1]
        assert (english.text, english.languages) == ("Priorities", {"en-GB"})
        assert "Tudalen 1 o 2" in file.untagged
        assert "Page 2 of 2" in file.untagged


class TestDates:
    def test_the_day_stands_in_the_documents_language(self) -> None:
        text = Pdf(to_pdf(a_document(Paragraph("x"), language="cy"))).root.text
        assert "9 Ionawr 2027" in text
