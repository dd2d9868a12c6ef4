"""What happens around every request: headers, the second factor, problems turned into pages."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import Resolver404, resolve, reverse

from clusterwork.accounts.models import Person
from clusterwork.accounts.permissions import lacks_second_factor
from clusterwork.kernel.errors import Problem
from clusterwork.web.errors import page_for

Answer = Callable[[HttpRequest], HttpResponse]

# Where somebody without their second factor may go: to set one up, away, to answer by a link of
# a letter, which needs no sign-in, or to read about the service.
WITHOUT_FACTOR = ("mfa_", "account_")
BY_LINK = frozenset({"answer", "asked_by_link", "place_by_link", "founding_link"})
OPEN_WITHOUT_FACTOR = BY_LINK | {"invitation", "healthz", "accessibility", "privacy"}


def security_headers(answer: Answer) -> Answer:
    """Headers of ASVS 14.4 that Django does not set by itself."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = answer(request)
        response.setdefault("Permissions-Policy", "camera=(), geolocation=(), microphone=()")
        response.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        if not request.path.startswith(settings.STATIC_URL):
            response.setdefault("Cache-Control", "no-store")
        return response

    return middleware


def ask_for_second_factor(answer: Answer) -> Answer:
    """Sends a person whose role needs a second factor, and who has none, to set one up."""

    def middleware(request: HttpRequest) -> HttpResponse:
        user = request.user
        if isinstance(user, Person) and lacks_second_factor(user) and not is_exempt(request):
            return redirect(reverse("mfa_index"))
        return answer(request)

    return middleware


def is_exempt(request: HttpRequest) -> bool:
    """Whether the page asked for is one of those open without the second factor."""
    try:
        name = resolve(request.path_info).url_name or ""
    except Resolver404:
        return True
    return name.startswith(WITHOUT_FACTOR) or name in OPEN_WITHOUT_FACTOR


class AnswerProblems:
    """Turns a `Problem` that no view has caught into the page that says it."""

    def __init__(self, answer: Answer) -> None:
        self.answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.answer(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """A page for a `Problem`; anything else goes on to the 500 page."""
        return page_for(request, error) if isinstance(error, Problem) else None


answer_problems = AnswerProblems
