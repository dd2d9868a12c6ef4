"""What schools asked for that no officer has answered yet."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Count, Exists, OuterRef, QuerySet

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


def formations_with_requests(organisations: Iterable[Organisation]) -> list[tuple[Formation, int]]:
    """Exercises not yet confirmed in which schools wait for an answer, with how many."""
    waiting = last_answers().filter(
        kind=Answer.Kind.ASK_TO_MOVE,
        reply__isnull=True,
        round__formation__programme__organisation__in=organisations,
        round__formation__confirmation__isnull=True,
    )
    counts = dict(waiting.order_by().values_list("round__formation").annotate(n=Count("pk"))[:MOST])
    return [(each, counts[each.pk]) for each in Formation.objects.filter(pk__in=counts)]


def ready_to_confirm(organisations: Iterable[Organisation]) -> list[Proposal]:
    """The last proposal put to schools of each exercise whose last round has ended and in which
    nobody waits for an answer."""
    still_open = Round.objects.filter(formation=OuterRef("pk"), closed_at__isnull=True)
    ended = Formation.objects.filter(
        ~Exists(still_open), programme__organisation__in=organisations, confirmation__isnull=True
    )
    rows = Proposal.objects.filter(round__formation__in=ended.values("pk"))
    rows = rows.select_related("formation").order_by("formation_id", "-round__number")
    waiting = {each.pk for each, _n in formations_with_requests(organisations)}
    last = rows.distinct("formation_id")
    return [each for each in last if each.formation_id not in waiting][:MOST]


def last_round(formation: Formation) -> Round:
    """The round in which a request waits, the last if there are several."""
    rows = Round.objects.filter(pk__in=open_requests(formation).values("round"))
    return rows.order_by("-number")[0]
