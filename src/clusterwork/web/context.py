"""What every page's frame shows: who is signed in, where they can go, the other language."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib.messages import get_messages
from django.http import HttpRequest
from django.utils.translation import get_language

from clusterwork.accounts.models import Person
from clusterwork.web.address import same_page_in
from clusterwork.web.navigation import Viewer, navigation


def frame(request: HttpRequest) -> dict[str, Any]:
    """Django's context processor for Jinja pages."""
    viewer = viewer_of(request)
    other = "en-gb" if get_language() == "cy" else "cy"
    return {
        "csp_nonce": str(getattr(request, "csp_nonce", "")),
        "demo": settings.DEMO,
        "viewer": viewer,
        "navigation": navigation(request, viewer),
        "notices": get_messages(request),
        "other_language": other,
        "other_address": same_page_in(request, other) if viewer.sees_welsh else "",
    }


def viewer_of(request: HttpRequest) -> Viewer:
    """Who is looking, with today's roles; read once a request."""
    if not hasattr(request, "viewer"):
        user = getattr(request, "user", None)
        request.viewer = Viewer.of(user if isinstance(user, Person) else None)  # type: ignore[attr-defined]
    viewer: Viewer = request.viewer  # type: ignore[attr-defined]
    return viewer
