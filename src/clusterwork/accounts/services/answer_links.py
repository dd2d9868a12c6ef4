"""Makes and redeems links by which one person answers one thing without signing in.

GET shows what is asked (`look`), POST answers (`redeem`); only the second uses the link up.
"""

from __future__ import annotations

import datetime as dt

from django.core import signing
from django.db import transaction
from django.db.models import Model

from clusterwork.accounts import rules
from clusterwork.accounts.models import AnswerLink, Person
from clusterwork.audit.services import record
from clusterwork.kernel.errors import NotThere
from clusterwork.kernel.messages import N_, Message


class LinkLeadsNowhere(NotThere):
    """Forged, for another purpose, used, or too old; the reader is not told which."""


def make_answer_link(
    *,
    purpose: str,
    person: Person,
    subject: Model,
    now: dt.datetime,
    holds: dt.timedelta = rules.ANSWER_HOLDS,
) -> str:
    """The token for an address; it answers only what `purpose` names, about `subject`, once."""
    link = AnswerLink.objects.create(
        purpose=purpose,
        person=person,
        subject_kind=subject._meta.label_lower,
        subject_id=subject.pk,
        made_at=now,
        expires_at=now + holds,
    )
    return _signer(purpose).sign(f"{purpose}.{link.pk}")


def look(token: str, *, now: dt.datetime) -> AnswerLink:
    """The link of a token, unused and in time. Changes nothing. Raises `LinkLeadsNowhere`."""
    return _checked(AnswerLink.objects.filter(pk=_number(token)).first(), token, now)


@transaction.atomic
def redeem(token: str, *, now: dt.datetime) -> AnswerLink:
    """Uses the link up, inside the caller's transaction: if the answer fails, it still holds.

    Raises `LinkLeadsNowhere`; of two at once the second does.
    """
    locked = AnswerLink.objects.select_for_update().filter(pk=_number(token)).first()
    link = _checked(locked, token, now)
    link.used_at = now
    link.save(update_fields=("used_at",))
    record(
        actor=link.person,
        verb="accounts.redeem",
        subject=link,
        summary=Message(N_("Answered by a link, without signing in")),
        details={"purpose": link.purpose, "kind": link.subject_kind, "id": link.subject_id},
    )
    return link


def _signer(purpose: str) -> signing.Signer:
    return signing.Signer(salt=f"clusterwork.answer.{purpose}", sep="~")


def _number(token: str) -> int:
    """The row's number, once the signature is checked with the salt of the purpose named."""
    purpose = token.partition(".")[0]
    try:
        return int(_signer(purpose).unsign(token).removeprefix(f"{purpose}."))
    except (signing.BadSignature, ValueError):
        raise _nowhere() from None


def _checked(link: AnswerLink | None, token: str, now: dt.datetime) -> AnswerLink:
    if link is None or link.purpose != token.partition(".")[0]:
        raise _nowhere()
    if link.used_at or link.expires_at <= now or not link.person.is_active:
        raise _nowhere()
    return link


def _nowhere() -> LinkLeadsNowhere:
    return LinkLeadsNowhere(
        Message(N_("This link no longer works.")),
        why=Message(N_("It was used, it is too old, or it did not arrive whole.")),
        next_step=Message(N_("Sign in to see what waits for you.")),
    )
