"""Records what was done, inside the transaction that does it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Protocol

from django.db.models import Model

from clusterwork.audit.models import Entry
from clusterwork.kernel.messages import N_, Message

SYSTEM_LABEL = N_("The system")


class Actor(Protocol):
    """Anyone who can do something: has an id and a name to show."""

    pk: Any

    def __str__(self) -> str: ...


def record(
    *,
    actor: Actor | None,
    verb: str,
    subject: Model,
    summary: Message,
    details: Mapping[str, Any] | None = None,
) -> Entry:
    """Adds one entry. `actor=None` is the system itself or the command line."""
    return Entry.objects.create(
        actor_id=actor.pk if actor else None,
        actor_label=str(actor) if actor else SYSTEM_LABEL,
        verb=verb,
        subject_kind=subject._meta.label_lower,
        subject_id=subject.pk,
        subject_label=str(subject)[:300],
        summary=summary.template,
        params={name: _plain(value) for name, value in summary.params.items()},
        details=dict(details or {}),
    )


def _plain(value: object) -> object:
    """A value that JSON can hold; anything else as its text."""
    return value if isinstance(value, str | int | float | bool | None) else str(value)
