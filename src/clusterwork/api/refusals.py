"""What the API answers when it can't: what happened, why, and what to do next."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext
from ninja import NinjaAPI, Schema
from ninja.errors import AuthenticationError, ValidationError

from clusterwork.kernel.errors import NotAllowed, NotThere, Problem, TooOften
from clusterwork.kernel.messages import N_, Message

STATUS: tuple[tuple[type[Problem], int], ...] = (
    (NotAllowed, 403),
    (NotThere, 404),
    (TooOften, 429),
    (Problem, 409),
)


WHOLE = frozenset({"asked", "query"})


class Refusal(Schema):
    """What happened, why, and what to do next."""

    what: str
    why: str = ""
    next_step: str = ""


REFUSALS = dict.fromkeys((401, 403, 404, 422), Refusal)


def answer_refusals(api: NinjaAPI) -> None:
    """Every refusal in one shape."""

    @api.exception_handler(Problem)
    def of_a_room(request: HttpRequest, problem: Problem) -> HttpResponse:
        status = next(code for kind, code in STATUS if isinstance(problem, kind))
        said = told(problem)
        if status == 404 and not said["next_step"]:
            said["next_step"] = gettext("Look for its number in the list.")
        return api.create_response(request, said, status=status)

    @api.exception_handler(AuthenticationError)
    def of_nobody(request: HttpRequest, error: AuthenticationError) -> HttpResponse:
        problem = Problem(
            Message(N_("It is not known who asks.")),
            why=Message(N_("There is no key, or it no longer holds.")),
            next_step=Message(
                N_("Send a key as a bearer token. You make one on your account page.")
            ),
        )
        answer = api.create_response(request, told(problem), status=401)
        answer["WWW-Authenticate"] = "Bearer"
        return answer

    @api.exception_handler(ValidationError)
    def of_values(request: HttpRequest, error: ValidationError) -> HttpResponse:
        wrong = "; ".join(map(_sentence, error.errors))
        problem = Problem(
            Message(N_("A value in the address can't be read.")),
            why=Message("%(wrong)s", {"wrong": wrong}),
            next_step=Message(N_("Correct it and ask again. The description lists what fits.")),
        )
        return api.create_response(request, told(problem), status=422)


def nowhere(request: HttpRequest, rest: str) -> HttpResponse:
    """An address under the API's own that leads nowhere."""
    problem = Problem(
        Message(N_("There is nothing at this address.")),
        next_step=Message(N_("The description lists every address: openapi.json.")),
    )
    return JsonResponse(told(problem), status=404)


nowhere.guard = "open to all"  # type: ignore[attr-defined]  # the census reads it
nowhere.csrf_exempt = True  # type: ignore[attr-defined]  # it changes nothing


def _sentence(error: dict[str, Any]) -> str:
    """What is wrong with one value; a check of the whole address names its words itself."""
    said = str(error["msg"]).removeprefix("Value error, ")
    name = str(error["loc"][-1])
    return said if name in WHOLE else f"{name}: {said}"


def told(problem: Problem) -> dict[str, str]:
    """The three sentences in the language of the one who asks."""
    parts = {"what": problem.what, "why": problem.why, "next_step": problem.next_step}
    return {name: part.translated(gettext) if part else "" for name, part in parts.items()}
