"""Making, withdrawing and reading the keys by which programs use the API for a person."""

from __future__ import annotations

import datetime as dt
import hashlib
import secrets

from django.db import transaction
from django.db.models import QuerySet

from clusterwork.accounts.models import ApiToken, Person
from clusterwork.accounts.permissions import lacks_second_factor
from clusterwork.audit.services import record
from clusterwork.kernel.errors import NotThere, Problem
from clusterwork.kernel.messages import N_, Message

PREFIX = "cw_"
LONGEST = dt.timedelta(days=366)
MOST = 20


class TooManyKeys(Problem):
    """A person has as many keys as anyone may have."""


@transaction.atomic
def make_api_token(
    *, person: Person, name: str, holds: dt.timedelta, now: dt.datetime
) -> tuple[ApiToken, str]:
    """The token and its key, which is shown once and kept by its hash. Raises `TooManyKeys`."""
    Person.objects.select_for_update().get(pk=person.pk)
    if open_tokens(person, now).count() >= MOST:
        raise TooManyKeys(
            Message(N_("You have %(n)s keys already; there can be no more."), {"n": MOST}),
            next_step=Message(N_("Withdraw one that is no longer used.")),
        )
    key = PREFIX + secrets.token_urlsafe(32)
    token = ApiToken.objects.create(
        person=person,
        name=name,
        key_hash=_hash(key),
        made_at=now,
        expires_at=now + min(holds, LONGEST),
    )
    _record(person, "make", token, N_("Made a key for the API: %(name)s."))
    return token, key


@transaction.atomic
def withdraw_api_token(*, person: Person, pk: int, now: dt.datetime) -> ApiToken:
    """The person's own key opens nothing any more. Raises `NotThere`."""
    token = ApiToken.objects.select_for_update().filter(person=person, pk=pk).first()
    if token is None:
        raise NotThere(Message(N_("There is no such key.")))
    if token.withdrawn_at is None:
        token.withdrawn_at = now
        token.save(update_fields=("withdrawn_at",))
        _record(person, "withdraw", token, N_("Withdrew a key for the API: %(name)s."))
    return token


def open_tokens(person: Person, now: dt.datetime) -> QuerySet[ApiToken]:
    """The person's keys that still open something, newest first."""
    return ApiToken.objects.filter(person=person, withdrawn_at__isnull=True, expires_at__gt=now)


def person_of_key(key: str, *, now: dt.datetime) -> Person | None:
    """Whose key it is, if it still holds and they may still come in; notes the day of its use.

    Whoever needs a second step of signing in and has none set up may not come in by a key either.
    """
    if not key.startswith(PREFIX):
        return None
    found = ApiToken.objects.select_related("person").filter(key_hash=_hash(key)).first()
    if found is None or not found.holds_at(now) or not found.person.is_active:
        return None
    if lacks_second_factor(found.person):
        return None
    if found.last_used_on != now.date():
        ApiToken.objects.filter(pk=found.pk).update(last_used_on=now.date())
    return found.person


def _hash(key: str) -> str:
    return hashlib.sha256(key.encode()).hexdigest()


def _record(person: Person, verb: str, token: ApiToken, text: str) -> None:
    record(
        actor=person,
        verb=f"accounts.{verb}_api_token",
        subject=token,
        summary=Message(text, {"name": token.name}),
    )
