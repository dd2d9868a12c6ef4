"""The forms of the register's pages, a module a noun."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest


def posted(request: HttpRequest) -> tuple[Any, Any]:
    """What was sent, fields and files; None and None where the page is only looked at."""
    return (request.POST, request.FILES) if request.method == "POST" else (None, None)
