"""Signing in again for a signature: each signature takes one proof, at most ten minutes old."""

from __future__ import annotations

import datetime as dt

from allauth.account.adapter import get_adapter
from allauth.account.authentication import get_authentication_records
from allauth.core.exceptions import ReauthenticationRequired
from django.http import HttpRequest

from clusterwork.clusters.rules.agreements.proving import is_fresh
from clusterwork.kernel.errors import Problem
from clusterwork.kernel.messages import N_, Message
from clusterwork.web.clusters.asking import person_of

USED = "agreements_proof_used"


class SignInAgain(Problem):
    """Somebody who signs in by an account of an organisation can only do so from the start."""


def proof_for(request: HttpRequest, now: dt.datetime) -> dt.datetime:
    """When the person last showed that it is she, for a signature that is still to be given.

    Where that is too long ago or was used, the sign-in asks again and comes back to this very
    request. Raises `SignInAgain` for those who have neither a password nor a second factor here.
    """
    at = _last_proof(request)
    if at is not None and is_fresh(at, now):
        return at
    if _can_be_asked(request):
        raise ReauthenticationRequired
    raise SignInAgain(
        Message(N_("Your signature needs you to sign in again.")),
        why=Message(N_("You sign in with your organisation’s account, more than ten minutes ago.")),
        next_step=Message(N_("Sign out, sign in again, and come back to this page.")),
    )


def use_up(request: HttpRequest, proof: dt.datetime) -> None:
    """The proof serves no other signature."""
    request.session[USED] = proof.timestamp()


def _last_proof(request: HttpRequest) -> dt.datetime | None:
    records = get_authentication_records(request, person_of(request))
    if _can_be_asked(request):
        records = [each for each in records if each.get("reauthenticated")]
    if not records:
        return None
    at = dt.datetime.fromtimestamp(records[-1]["at"], tz=dt.UTC)
    return at if at.timestamp() > request.session.get(USED, 0) else None


def _can_be_asked(request: HttpRequest) -> bool:
    return bool(get_adapter().get_reauthentication_methods(person_of(request)))
