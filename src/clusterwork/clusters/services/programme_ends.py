"""What becomes of participations when a programme's dates are moved; opens no transaction."""

from __future__ import annotations

import datetime as dt

from django.db.models import Q, QuerySet

from clusterwork.clusters.models import Participation, Programme
from clusterwork.clusters.services.refusals import in_words
from clusterwork.kernel.errors import Problem
from clusterwork.kernel.messages import N_, Message

MOST_NAMED = 10


class ParticipationOutside(Problem):
    """A cluster takes part on days that are not the programme's."""


def move_ends(programme: Programme, starts_on: dt.date, ends_on: dt.date | None) -> None:
    """Lets what lasted until the programme's end last until its new one, or its cluster's if that
    comes first, and cuts what would go on after it.

    Raises `ParticipationOutside` where a cluster would take part only on days that the programme
    has no longer, or before its first.
    """
    parts = programme.participations.all()
    _check(parts.filter(start_on__lt=starts_on))
    if ends_on == programme.ends_on:
        return
    if ends_on is not None:
        _check(parts.filter(start_on__gte=ends_on))
    lasting = parts.filter(end_on=programme.ends_on)
    beyond = parts.filter(Q(end_on__isnull=True) | Q(end_on__gt=ends_on)) if ends_on else lasting
    with in_words():
        for each in (lasting | beyond).select_related("cluster"):
            each.end_on = earlier(ends_on, each.cluster.end_on)
            each.save(update_fields=["end_on"])


def earlier(one: dt.date | None, other: dt.date | None) -> dt.date | None:
    """The earlier of two ends, None being no end."""
    return min((day for day in (one, other) if day), default=None)


def _check(parts: QuerySet[Participation]) -> None:
    found = list(parts.select_related("cluster")[: MOST_NAMED + 1])
    if found:
        names = ", ".join(str(each.cluster) for each in found[:MOST_NAMED])
        raise ParticipationOutside(
            Message(
                N_("Clusters take part on days that the programme would not have: %(clusters)s."),
                {"clusters": names + (" …" if len(found) > MOST_NAMED else "")},
            ),
            next_step=Message(
                N_("End or take back their part first, or choose dates that hold them all.")
            ),
        )
