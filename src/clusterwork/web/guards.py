"""Every view says who may open it; the permission census lists them and fails on one that doesn't.

A guard stands on the outside of a view and refuses with a sentence that says who can. What
belongs to one organisation or school is guarded once more by the room's own loader, which
raises `NotAllowed` for a person who may not have the object.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar, cast

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_http_methods

from clusterwork.accounts.models import Person, Role
from clusterwork.kernel.errors import NotAllowed
from clusterwork.kernel.messages import N_, Message
from clusterwork.web.context import viewer_of

V = TypeVar("V", bound=Callable[..., HttpResponseBase])


def open_to_all(view: V) -> V:
    """Anyone, signed in or not."""
    return labelled(view, view, "open to all")


def signed_in(view: V) -> V:
    """Anyone who is signed in."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not isinstance(request.user, Person):
            return redirect_to_login(request.get_full_path())
        return view(request, *args, **kwargs)

    return labelled(guarded, view, "signed in")


def needs_role(*kinds: Role.Kind) -> Callable[[V], V]:
    """Anyone who holds a role of one of these kinds today, in any organisation or school."""

    def guard(view: V) -> V:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if not viewer_of(request).has(*kinds):
                raise NotAllowed(
                    Message(N_("Your roles do not include this page.")),
                    next_step=Message(
                        N_("These roles can open it: %(roles)s. Ask one of them."),
                        {"roles": ", ".join(str(kind.label) for kind in kinds)},
                    ),
                )
            return view(request, *args, **kwargs)

        return labelled(signed_in(guarded), view, "role: " + ", ".join(kinds))

    return guard


def only(*methods: str) -> Callable[[V], V]:
    """Refuses other methods with 405; stands inside the guard."""

    def limit(view: V) -> V:
        return require_http_methods(list(methods))(view)

    return limit


def labelled(guarded: Any, view: V, label: str) -> V:
    """`guarded`, carrying the label that the census reads."""
    guarded.guard = label
    return cast(V, guarded)
