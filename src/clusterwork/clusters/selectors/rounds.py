"""Rounds of putting a proposal to its schools: who was asked, who answered what, who has not."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import QuerySet

from clusterwork.clusters.models import Answer, Formation, ProposedPlace, Round
from clusterwork.kernel.errors import NotThere
from clusterwork.kernel.messages import N_, Message
from clusterwork.registry.models import School

NOT_ASKED = ("closed", "declined")
"""Rules by which a place has no cluster and its school nothing to answer."""


@dataclass(frozen=True)
class Counts:
    """How a round stands: of so many schools asked, how many gave each kind of answer."""

    n_asked: int
    by_kind: Counter[str]

    @property
    def n_answered(self) -> int:
        """Schools with an answer."""
        return self.by_kind.total()

    @property
    def n_waiting(self) -> int:
        """Schools without one."""
        return max(0, self.n_asked - self.n_answered)


def rounds_of(formation: Formation) -> QuerySet[Round]:
    """All rounds of an exercise, newest first."""
    return formation.rounds.select_related("proposal", "published_by")


def open_round(formation: Formation) -> Round | None:
    """The round that has not been closed, if any."""
    return rounds_of(formation).filter(closed_at__isnull=True).first()


def takes_answers(found: Round, day: dt.date) -> bool:
    """Whether a school may still answer or change its answer."""
    return found.closed_at is None and day <= found.closes_on


def asked_places(found: Round) -> QuerySet[ProposedPlace]:
    """The places whose schools are asked: all but closed schools and those that declined before."""
    return found.proposal.places.exclude(reason__rule__in=NOT_ASKED)


def place_in(found: Round, school_pk: int) -> ProposedPlace:
    """One school's place in the round's proposal; raises `NotThere`."""
    places = found.proposal.places.select_related("school__authority", "cluster__hub")
    place = places.filter(school=school_pk).first()
    if place is None:
        raise NotThere(Message(N_("This school is not part of the proposal.")))
    return place


def latest_answers(found: Round) -> dict[int, Answer]:
    """School id to the answer that counts, with its reply where there is one."""
    rows = found.answers.select_related("answered_by", "wanted__hub", "reply__by")
    last = rows.order_by("school_id", "-number").distinct("school_id")
    return {answer.school_id: answer for answer in last}


def answers_of(found: Round, school: School) -> QuerySet[Answer]:
    """What the school answered in this round, the last first."""
    rows = found.answers.filter(school=school).order_by("-number")
    return rows.select_related("answered_by", "wanted__hub", "reply__by")


def counts_of(found: Round) -> Counts:
    """How the round stands; a school that declined before and answers all the same counts."""
    last = found.answers.order_by("school_id", "-number").distinct("school_id")
    kinds = dict(last.values_list("school_id", "kind"))
    asked = set(asked_places(found).values_list("school_id", flat=True))
    return Counts(len(asked | set(kinds)), Counter(kinds.values()))


def waiting_schools(found: Round) -> QuerySet[School]:
    """The schools that were asked and have not answered, by name."""
    asked = asked_places(found).values("school_id")
    return School.objects.filter(pk__in=asked).exclude(pk__in=found.answers.values("school_id"))


def declined_in(found: Round) -> list[Answer]:
    """The answers that count and decline."""
    last = latest_answers(found).values()
    return [answer for answer in last if answer.kind == Answer.Kind.DECLINE]


def rounds_for_schools(school_ids: Iterable[int]) -> QuerySet[ProposedPlace]:
    """The places of these schools in proposals that were put to them, newest round first."""
    found = ProposedPlace.objects.filter(school__in=school_ids, proposal__round__isnull=False)
    chain = found.select_related(
        "school", "cluster__hub", "proposal__round__formation__programme__organisation"
    )
    return chain.order_by("-proposal__round__published_at", "school__sort_key", "school_id")
