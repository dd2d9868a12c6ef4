"""The moves of a cluster's status as pages offer them: words, consequence, button."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from clusterwork.clusters.models import Cluster
from clusterwork.clusters.states.cluster import MOVES


@dataclass(frozen=True)
class Offered:
    """One move: `slug` in the address, `verb` in the table, what it is called and what it means."""

    slug: str
    verb: str
    called: Any
    means: Any
    is_end: bool = False


OFFERED = (
    Offered(
        "recognise",
        "recognise",
        _("Recognise the cluster"),
        _("The organisation says yes to it. Its work can begin."),
    ),
    Offered(
        "start-work",
        "start work",
        _("Say that its work has begun"),
        _("It counts as an active cluster from that day."),
    ),
    Offered(
        "begin-to-close",
        "begin to close",
        _("Say that it is closing"),
        _("Nothing ends yet: its members stay until it is closed."),
    ),
    Offered(
        "go-on",
        "go on after all",
        _("Let it go on after all"),
        _("It is active again from today, and an end that was announced is taken back."),
    ),
    Offered(
        "close",
        "close",
        _("Close the cluster"),
        _(
            "Its memberships, appointments, programmes and mini-clusters end on that day. A day "
            "to come announces the end. What earlier days say does not change."
        ),
        is_end=True,
    ),
)
BY_SLUG = {each.slug: each for each in OFFERED}


def offered_from(status: str) -> list[Offered]:
    """The moves that a cluster of this status can make, in the order of its life."""
    verbs = {move.verb for move in MOVES if move.source == status}
    return [each for each in OFFERED if each.verb in verbs]


def button_of(offered: Offered, cluster: Cluster, n_members: int) -> str:
    """The button's words, which name the consequence."""
    if not offered.is_end:
        return str(offered.called)
    if not n_members:
        return _now("Close the cluster")
    words = ngettext(
        "Close the cluster and end one membership",
        "Close the cluster and end %(n)s memberships",
        n_members,
    )
    return words % {"n": n_members}
