"""How a closer look stands: how far it is, what came in the way, whether it is of today."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from clusterwork.clusters.models import Look
from clusterwork.clusters.selectors.looks import is_outdated
from clusterwork.clusters.sentences import read
from clusterwork.clusters.services.looking_closer import seconds_for
from clusterwork.web.formats import number, said

USUAL_S = {Look.Kind.ALTERNATIVES: 12.0, Look.Kind.LOCKS: 10.0}


@dataclass(frozen=True)
class LookShown:
    """A look that was asked for; `trouble` are sentences where it has no answer."""

    look: Look
    words: str
    seconds: str
    share: float
    trouble: list[str]
    is_outdated: bool
    address: str

    @property
    def is_done(self) -> bool:
        """Whether there is an answer to show."""
        return self.look.state == Look.State.DONE

    def to_json(self) -> dict[str, Any]:
        """What the page's script shows."""
        return {
            "is_open": self.look.is_open,
            "words": self.words,
            "seconds": self.seconds,
            "share": self.share,
        }


def look_shown(look: Look | None) -> LookShown | None:
    """How it stands; None where nobody has asked."""
    if look is None:
        return None
    seconds = _seconds(look)
    return LookShown(
        look,
        _words(look),
        number(seconds),
        min(1.0, seconds / (USUAL_S.get(Look.Kind(look.kind)) or seconds_for(look))),
        [said(sentence) for key in ("what", "why", "next_step") if (sentence := _read(look, key))],
        not look.is_open and is_outdated(look),
        reverse("look_progress", args=[look.pk]),
    )


def _read(look: Look, key: str) -> Any:
    return read(look.trouble.get(key))


def _seconds(look: Look) -> float:
    if look.started_at is None:
        return 0.0
    return ((look.ended_at or timezone.now()) - look.started_at).total_seconds()


def _words(look: Look) -> str:
    if not look.is_open:
        return _("The work has ended.")
    if look.state == Look.State.WAITING:
        return _("It waits for its turn.")
    return _("It is being worked out.")
