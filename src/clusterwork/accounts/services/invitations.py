"""Invites people to roles, sends again, withdraws, accepts.

The key of an invitation is in the letter only; the table keeps its SHA-256.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import secrets
from collections.abc import Callable
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import override

from clusterwork.accounts import rules
from clusterwork.accounts.letters import INVITATION
from clusterwork.accounts.models import AnswerLink, Invitation, Person, Role
from clusterwork.accounts.permissions.people import Place, may_give
from clusterwork.accounts.selectors.invitations import open_invitations_to
from clusterwork.accounts.selectors.people import person_by_email
from clusterwork.accounts.selectors.roles import roles_on
from clusterwork.accounts.services.answer_links import make_answer_link
from clusterwork.accounts.services.people import make_person
from clusterwork.accounts.services.roles import (
    HoldsItAlready,
    check_may_give,
    english_label,
    grant_role,
    is_at,
)
from clusterwork.audit.services import record
from clusterwork.kernel.errors import NotAllowed, Problem
from clusterwork.kernel.messages import N_, Message
from clusterwork.notify.services import Address, queue

ACCEPT = "accept_invitation"

# From a key (or the token of an answer link) and a language to a full address; given by the web.
LinkFor = Callable[[str, str], str]


class InvitedAlready(Problem):
    """The same role was offered to this address and waits for its answer."""


class InvitationClosed(Problem):
    """Unknown, accepted, withdrawn or too old; the reader is not told which."""


class SignInFirst(Problem):
    """Somebody is known by the address that was invited."""


class InvitedSomebodyElse(Problem):
    """Another address was invited than that of whoever would accept."""


def hash_of(key: str) -> str:
    """What the table keeps of a key."""
    return hashlib.sha256(key.encode()).hexdigest()


@transaction.atomic
def invite(
    *,
    email: str,
    name: str,
    language: str,
    kind: str,
    place: Place,
    by: Person,
    now: dt.datetime,
    key_link: LinkFor,
    answer_link: LinkFor,
) -> Invitation:
    """Offers a role; the letter leads strangers to make a sign-in, and people known to a page
    where they answer without one. Raises `NotAllowed`, `RoleDoesNotStandHere`, `HoldsItAlready`,
    `InvitedAlready`."""
    check_may_give(by, kind, place, timezone.localdate(now))
    _check_new(email, kind, place, by, now)
    invitation = Invitation(
        email=email.strip().lower(),
        name=" ".join(name.split())[:150],
        language=language,
        kind=kind,
        invited_by=by,
        **is_at(place),
    )
    _send(invitation, now, key_link, answer_link)
    _record(invitation, by, "accounts.invite", N_("Invited %(email)s: %(role)s, %(place)s"))
    return invitation


@transaction.atomic
def send_again(
    *, invitation: Invitation, by: Person, now: dt.datetime, key_link: LinkFor, answer_link: LinkFor
) -> Invitation:
    """A new letter with a new key and fourteen new days, now from `by`; the old letter's link
    stops working.

    Raises `NotAllowed`, `InvitationClosed` (accepted or withdrawn; an expired one can be sent).
    """
    locked = _locked(invitation, by, now)
    locked.invited_by = by
    _send(locked, now, key_link, answer_link)
    _record(locked, by, "accounts.send_again", N_("Invited %(email)s again: %(role)s, %(place)s"))
    return locked


@transaction.atomic
def withdraw(*, invitation: Invitation, by: Person, now: dt.datetime) -> Invitation:
    """The letter's link stops working. Raises `NotAllowed`, `InvitationClosed`."""
    locked = _locked(invitation, by, now)
    locked.withdrawn_at = now
    locked.save(update_fields=("withdrawn_at",))
    _end_links(locked, now)
    _record(locked, by, "accounts.withdraw", N_("Took back from %(email)s: %(role)s, %(place)s"))
    return locked


def invitation_by_key(key: str, now: dt.datetime) -> Invitation:
    """The open invitation of a letter. Raises `InvitationClosed`."""
    found = Invitation.objects.filter(key_hash=hash_of(key)).first()
    return checked_open(found, now)


def invitation_to(person: Person, pk: int, now: dt.datetime) -> Invitation:
    """An open invitation to the person's own address. Raises `InvitationClosed`."""
    return checked_open(open_invitations_to(person.email, now).filter(pk=pk).first(), now)


@transaction.atomic
def accept_as_new_person(
    *, key: str, name: str, language: str, password: str, now: dt.datetime
) -> Person:
    """Makes the person and gives the role. Raises `InvitationClosed`, `NameMissing`, and
    `SignInFirst` where the address is somebody's already."""
    invitation = _lock_by(now, key_hash=hash_of(key))
    if person_by_email(invitation.email):
        raise SignInFirst(
            Message(N_("You have a sign-in already by the address that was invited.")),
            next_step=Message(N_("Sign in, and open the link in the letter again.")),
        )
    person = make_person(
        email=invitation.email, name=name, language=language, password=password, by=None
    )
    _accept(invitation, person, now)
    return person


@transaction.atomic
def accept(*, invitation: Invitation, person: Person, now: dt.datetime) -> Role | None:
    """Gives the role to `person`, who is signed in or answers by a link made for them; None
    where they got it meanwhile by another way. Raises `InvitationClosed`, and the problems of
    `check_invited`."""
    return _accept(_lock_by(now, pk=invitation.pk), person, now)


def check_invited(invitation: Invitation, person: Person) -> None:
    """Raises `NotAllowed` for whoever sent it, `InvitedSomebodyElse` for other addresses."""
    if person.pk == invitation.invited_by_id:
        raise _not_to_oneself()
    if person.email.lower() != invitation.email.lower():
        raise InvitedSomebodyElse(
            Message(N_("This invitation is for another e-mail address than yours.")),
            next_step=Message(
                N_(
                    "Sign out and open the link again to come in by that address, or ask for an "
                    "invitation to your own."
                )
            ),
        )


def _accept(invitation: Invitation, person: Person, now: dt.datetime) -> Role | None:
    check_invited(invitation, person)
    invitation.accepted_at, invitation.accepted_by = now, person
    invitation.save(update_fields=("accepted_at", "accepted_by"))
    _end_links(invitation, now)
    _record(invitation, person, "accounts.accept", N_("Accepted: %(role)s, %(place)s"))
    try:
        with transaction.atomic():
            return grant_role(
                to=person,
                kind=invitation.kind,
                place=invitation.place,
                start_on=timezone.localdate(now),
                by=invitation.invited_by,
            )
    except HoldsItAlready:
        return None


def _check_new(email: str, kind: str, place: Place, by: Person, now: dt.datetime) -> None:
    if email.strip().lower() == by.email.lower():
        raise _not_to_oneself()
    known = person_by_email(email)
    if (
        known
        and roles_on(known, timezone.localdate(now)).filter(kind=kind, **is_at(place)).exists()
    ):
        raise HoldsItAlready(Message(N_("The person has this role already.")))
    if open_invitations_to(email, now).filter(kind=kind, **is_at(place)).exists():
        raise InvitedAlready(
            Message(N_("This address is invited to this role already and has not answered yet.")),
            next_step=Message(N_("Send the invitation again from the list of people.")),
        )


def _not_to_oneself() -> NotAllowed:
    return NotAllowed(
        Message(N_("Nobody gives a role to themselves.")),
        next_step=Message(N_("Ask another programme officer of the organisation.")),
    )


def _send(
    invitation: Invitation, now: dt.datetime, key_link: LinkFor, answer_link: LinkFor
) -> None:
    """Sets a new key and queues the letter; a person who is known gets an answer link instead."""
    key = secrets.token_urlsafe(32)
    invitation.key_hash, invitation.sent_at = hash_of(key), now
    invitation.expires_at = now + rules.INVITATION_HOLDS
    invitation.save()
    _end_links(invitation, now)
    known = person_by_email(invitation.email)
    language = known.language if known else invitation.language
    if known:
        token = make_answer_link(
            purpose=ACCEPT, person=known, subject=invitation, now=now, holds=rules.INVITATION_HOLDS
        )
        link = answer_link(token, language)
    else:
        link = key_link(key, language)
    queue(INVITATION, Address(invitation.email, language, known), _words(invitation, language),
          secrets={"link": link})  # fmt: skip


def _words(invitation: Invitation, language: str) -> dict[str, Any]:
    """What the letter says."""
    until = timezone.localdate(invitation.expires_at)
    with override(language):
        place = str(invitation.place)
    return {
        "role": {"say": english_label(invitation.kind)},
        "place": place,
        "by": str(invitation.invited_by),
        "until": {"day": until.isoformat()},
    }


def _locked(invitation: Invitation, by: Person, now: dt.datetime) -> Invitation:
    """The invitation for changing. Raises `NotAllowed`, `InvitationClosed`."""
    locked = Invitation.objects.select_for_update().get(pk=invitation.pk)
    if not may_give(by, locked.kind, locked.place, timezone.localdate(now)):
        raise NotAllowed(
            Message(N_("You may not change this invitation.")),
            next_step=Message(N_("The programme officer of the organisation can.")),
        )
    if locked.state_at(now) in (Invitation.State.ACCEPTED, Invitation.State.WITHDRAWN):
        raise InvitationClosed(
            Message(N_("This invitation was answered or taken back in the meantime."))
        )
    return locked


def _lock_by(now: dt.datetime, **by: object) -> Invitation:
    return checked_open(Invitation.objects.select_for_update().filter(**by).first(), now)


def checked_open(invitation: Invitation | None, now: dt.datetime) -> Invitation:
    """The invitation, if it can be accepted at `now`. Raises `InvitationClosed`."""
    if invitation is None or invitation.state_at(now) != Invitation.State.OPEN:
        raise InvitationClosed(
            Message(N_("This invitation no longer holds.")),
            why=Message(N_("It was answered, taken back or sent again, or it is too old.")),
            next_step=Message(N_("Ask the person who invited you to send it again.")),
        )
    _check_still_offered(invitation, timezone.localdate(now))
    return invitation


def _check_still_offered(invitation: Invitation, day: dt.date) -> None:
    """An offer lapses with the power to make it."""
    by = invitation.invited_by
    if not (by.is_active and may_give(by, invitation.kind, invitation.place, day)):
        raise InvitationClosed(
            Message(N_("This invitation no longer holds.")),
            why=Message(N_("Whoever sent it may no longer give this role.")),
            next_step=Message(N_("Ask the programme officer of the organisation for a new one.")),
        )


def _end_links(invitation: Invitation, now: dt.datetime) -> None:
    """Links of earlier letters lead nowhere from now on."""
    AnswerLink.objects.filter(
        purpose=ACCEPT,
        subject_kind=invitation._meta.label_lower,
        subject_id=invitation.pk,
        used_at__isnull=True,
    ).update(used_at=now)


def _record(invitation: Invitation, by: Person, verb: str, summary: str) -> None:
    words = {
        "email": rules.hidden(invitation.email),
        "role": english_label(invitation.kind),
        "place": str(invitation.place),
    }
    record(actor=by, verb=verb, subject=invitation, summary=Message(summary, words))
