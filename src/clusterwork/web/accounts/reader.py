"""Who reads the page, where a guard has made sure that somebody is signed in."""

from __future__ import annotations

from allauth.account.adapter import get_adapter
from django.http import HttpRequest

from clusterwork.accounts.models import Person
from clusterwork.kernel.errors import NotAllowed
from clusterwork.kernel.messages import N_, Message


def person_of(request: HttpRequest) -> Person:
    """The person signed in. Raises `NotAllowed` for nobody."""
    if not isinstance(request.user, Person):
        raise NotAllowed(Message(N_("Sign in to see this page.")))
    return request.user


def network_address(request: HttpRequest) -> str:
    """Where the request came from; behind a proxy what the proxy says."""
    return str(get_adapter().get_client_ip(request))
