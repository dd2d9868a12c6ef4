"""What schools asked for that no officer has answered yet."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, Exists, Max, OuterRef, QuerySet

from clusterwork.clusters.models import Answer, Formation, Proposal, Round
from clusterwork.registry.models import Organisation

MOST = 20


def last_answers() -> QuerySet[Answer]:
    """The answers that no later one of the same school in the same round replaces."""
    later = Answer.objects.filter(
        round=OuterRef("round"), school=OuterRef("school"), number__gt=OuterRef("number")
    )
    return Answer.objects.filter(~Exists(later))


def open_requests(formation: Formation) -> QuerySet[Answer]:
    """Requests to move that wait for the officer's words, by school."""
    asked = last_answers().filter(round__formation=formation, kind=Answer.Kind.ASK_TO_MOVE)
    return asked.filter(reply__isnull=True).select_related("school", "wanted__hub", "round")


@dataclass(frozen=True)
class Waiting:
    """An exercise in which `n` schools wait for an answer, the last of them in this round."""

    formation_id: int
    name: str
    n: int
    round_id: int


def formations_with_requests(organisations: Iterable[Organisation]) -> list[Waiting]:
    """Exercises in which schools wait for an answer: one query."""
    waiting = last_answers().filter(
        kind=Answer.Kind.ASK_TO_MOVE,
        reply__isnull=True,
        round__formation__programme__organisation__in=organisations,
        round__formation__confirmation__isnull=True,
    )
    rows = waiting.order_by("round__formation").values_list(
        "round__formation", "round__formation__name"
    )
    return [Waiting(*row) for row in rows.annotate(n=Count("pk"), last=Max("round"))[:MOST]]


def ready_to_confirm(
    organisations: Iterable[Organisation], waiting: Iterable[Waiting]
) -> list[Proposal]:
    """The last proposal put to schools of each exercise whose last round has ended and that is not
    among those in which schools still wait."""
    still_open = Round.objects.filter(formation=OuterRef("pk"), closed_at__isnull=True)
    ended = Formation.objects.filter(
        ~Exists(still_open), programme__organisation__in=organisations, confirmation__isnull=True
    ).exclude(pk__in=[each.formation_id for each in waiting])
    rows = Proposal.objects.filter(round__formation__in=ended.values("pk"))
    rows = rows.select_related("formation").order_by("formation_id", "-round__number")
    return list(rows.distinct("formation_id")[:MOST])
