from clusterwork.documents import Document, Paragraph, to_pdf
from clusterwork.documents.pdf.engine import can_set
from clusterwork.documents.pdf.glyphs import UNSURE, drawable
from clusterwork.documents.tests.reading_pdf import Pdf


def shown(text: str) -> str:
    return Pdf(to_pdf(Document("Plan", "cy", (Paragraph(text),)))).root.one("P").text


class TestSignsThatNoFontDraws:
    def test_all_that_are_taken_for_sure_can_be_drawn(self) -> None:
        signs = [chr(code) for code in range(0x20, 0x2100) if not UNSURE.match(chr(code))]
        sure = [sign for sign in signs if not 0x7F <= ord(sign) <= 0x9F]
        assert can_set("".join(sure))

    def test_welsh_is_drawn_as_it_is(self) -> None:
        text = "Ŵ ŵ Ŷ ŷ Ẁ ẁ Ẃ ẃ Ẅ ẅ Ỳ ỳ â ê î ô û ï"
        assert drawable(text) == text
        assert shown(text) == text

    def test_an_emoji_stands_by_its_name(self) -> None:
        assert shown("Da iawn \U0001f389") == "Da iawn [party popper]"

    def test_a_sign_without_a_name_stands_by_its_number(self) -> None:
        assert shown("a\ue000b") == "a[u+e000]b"

    def test_what_only_joins_emoji_goes_with_them(self) -> None:
        assert shown("\u2764\ufe0f\u200d\U0001f525").endswith("[fire]")

    def test_a_mark_on_a_letter_of_another_font_stands_by_its_name(self) -> None:
        assert shown("1\ufe0f\u20e3 first") == "1[combining enclosing keycap] first"
