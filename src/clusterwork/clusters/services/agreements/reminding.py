"""Reminding those who have not signed: by a press, and by itself at most once a week."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.db.models import F, Q
from django.db.models.functions import Coalesce, Greatest
from django.utils import timezone

from clusterwork.accounts.models import Person
from clusterwork.clusters.models import AgreementVersion
from clusterwork.clusters.selectors.signing import signing_of
from clusterwork.clusters.services.agreements.loading import (
    locked,
    not_to_be_signed,
    version_to_move,
)
from clusterwork.clusters.services.agreements.telling import told
from clusterwork.clusters.services.agreements.writing_to import LinkFor, write_reminders
from clusterwork.clusters.states.agreement import IN_FORCE, SIGNING
from clusterwork.kernel.errors import Problem
from clusterwork.kernel.messages import N_, Message

AGAIN_BY_PRESS = dt.timedelta(days=1)
AGAIN_BY_ITSELF = dt.timedelta(days=7)


class RemindedAlready(Problem):
    """Those who have not signed were written to within the last day."""


class EverybodySigned(Problem):
    """Nobody is left to be reminded."""


@transaction.atomic
def remind(*, person: Person, now: dt.datetime, version_pk: int, link_for: LinkFor) -> int:
    """Writes to all who have not signed; how many letters.

    Raises `NotThere`, `NotAllowed`, `NotToBeSigned`, `RemindedAlready`, `EverybodySigned`.
    """
    day = timezone.localdate(now)
    version = version_to_move(person, version_pk, day)
    if version.state not in (SIGNING, IN_FORCE):
        raise not_to_be_signed()
    last = version.reminded_at or version.opened_at
    if last and now - last < AGAIN_BY_PRESS:
        raise RemindedAlready(
            Message(N_("Those who have not signed were written to within the last day.")),
            next_step=Message(N_("Wait until tomorrow, or ring them.")),
        )
    return _remind(person, version, now, link_for)


def remind_all(*, now: dt.datetime, link_for: LinkFor) -> int:
    """Writes about every agreement whose last letters are a week old; how many letters."""
    last = Greatest(Coalesce(F("reminded_at"), F("opened_at")), F("opened_at"))
    due = AgreementVersion.objects.annotate(last=last).filter(
        Q(state=SIGNING) | Q(state=IN_FORCE),
        last__lte=now - AGAIN_BY_ITSELF,
    )
    pks = list(due.order_by("pk").values_list("pk", flat=True))
    return sum(_remind_by_itself(pk, now, link_for) for pk in pks)


@transaction.atomic
def _remind_by_itself(pk: int, now: dt.datetime, link_for: LinkFor) -> int:
    try:
        return _remind(None, locked(pk), now, link_for)
    except EverybodySigned:
        return 0


def _remind(
    person: Person | None, version: AgreementVersion, now: dt.datetime, link_for: LinkFor
) -> int:
    day = timezone.localdate(now)
    signing = signing_of(version, day)
    if all(each.has_signed for each in signing):
        raise EverybodySigned(
            Message(N_("Every school has signed.")),
            next_step=Message(N_("There is nobody to remind.")),
        )
    version.reminded_at = now
    version.save(update_fields=("reminded_at",))
    n = write_reminders(version, signing, day=day, link_for=link_for)
    told(
        person,
        version,
        "agreement.remind",
        N_("Reminded those who have not signed: %(agreement)s. Letters: %(n)s."),
        n=n,
    )
    return n
