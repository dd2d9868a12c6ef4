"""What was done to a thing, in the reader's language."""

from __future__ import annotations

from django.core.paginator import Page, Paginator
from django.db.models import Model
from django.http import HttpRequest
from django.utils.translation import gettext

from clusterwork.audit.models import Entry
from clusterwork.audit.selectors import entries_about

PAGE_SIZE = 50


def history_page(request: HttpRequest, subject: Model) -> Page[Entry]:
    """The entries, newest first, each with its `sentence`."""
    page = Paginator(entries_about(subject), PAGE_SIZE).get_page(request.GET.get("page"))
    for entry in page:
        entry.sentence = gettext(entry.summary) % entry.params  # type: ignore[attr-defined]
    return page
