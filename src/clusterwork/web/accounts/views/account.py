"""Your account: name, language, how you sign in."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from clusterwork.web.guards import only, signed_in


@signed_in
@only("GET")
def account(request: HttpRequest) -> HttpResponse:
    """Who you are here and how you sign in."""
    return render(request, "accounts/account.html", using="jinja2")
