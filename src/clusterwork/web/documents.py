"""Documents as pages and downloads: the same document in the form that a reader asks for."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.http import content_disposition_header
from django.utils.safestring import mark_safe
from django.utils.translation import gettext_lazy as _

from clusterwork.documents import (
    AnyDocument,
    to_docx,
    to_html,
    to_html_page,
    to_json,
    to_pdf,
)
from clusterwork.documents.texts import clean
from clusterwork.kernel.errors import NotThere
from clusterwork.kernel.messages import N_, Message

LONGEST_NAME = 100
NOT_IN_NAMES = frozenset('/\\:*?"<>|')


@dataclass(frozen=True, slots=True)
class Form:
    """A form to download a document in: its name in addresses, words, type and writer."""

    name: str
    words: str | Promise
    content_type: str
    write: Callable[[AnyDocument], str | bytes]


FORMS = (
    Form("pdf", _("PDF"), "application/pdf", to_pdf),
    Form(
        "docx",
        _("Word"),
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        to_docx,
    ),
    Form("html", _("Web page"), "text/html; charset=utf-8", to_html_page),
    Form("json", _("JSON, for programs"), "application/json", to_json),
)


def document_response(document: AnyDocument, form: str, name: str) -> HttpResponse:
    """The document as a file called `name`; raises `NotThere` for a form that there is not.

    `form` is one of `pdf`, `docx`, `html`, `json`.
    """
    found = form_called(form)
    response = HttpResponse(found.write(document), content_type=found.content_type)
    disposition = content_disposition_header(True, f"{file_name(name)}.{found.name}")
    response.headers["Content-Disposition"] = disposition or "attachment"
    return response


def document_page(
    request: HttpRequest,
    document: AnyDocument,
    address_of: Callable[[str], str],
    *,
    seen_by_words: str | Promise,
    trail_items: Sequence[Mapping[str, str]] = (),
    template: str = "documents/document.html",
    context: Mapping[str, Any] | None = None,
) -> HttpResponse:
    """The document on a page of the service, with links to its other forms.

    `address_of` gives the address of a form. A template of a room's own gets the same context:
    `title`, `body` (safe HTML, one heading of the first level) and `forms`.
    """
    shown = {
        "title": document.title,
        "body": mark_safe(to_html(document)),  # noqa: S308 - the writer escapes every text
        "forms": [{"text": each.words, "href": address_of(each.name)} for each in FORMS],
        "trail_items": list(trail_items),
        "seen_by_words": seen_by_words,
        **(context or {}),
    }
    return render(request, template, shown, using="jinja2")


def form_called(name: str) -> Form:
    """The form of a name; raises `NotThere`."""
    for form in FORMS:
        if form.name == name:
            return form
    raise NotThere(
        Message(N_("This document cannot be had in that form.")),
        next_step=Message(N_("Ask for it as PDF, Word, a web page or JSON.")),
    )


def file_name(name: str) -> str:
    """The name as every system takes it for a file: letters of any language, no path."""
    kept = "".join(" " if sign in NOT_IN_NAMES else sign for sign in clean(name))
    return " ".join(kept.split()).strip(". ")[:LONGEST_NAME].rstrip() or "document"
