"""How the work on a proposal goes, in words and numbers."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from clusterwork.clusters.models import Proposal
from clusterwork.web.clusters.shown.bounds import NO_USEFUL_BOUND
from clusterwork.web.formats import number, percent


@dataclass(frozen=True)
class Progress:
    """The same on the page and for its script: a sentence and four figures as text."""

    state: str
    words: str
    seconds: str
    objective: str
    bound: str
    gap: str
    is_open: bool
    share: float

    def to_json(self) -> dict[str, Any]:
        """Field by field."""
        return asdict(self)


def progress_shown(proposal: Proposal) -> Progress:
    """The solver's last word; dashes for what it has not said."""
    kept = proposal.progress
    seconds = _seconds(proposal)
    return Progress(
        state=proposal.get_state_display(),
        words=_words(proposal, kept),
        seconds=number(seconds),
        objective=number(kept.get("objective"), 1),
        bound=number(kept.get("bound"), 1),
        gap=percent(kept.get("gap_share"), 1),
        is_open=proposal.is_open,
        share=min(1.0, seconds / proposal.time_limit_s) if seconds else 0.0,
    )


def _seconds(proposal: Proposal) -> float | None:
    if proposal.started_at is None:
        return None
    return ((proposal.ended_at or timezone.now()) - proposal.started_at).total_seconds()


def _words(proposal: Proposal, kept: dict[str, Any]) -> str:
    if not proposal.is_open:
        return _("The work has ended.")
    if proposal.stop_asked_at:
        return _("It is being cancelled. This takes a few seconds.")
    if proposal.state == Proposal.State.QUEUED:
        return _("It waits for its turn.")
    if kept.get("objective") is None:
        return _("It looks for a first arrangement that keeps all the rules.")
    if kept.get("gap_share") is None or kept["gap_share"] > NO_USEFUL_BOUND:
        return _("It has found an arrangement and looks for better ones.")
    return _(
        "It has found an arrangement and looks for better ones. "
        "No other could be more than %(gap)s better."
    ) % {"gap": percent(kept["gap_share"], 1)}
