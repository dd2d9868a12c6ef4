"""How the demonstration's clusters chose their priorities: proposed, ranked, voted, taken over."""

from __future__ import annotations

from typing import Any

from clusterwork.cli.demo.cast import Cast
from clusterwork.cli.demo.days import Days
from clusterwork.cli.demo.needs import READING, SUBJECTS, TRANSPORT
from clusterwork.clusters.models import Vote
from clusterwork.clusters.services.voting import vote
from clusterwork.plans.models import Candidate, Choosing, Need, NeedsStatement
from clusterwork.plans.selectors.choosing import ranking_seen
from clusterwork.plans.services.choosing import ask_to_rank, start_choosing
from clusterwork.plans.services.choosing_checks import PriorityFacts
from clusterwork.plans.services.choosing_deciding import put_to_vote, settle_choosing
from clusterwork.plans.services.choosing_proposals import propose_from_need, propose_priority
from clusterwork.plans.services.choosing_ranking import rank_priorities
from clusterwork.web.clusters.deciding.links import decision_link
from clusterwork.web.plans.needs.links import choosing_link

FRIDAYS, LEADERS = "Every pupil in school every day", "Subject leaders shared between schools"
LATE_CHOICE, SINGING = "Reasoning in mathematics", "Singing and speaking"
# The places that each of the first cluster's heads gives: 1 is first, 0 not ranked.
RANKS = ((1, 2, 3, 4), (1, 3, 2, 0), (2, 1, 3, 4), (2, 3, 1, 4), (1, 2, 3, 0), (3, 1, 2, 4))
CHOSEN = 3
COMMENT = "Without a taxi on Fridays nothing else reaches these children."


def choose(cast: Cast, days: Days) -> None:
    """The first cluster has decided; the second still ranks what was proposed."""
    choosing = _started(cast, days)
    _rank(cast, choosing, days)
    _decide(cast, choosing, days)
    _second(cast, days)


def _started(cast: Cast, days: Days) -> Choosing:
    who: dict[str, Any] = {"person": cast.coordinator, "day": days.lately(60)}
    period: dict[str, Any] = {"start_on": days.start_on, "end_on": days.end_on}
    choosing = start_choosing(**who, cluster_pk=cast.first.pk, **period)
    for text in (READING, TRANSPORT, SUBJECTS):
        _from_need(cast, choosing, text, days)
    every = tuple(cast.schools)
    facts = PriorityFacts(
        "Moving to Year 7 without a gap",
        "The secondary school and we know each other’s reading books and routines.",
        Need.Area.TRANSITION,
        every,
    )
    propose_priority(**who, pk=choosing.pk, school_pk=None, facts=facts)
    day, by = days.lately(55), days.lately(45)
    return ask_to_rank(
        person=cast.coordinator, day=day, pk=choosing.pk, rank_by=by, link_for=choosing_link
    )


def _from_need(cast: Cast, choosing: Choosing, text: str, days: Days) -> None:
    said = NeedsStatement.objects.filter(school__in=cast.schools, year=days.year)
    need = Need.objects.filter(statement__in=said, text=text).select_related("statement").first()
    if need is None:
        return
    school_pk = need.statement.school_id
    propose_from_need(
        person=cast.heads[school_pk],
        day=days.lately(58),
        pk=choosing.pk,
        school_pk=school_pk,
        need_pk=need.pk,
    )


def _rank(cast: Cast, choosing: Choosing, days: Days) -> None:
    pks = _proposed(choosing)
    for n, ((school_pk, head), ranks) in enumerate(
        zip(cast.old_hands.items(), RANKS, strict=False)
    ):
        rank_priorities(
            person=head,
            day=days.lately(50),
            pk=choosing.pk,
            school_pk=school_pk,
            places={pk: place for pk, place in zip(pks, ranks, strict=False) if place},
            comments={pks[1]: COMMENT} if n == 2 else {},
            seen=ranking_seen(choosing, cast.schools[school_pk]),
        )


def _proposed(choosing: Choosing) -> list[int]:
    found = Candidate.objects.filter(choosing=choosing).order_by("pk")
    return list(found.values_list("pk", flat=True))


def _decide(cast: Cast, choosing: Choosing, days: Days) -> None:
    pks = _proposed(choosing)
    put = put_to_vote(
        person=cast.coordinator,
        day=days.lately(44),
        pk=choosing.pk,
        candidates=pks[:CHOSEN],
        title="Our priorities for the next two years",
        link_for=decision_link,
    )
    for n, (school_pk, head) in enumerate(cast.old_hands.items()):
        vote(
            person=head,
            day=days.lately(42),
            pk=put.decision_id or 0,
            school_pk=school_pk,
            answer=Vote.Answer.ABSTAIN if n == 4 else Vote.Answer.AGREE,
            link_for=decision_link,
        )
    settle_choosing(
        person=cast.coordinator, day=days.lately(40), pk=choosing.pk, link_for=decision_link
    )


def _second(cast: Cast, days: Days) -> None:
    who: dict[str, Any] = {"person": cast.other_coordinator, "day": days.lately(50)}
    period: dict[str, Any] = {"start_on": days.start_on, "end_on": days.end_on}
    choosing = start_choosing(**who, cluster_pk=cast.second.pk, **period)
    every = tuple(cast.other_schools)
    areas = Need.Area
    for title, area in ((LATE_CHOICE, areas.NUMERACY), (SINGING, areas.CURRICULUM)):
        facts = PriorityFacts(title, "", area, every)
        propose_priority(**who, pk=choosing.pk, school_pk=None, facts=facts)
    told: dict[str, Any] = {"pk": choosing.pk, "link_for": choosing_link}
    ask_to_rank(**who, rank_by=days.ahead(14), **told)
