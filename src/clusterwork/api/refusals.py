"""What the API answers when it can't: what happened, why, and what to do next."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
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
        return api.create_response(request, _told(problem), status=status)

    @api.exception_handler(AuthenticationError)
    def of_nobody(request: HttpRequest, error: AuthenticationError) -> HttpResponse:
        problem = Problem(
            Message(N_("It is not known who asks.")),
            why=Message(N_("There is no key, or it no longer holds.")),
            next_step=Message(
                N_("Send a key as a bearer token. You make one on your account page.")
            ),
        )
        answer = api.create_response(request, _told(problem), status=401)
        answer["WWW-Authenticate"] = "Bearer"
        return answer

    @api.exception_handler(ValidationError)
    def of_values(request: HttpRequest, error: ValidationError) -> HttpResponse:
        wrong = "; ".join(f"{each['loc'][-1]}: {each['msg']}" for each in error.errors)
        problem = Problem(
            Message(N_("A value in the address can't be read.")),
            why=Message("%(wrong)s", {"wrong": wrong}),
            next_step=Message(N_("Correct it and ask again. The description lists what fits.")),
        )
        return api.create_response(request, _told(problem), status=422)


def _told(problem: Problem) -> dict[str, str]:
    parts = {"what": problem.what, "why": problem.why, "next_step": problem.next_step}
    return {name: part.translated(gettext) if part else "" for name, part in parts.items()}
