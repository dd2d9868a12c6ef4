"""The pages for what goes wrong, in both languages: 400, 403, 404, 409, 429, 500, 503."""

from __future__ import annotations

import sys

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from clusterwork.kernel.errors import NotAllowed, NotThere, Problem, TooOften
from clusterwork.kernel.messages import N_, Message
from clusterwork.web.guards import open_to_all

MEGABYTE = 1024 * 1024


class TooMuchText(Problem):
    """More text in one form than the house takes."""


STATUS: tuple[tuple[type[Problem], int], ...] = (
    (NotAllowed, 403),
    (NotThere, 404),
    (TooOften, 429),
    (TooMuchText, 413),
    (Problem, 409),
)


def page_for(request: HttpRequest, problem: Problem) -> HttpResponse:
    """What happened, why and what to do next, with the fitting status."""
    status = next(code for kind, code in STATUS if isinstance(problem, kind))
    context = {"problem": problem, "title": title_for(status)}
    return render(request, "errors/problem.html", context, status=status, using="jinja2")


def title_for(status: int) -> str:
    """The heading of the page for a status."""
    return {
        403: _("You cannot open this page"),
        404: _("Page not found"),
        429: _("Too many tries"),
    }.get(status, _("That cannot be done as it stands"))


def too_much_text() -> Problem:
    """For a form into which a whole document was pasted."""
    most = (settings.DATA_UPLOAD_MAX_MEMORY_SIZE or 0) // MEGABYTE
    return TooMuchText(
        Message(N_("What you sent is larger than %(most)s megabytes of text."), {"most": most}),
        why=Message(N_("Nothing was saved, and what was there before stands as it was.")),
        next_step=Message(
            N_(
                "Go back: your words are still in the form. Keep what belongs in it, and put the "
                "rest in a document."
            )
        ),
    )


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Django's handler for an address that leads nowhere."""
    return render(request, "errors/404.html", status=404, using="jinja2")


def not_allowed(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Django's handler for a refused permission that is not a `NotAllowed`."""
    return render(request, "errors/403.html", status=403, using="jinja2")


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Django's handler for a request that cannot be read, or whose text is too large to be."""
    if isinstance(exception, RequestDataTooBig):
        return page_for(request, too_much_text())
    return render(request, "errors/400.html", status=400, using="jinja2")


@open_to_all
def stale_form(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form whose protection token is missing or old."""
    return render(request, "errors/stale_form.html", status=403, using="jinja2")


def too_often(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """allauth's handler for a rate limit."""
    return render(request, "errors/429.html", status=429, using="jinja2")


def broken(request: HttpRequest) -> HttpResponse:
    """Django's handler for our own mistakes, and for a database that does not answer (503)."""
    if isinstance(sys.exc_info()[1], OperationalError | InterfaceError):
        return render_bare(request, "errors/503.html", 503)
    return render_bare(request, "errors/500.html", 500)


def render_bare(request: HttpRequest, template: str, status: int) -> HttpResponse:
    """A page without the frame's queries, for when the database may be what is broken."""
    from django.template import engines

    page = engines["jinja2"].env.get_template(template)  # type: ignore[attr-defined]
    nonce = str(getattr(request, "csp_nonce", ""))
    return HttpResponse(page.render(csp_nonce=nonce), status=status)
