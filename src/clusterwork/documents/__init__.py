"""Documents that people can read, print and change: one tree of blocks, written in every format.

Pure: the kernel, typst and python-docx only. Fill a `Document` with blocks and hand it to a
writer; a `Bilingual` holds the Welsh and the English, Welsh first, in one file. Text is plain
text: nothing that people wrote is ever read as markup.

    Document("Cluster plan", "en-gb", (Heading(1, "Priorities"), Paragraph("Read more.")))
"""

from clusterwork.documents.blocks import (
    PICTURE_FONTS,
    Block,
    Bullets,
    Contents,
    Definitions,
    Figure,
    Heading,
    Item,
    Note,
    Numbered,
    PageBreak,
    Paragraph,
    paragraphs,
)
from clusterwork.documents.document import AnyDocument, Bilingual, Document
from clusterwork.documents.errors import NotADocument
from clusterwork.documents.html import to_html, to_html_page
from clusterwork.documents.pdf import NotSet, n_pages, to_pdf
from clusterwork.documents.plain import as_plain, to_json
from clusterwork.documents.tables import Column, Signature, Signatures, Table
from clusterwork.documents.texts import Run, Text
from clusterwork.documents.word import to_docx

__all__ = [
    "PICTURE_FONTS",
    "AnyDocument",
    "Bilingual",
    "Block",
    "Bullets",
    "Column",
    "Contents",
    "Definitions",
    "Document",
    "Figure",
    "Heading",
    "Item",
    "NotADocument",
    "NotSet",
    "Note",
    "Numbered",
    "PageBreak",
    "Paragraph",
    "Run",
    "Signature",
    "Signatures",
    "Table",
    "Text",
    "as_plain",
    "n_pages",
    "paragraphs",
    "to_docx",
    "to_html",
    "to_html_page",
    "to_json",
    "to_pdf",
]
