"""The look of a Word file: real styles, so that headings can be gone through and changed."""

from __future__ import annotations

from typing import Any

from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor

from clusterwork.documents import languages
from clusterwork.documents.document import Document
from clusterwork.documents.word.xml import marked_language

FONT = "Arial"
INK, FAINT = RGBColor(0x0B, 0x0C, 0x0C), RGBColor(0x50, 0x5A, 0x5F)
TITLE, HEADINGS = 22, (16, 13, 11.5, 11, 11)
BODY, SMALL, LEAD = 11, 9.5, 13
COMPACT_BY = 2.0
NOTE, LEADING = "Note", "Lead"


def dressed(word: Any, document: Document) -> None:
    """Sets the styles, the language and the page of a new file."""
    less = COMPACT_BY if document.compact else 0.0
    _defaults(word, document.language)
    _settings(word, document.language)
    styles = word.styles
    _style(styles["Normal"], BODY - less, after=3 if document.compact else 7)
    _style(styles["Title"], TITLE - 3 * less, bold=True, after=4)
    for level, size in enumerate(HEADINGS, start=1):
        _style(styles[f"Heading {level}"], size - less, bold=True, before=10 - 2 * less, after=4)
    _style(styles["Caption"], BODY - less, bold=True, before=6, after=3)
    styles["Caption"].paragraph_format.keep_with_next = True
    _style(_new(styles, NOTE), SMALL - less / 2, after=4, colour=FAINT)
    _style(_new(styles, LEADING), LEAD - less, after=7)
    for section in word.sections:
        _page(section, document)


def _defaults(word: Any, language: str) -> None:
    defaults = word.styles.element.find(qn("w:docDefaults"))
    properties = defaults.find(qn("w:rPrDefault")).find(qn("w:rPr"))
    marked_language(properties, languages.for_word(language))
    marked_language(word.styles["Normal"].element.get_or_add_rPr(), languages.for_word(language))


def _new(styles: Any, name: str) -> Any:
    style = styles.add_style(name, 1)
    style.base_style = styles["Normal"]
    return style


def _style(
    style: Any,
    size: float,
    *,
    bold: bool = False,
    before: float = 0,
    after: float = 0,
    colour: RGBColor = INK,
) -> None:
    font, layout = style.font, style.paragraph_format
    font.name, font.size, font.bold, font.italic = FONT, Pt(size), bold, False
    font.color.rgb = colour
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for name in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{name}"), None)
    for name in ("eastAsia", "cs"):
        fonts.set(qn(f"w:{name}"), FONT)
    layout.space_before, layout.space_after, layout.line_spacing = Pt(before), Pt(after), 1.1
    _no_rule_below(style)


def _no_rule_below(style: Any) -> None:
    properties = style.element.pPr
    if properties is not None and properties.find(qn("w:pBdr")) is not None:
        properties.remove(properties.find(qn("w:pBdr")))


def _page(section: Any, document: Document) -> None:
    sides = Cm(21.0), Cm(29.7)
    section.page_width, section.page_height = sides[::-1] if document.landscape else sides
    if document.landscape:
        _on_its_side(section)
    margin = Cm(1.5 if document.compact else 2.2)
    section.left_margin = section.right_margin = margin
    section.top_margin = section.bottom_margin = margin


def _on_its_side(section: Any) -> None:
    """Tells the printer that the page lies on its side."""
    section._sectPr.find(qn("w:pgSz")).set(qn("w:orient"), "landscape")


def _settings(word: Any, language: str) -> None:
    """Asks for the layout of today's word processors, and for our language as the theme's."""
    settings = word.settings.element
    for each in settings.iter(qn("w:compatSetting")):
        if each.get(qn("w:name")) == "compatibilityMode":
            each.set(qn("w:val"), "15")
    for each in settings.iter(qn("w:themeFontLang")):
        each.set(qn("w:val"), languages.for_word(language))
