"""Documents as a fragment of HTML with the class names of GOV.UK's components."""

from __future__ import annotations

from clusterwork.documents.document import AnyDocument, Bilingual, Document
from clusterwork.documents.html.blocks import Writer
from clusterwork.documents.html.elements import element, language_attributes
from clusterwork.documents.particulars import particulars
from clusterwork.documents.texts import Run


def to_html(document: AnyDocument, *, top: int = 1) -> str:
    """An article in the document's language; a bilingual one holds two, Welsh first.

    `top` is the level of the title's heading on the page that it goes into.
    """
    if isinstance(document, Bilingual):
        return _bilingual(document, top)
    return _article(document, top=top, place="")


def _bilingual(document: Bilingual, top: int) -> str:
    titles = " / ".join(_title(half) for half in document.halves)
    link = element("a", "English", href="#document-2", class_="govuk-link", lang="en-GB")
    inner = [
        element(f"h{top}", titles, class_="govuk-heading-l"),
        element("p", link, class_="govuk-body cw-document__other"),
        *(
            _article(half, top=top + 1, place=f"document-{number}")
            for number, half in enumerate(document.halves, start=1)
        ),
    ]
    return element("div", "\n".join(inner))


def _title(document: Document) -> str:
    title = Writer(document).inline(document.title)
    return element("span", title, **language_attributes(document.language))


def _article(document: Document, *, top: int, place: str) -> str:
    writer = Writer(document, top=top, place=place)
    size = "xl" if top == 1 else "l"
    inner = [
        element(f"h{top}", writer.inline(document.title), class_=f"govuk-heading-{size}"),
        _particulars(document, writer),
        *(writer.block(part) for part in writer.parts),
    ]
    return element(
        "article",
        "\n".join(inner),
        class_="cw-document cw-document--compact" if document.compact else "cw-document",
        id=place or None,
        **language_attributes(document.language),
    )


def _particulars(document: Document, writer: Writer) -> str:
    shown = [
        element(
            "span",
            writer.inline((Run(label, strong=True), f" {value}" if label else value)),
            class_="cw-document__particular",
        )
        for label, value in particulars(document)
    ]
    if not shown:
        return ""
    return element("p", " ".join(shown), class_="govuk-body-s cw-document__particulars")
