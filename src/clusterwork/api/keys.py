"""Who asks: a program with a person's key, or a person signed in in the browser."""

from __future__ import annotations

from typing import cast

from django.http import HttpRequest
from django.utils import timezone
from ninja.security import HttpBearer, django_auth

from clusterwork.accounts.models import Person
from clusterwork.accounts.services.api_tokens import person_of_key


class Key(HttpBearer):
    """`Authorization: Bearer cw_…`, a key that a person made on the account page."""

    def authenticate(self, request: HttpRequest, token: str) -> Person | None:
        """The person whose key it is."""
        return person_of_key(token, now=timezone.now())


WAYS_IN = (Key(), django_auth)


def person_of(request: HttpRequest) -> Person:
    """Whoever asks."""
    return cast(Person, request.auth)  # type: ignore[attr-defined]
