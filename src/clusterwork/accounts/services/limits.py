"""Keeps anyone from doing one thing too often; counted in the database, so over all processes."""

from __future__ import annotations

import datetime as dt
import hashlib
from dataclasses import dataclass

from clusterwork.accounts.models import Attempt
from clusterwork.kernel.errors import TooOften
from clusterwork.kernel.messages import N_, Message


@dataclass(frozen=True)
class Limit:
    """At most `n_times` within `within`."""

    n_times: int
    within: dt.timedelta


LIMITS = {
    # By a person: a morning of inviting a county's heads fits; a script does not.
    "invite": Limit(400, dt.timedelta(hours=1)),
    # To one address, whoever sends.
    "invite_address": Limit(5, dt.timedelta(days=1)),
    # By a person: letters to other schools while forming a cluster.
    "founding_invite": Limit(60, dt.timedelta(hours=1)),
    "founding_purpose": Limit(10, dt.timedelta(days=1)),
    # By a network address: guessing keys, links and passwords.
    "open_invitation": Limit(60, dt.timedelta(minutes=10)),
    "accept_invitation": Limit(20, dt.timedelta(minutes=10)),
    "open_answer": Limit(60, dt.timedelta(minutes=10)),
}
KEPT = dt.timedelta(days=2)


def count(action: str, who: object, *, now: dt.datetime) -> None:
    """Counts one try of `action` by `who`. Raises `TooOften` when the limit is reached.

    Not part of the caller's transaction by intent: call it before, so that a refused try counts.
    """
    limit, whose = LIMITS[action], _hash(who)
    tries = Attempt.objects.filter(action=action, who_hash=whose, at__gt=now - limit.within)
    if tries.count() >= limit.n_times:
        raise TooOften(
            Message(N_("This was tried too often in a short time.")),
            next_step=Message(
                N_("Try again after %(minutes)s minutes."),
                {"minutes": max(1, round(limit.within.total_seconds() / 60))},
            ),
        )
    Attempt.objects.create(action=action, who_hash=whose, at=now)
    Attempt.objects.filter(action=action, at__lt=now - KEPT).delete()


def _hash(who: object) -> str:
    return hashlib.sha256(str(who).strip().lower().encode()).hexdigest()
