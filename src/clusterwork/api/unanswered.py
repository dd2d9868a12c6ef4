"""Refusals that never reached the API's own code, said in its one shape: by status."""

from __future__ import annotations

import json
from collections.abc import Callable

from django.http import Http404, HttpRequest, HttpResponse
from ninja import NinjaAPI
from ninja.errors import HttpError

from clusterwork.api.refusals import told
from clusterwork.kernel.errors import Problem
from clusterwork.kernel.messages import N_, Message

Answer = Callable[[HttpRequest], HttpResponse]
PLACE = "/api/v1/"
NO_SECOND_STEP = 302  # the pages lead somebody without it to where it is set up


def _said(what: str, why: str = "", next_step: str = "") -> Problem:
    return Problem(
        Message(what),
        why=Message(why) if why else None,
        next_step=Message(next_step) if next_step else None,
    )


ASK_LATER = N_("Ask again later. If it happens again, tell whoever runs the service.")
BY_STATUS: dict[int, Problem] = {
    NO_SECOND_STEP: _said(
        N_("You have not set up the second step of signing in."),
        N_("Your role needs it, on the pages and here."),
        N_("Set it up on your account page, then ask again."),
    ),
    400: _said(
        N_("The request can't be read."),
        next_step=N_("Correct it and ask again. The description lists what fits."),
    ),
    403: _said(
        N_("This can't be done here."), next_step=N_("Do it on the pages, or ask with a key.")
    ),
    404: _said(
        N_("There is nothing at this address."),
        next_step=N_("The description lists every address: openapi.json."),
    ),
    405: _said(
        N_("Nothing can be changed here."),
        N_("The API only reads: it answers GET and nothing else."),
        N_("Ask with GET. Changes are made on the pages."),
    ),
    429: _said(N_("You have asked too often."), next_step=N_("Ask again later.")),
    503: _said(N_("The database does not answer."), next_step=ASK_LATER),
}
BROKEN = _said(N_("Something went wrong on our side."), next_step=ASK_LATER)


def problem_of(status: int) -> Problem:
    """What is said of a status that came without words of ours."""
    if status in BY_STATUS:
        return BY_STATUS[status]
    return BROKEN if status >= 500 else BY_STATUS[400]


def answer_the_rest(api: NinjaAPI) -> None:
    """What the library itself refuses, in the same shape."""

    @api.exception_handler(HttpError)
    def of_the_library(request: HttpRequest, error: HttpError) -> HttpResponse:
        said = told(problem_of(error.status_code))
        return api.create_response(request, said, status=error.status_code)

    @api.exception_handler(Http404)
    def of_nothing(request: HttpRequest, error: Http404) -> HttpResponse:
        return api.create_response(request, told(problem_of(404)), status=404)


def refusals_in_json(answer: Answer) -> Answer:
    """Says in JSON whatever is refused under the API's address, and leads nobody to a page."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = answer(request)
        is_json = response.get("Content-Type", "").startswith("application/json")
        if not request.path_info.startswith(PLACE) or response.status_code < 300 or is_json:
            return response
        return _in_json(response)

    return middleware


def _in_json(response: HttpResponse) -> HttpResponse:
    """The same answer with its headers, in words for programs."""
    problem = problem_of(response.status_code)
    if response.status_code < 400:
        del response["Location"]
        response.status_code = 403
    response.content = json.dumps(told(problem)).encode()
    response["Content-Type"] = "application/json"
    return response
