"""Documents as a page of HTML that needs nothing but itself and prints well."""

from __future__ import annotations

from functools import cache
from html import escape
from importlib import resources

from clusterwork.documents.document import AnyDocument, halves_of
from clusterwork.documents.html.elements import language_attributes, written
from clusterwork.documents.html.fragment import to_html


def to_html_page(document: AnyDocument) -> str:
    """A whole page in the language of the document, of its first half where it is bilingual."""
    attributes = language_attributes(halves_of(document)[0].language)
    return (
        f"<!DOCTYPE html>\n<html{written(attributes)}>\n<head>\n"
        '<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escape(document.title)}</title>\n<style>\n{style_sheet()}</style>\n</head>\n"
        f"<body>\n<main>\n{to_html(document)}\n</main>\n</body>\n</html>\n"
    )


@cache
def style_sheet() -> str:
    """The rules that the page carries."""
    return resources.files(__package__).joinpath("page.css").read_text("utf-8")
