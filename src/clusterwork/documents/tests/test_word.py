import zipfile
from io import BytesIO
from typing import Any

import pytest
from docx.oxml.ns import qn

from clusterwork.documents import Bilingual, Heading, Numbered, Paragraph, Run, to_docx
from clusterwork.documents.tests.made import ALT, a_document, long_table
from clusterwork.documents.tests.reading import word_file


def written(*parts: Any, **how: Any) -> Any:
    return word_file(to_docx(a_document(*parts, **how)))


class TestWhatTheFileSaysOfItself:
    def test_title_language_and_whose_it_is(self) -> None:
        properties = written(language="cy", title="Cynllun y tŷ").core_properties
        assert (properties.title, properties.language) == ("Cynllun y tŷ", "cy-GB")
        assert properties.author == "Invented County"
        assert properties.created.date().isoformat() == "2027-01-09"

    def test_the_language_of_its_styles(self) -> None:
        for language, tag in (("cy", "cy-GB"), ("en-gb", "en-GB")):
            styles = written(language=language).styles.element
            tags = {each.get(qn("w:val")) for each in styles.iter(qn("w:lang"))}
            assert tags == {tag}

    def test_pages_are_numbered_by_fields(self) -> None:
        footer = written().sections[0].footer._element
        fields = [each.text.strip() for each in footer.iter(qn("w:instrText"))]
        assert fields == ["PAGE", "NUMPAGES"]
        kinds = [each.get(qn("w:fldCharType")) for each in footer.iter(qn("w:fldChar"))]
        assert kinds == ["begin", "separate", "end"] * 2


class TestStructure:
    def test_headings_have_heading_styles(self) -> None:
        found = [
            (each.style.name, each.text)
            for each in written().paragraphs
            if each.style.name.startswith(("Heading", "Title"))
        ]
        assert found == [
            ("Title", "Cluster plan"),
            ("Heading 1", "Priorities"),
            ("Heading 2", "Actions"),
            ("Heading 1", "Signing"),
        ]

    def test_contents_lead_to_the_headings(self) -> None:
        body = written().element.body
        places = [each.get(qn("w:name")) for each in body.iter(qn("w:bookmarkStart"))]
        assert [each.get(qn("w:anchor")) for each in body.iter(qn("w:hyperlink"))] == places

    def test_a_list_within_a_list_stands_deeper(self) -> None:
        points = [each for each in written().paragraphs if each._p.xpath(".//w:numPr")]
        depths = [(each.text, each._p.pPr.numPr.ilvl.val) for each in points]
        assert depths == [
            ("First point", 0),
            ("Second point", 0),
            ("Inner one", 1),
            ("Inner two", 1),
        ]

    def test_each_numbered_list_counts_from_one(self) -> None:
        file = written(Numbered(("a", "b")), Paragraph("between"), Numbered(("c",)))
        numbers = [each._p.pPr.numPr.numId.val for each in file.paragraphs if each.text in "abc"]
        assert numbers[0] == numbers[1] != numbers[2]

    def test_other_languages_are_marked(self) -> None:
        file = written(Paragraph(("In Welsh: ", Run("da iawn", language="cy"))))
        runs = file.paragraphs[-1].runs
        tags = [each._r.find(f".//{qn('w:lang')}") for each in runs]
        assert tags[0] is None
        assert tags[1].get(qn("w:val")) == "cy-GB"


# Of the elements that we write or the library does, in the order that the format asks for.
ORDERS = {
    "rPr": "rStyle rFonts b i color spacing kern sz szCs rtl lang",
    "pPr": "pStyle keepNext keepLines pBdr numPr tabs spacing ind contextualSpacing jc outlineLvl",
    "tblPr": "tblStyle tblW jc tblBorders tblLayout tblLook tblCaption",
}


class TestTheFormat:
    @pytest.mark.parametrize("name", ORDERS)
    def test_properties_stand_in_its_order(self, name: str) -> None:
        leftward = Paragraph(Run("مرحبا", language="ar", strong=True, emphasis=True))
        file = written(*a_document().parts, leftward, language="cy")
        known = ORDERS[name].split()
        for properties in file.element.body.iter(qn(f"w:{name}")):
            found = [each.tag.split("}")[1] for each in properties]
            assert found == sorted(found, key=known.index)

    def test_no_picture_of_another_document_comes_with_it(self) -> None:
        with zipfile.ZipFile(BytesIO(to_docx(a_document()))) as file:
            assert not [name for name in file.namelist() if "thumbnail" in name]


class TestTables:
    def test_the_head_comes_again_and_rows_stay_whole(self) -> None:
        (table,) = written(long_table(3)).tables
        head, *rows = table._tbl.tr_lst
        assert head.find(f".//{qn('w:tblHeader')}") is not None
        assert all(row.find(f".//{qn('w:tblHeader')}") is None for row in rows)
        assert all(row.find(f".//{qn('w:cantSplit')}") is not None for row in (head, *rows))

    def test_first_row_and_column_are_said_to_be_headers(self) -> None:
        (table,) = written(long_table(1)).tables
        look = table._tbl.tblPr.find(qn("w:tblLook"))
        assert (look.get(qn("w:firstRow")), look.get(qn("w:firstColumn"))) == ("1", "1")
        assert int(look.get(qn("w:val")), 16) & 0xA0 == 0xA0

    def test_the_caption_stands_before_it(self) -> None:
        file = written(long_table(1))
        (caption,) = [each for each in file.paragraphs if each.style.name == "Caption"]
        assert caption.text == "Every action"
        assert caption._p.getnext() is file.tables[0]._tbl

    def test_figures_stand_right(self) -> None:
        table = written().tables[0]
        assert table.cell(1, 2).paragraphs[0].alignment is not None
        assert table.cell(1, 1).paragraphs[0].alignment is None


class TestAFigure:
    def test_has_its_words(self) -> None:
        (shape,) = written().inline_shapes
        assert shape._inline.docPr.get("descr") == ALT


class TestBilingual:
    def test_one_file_welsh_first(self) -> None:
        both = Bilingual(
            a_document(Heading(1, "Blaenoriaethau"), language="cy", title="Cynllun"),
            a_document(Heading(1, "Priorities"), title="Plan"),
        )
        file = word_file(to_docx(both))
        assert file.core_properties.title == "Cynllun / Plan"
        assert file.core_properties.language == "cy-GB"
        (english,) = [each for each in file.paragraphs if each.text == "Priorities"]
        assert english._p.find(f".//{qn('w:lang')}").get(qn("w:val")) == "en-GB"
        names = [each.get(qn("w:name")) for each in file.element.body.iter(qn("w:bookmarkStart"))]
        assert len(names) == len(set(names)) == 2
