"""Puts letters in the outbox, inside the transaction that gives reason for them; and sends them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.db.models import Q
from django.utils import timezone, translation
from procrastinate.exceptions import AlreadyEnqueued

from clusterwork.notify.letters import LETTERS, UnknownLetter, written
from clusterwork.notify.models import Letter
from clusterwork.notify.seal import seal, unseal


class Recipient(Protocol):
    """Whoever is written to: a person of the accounts room, or an `Address`."""

    @property
    def pk(self) -> Any: ...
    @property
    def email(self) -> str: ...
    @property
    def language(self) -> str: ...


@dataclass(frozen=True)
class Address:
    """Somebody who is known by an e-mail address only, or a person written to in this language."""

    email: str
    language: str
    person: Recipient | None = None

    @property
    def pk(self) -> Any:
        """The person's number, if it is a person."""
        return self.person.pk if self.person else None


def queue(
    template: str,
    to: Recipient,
    context: Mapping[str, Any],
    *,
    secrets: Mapping[str, str] | None = None,
) -> Letter:
    """A letter that the worker sends once the caller's transaction is committed.

    `context` holds plain values (texts, numbers); `secrets` what only the reader may know, such
    as a link that lets them in: kept encrypted, and only until sent. Raises `UnknownLetter`.
    """
    if template not in LETTERS:
        raise UnknownLetter(template)
    with transaction.atomic():
        letter = Letter.objects.create(
            template=template,
            language=to.language,
            address=to.email,
            person_id=to.pk,
            context=dict(context),
            sealed=seal(secrets or {}),
        )
        _enqueue(letter)
    return letter


def queue_many(template: str, letters: Iterable[tuple[Recipient, Mapping[str, Any]]]) -> int:
    """Many letters without secrets in two statements; how many. Raises `UnknownLetter`."""
    from clusterwork.notify.tasks import send_letter

    if template not in LETTERS:
        raise UnknownLetter(template)
    with transaction.atomic():
        made = Letter.objects.bulk_create(
            Letter(
                template=template,
                language=to.language,
                address=to.email,
                person_id=to.pk,
                context=dict(context),
                sealed=seal({}),
            )
            for to, context in letters
        )
        if made:
            jobs: list[dict[str, Any]] = [{"letter_id": letter.pk} for letter in made]
            send_letter.batch_defer(*jobs)
    return len(made)


def _enqueue(letter: Letter) -> None:
    """One job a letter; it is written by the same transaction, so it obeys a roll-back."""
    from clusterwork.notify.tasks import send_letter

    send_letter.configure(queueing_lock=f"letter-{letter.pk}").defer(letter_id=letter.pk)


def send(letter_id: int) -> bool:
    """Sends one letter unless it went already; true when it was sent now.

    The row is locked, so two workers never send it twice; a failure of the mail server leaves
    it waiting and is raised to the worker, which tries again.
    """
    with transaction.atomic():
        letter = Letter.objects.select_for_update().filter(pk=letter_id).first()
        if letter is None or letter.sent_at or letter.given_up_at:
            return False
        post(letter)
        letter.sent_at, letter.sealed = timezone.now(), ""
        letter.save(update_fields=("sent_at", "sealed"))
    return True


def post(letter: Letter) -> None:
    """Writes the letter in its language and hands it to the mail server."""
    with translation.override(letter.language):
        subject, text = written(letter.template, {**letter.context, **unseal(letter.sealed)})
    message = EmailMessage(subject, text, settings.DEFAULT_FROM_EMAIL, [letter.address])
    message.extra_headers["Content-Language"] = "cy" if letter.language == "cy" else "en-GB"
    message.extra_headers["Auto-Submitted"] = "auto-generated"
    message.send()


def queue_overdue(
    now: dt.datetime, *, overdue_after: dt.timedelta, give_up_after: dt.timedelta
) -> tuple[int, int]:
    """Queues waiting letters older than `overdue_after` again; returns (queued, given up)."""
    waiting = Letter.objects.filter(sent_at__isnull=True, given_up_at__isnull=True)
    n_given_up = waiting.filter(queued_at__lt=now - give_up_after).update(
        given_up_at=now, sealed=""
    )
    overdue = list(waiting.filter(queued_at__lt=now - overdue_after))
    return sum(_enqueue_again(letter) for letter in overdue), n_given_up


def _enqueue_again(letter: Letter) -> bool:
    """False where the letter's own job still waits."""
    try:
        with transaction.atomic():
            _enqueue(letter)
    except AlreadyEnqueued:
        return False
    return True


def forget_old(now: dt.datetime, *, kept: dt.timedelta) -> int:
    """Removes letters that were sent or given up longer ago than `kept`; returns how many."""
    old = Q(sent_at__lt=now - kept) | Q(given_up_at__lt=now - kept)
    return Letter.objects.filter(old).delete()[0]
