"""Addresses: the same page in another language, and the same list with another filter."""

from __future__ import annotations

from django.http import HttpRequest
from django.urls import translate_url


def same_page_in(request: HttpRequest, language: str) -> str:
    """The address of this very page, query included, in `language`."""
    return translate_url(request.get_full_path(), language)


def with_query(request: HttpRequest, **changes: object) -> str:
    """This page's address with query fields set; a field given as None or "" is taken away."""
    query = request.GET.copy()
    for name, value in changes.items():
        if value in (None, ""):
            query.pop(name, None)
        else:
            query[name] = str(value)
    return f"{request.path}?{query.urlencode()}" if query else request.path
