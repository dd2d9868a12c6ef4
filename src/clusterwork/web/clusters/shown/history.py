"""What was done to a thing, in the reader's language."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Model
from django.http import HttpRequest

from clusterwork.audit.selectors import entries_about
from clusterwork.web.records import lines_of

PAGE_SIZE = 50


def history_page(request: HttpRequest, subject: Model) -> Page[Any]:
    """One page of the record about `subject` as `records.Line`s, newest first."""
    found: Page[Any] = Paginator(entries_about(subject), PAGE_SIZE).get_page(
        request.GET.get("page")
    )
    found.object_list = lines_of(found.object_list)
    return found
