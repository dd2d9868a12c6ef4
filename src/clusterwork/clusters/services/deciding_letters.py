"""Letters about proposals and their results; each inside its service's transaction."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from typing import Any

from django.utils.translation import override

from clusterwork.accounts.models import Person
from clusterwork.accounts.selectors.delegations import senders_by_school
from clusterwork.clusters.letters import deciding as letters
from clusterwork.clusters.models import Decision
from clusterwork.clusters.selectors.heads import heads_by_school
from clusterwork.clusters.selectors.voters import not_yet_voted, voters_of
from clusterwork.notify.services import queue_many
from clusterwork.registry.models import School

LinkFor = Callable[[int, str], str]


def ask_to_vote(decision: Decision, *, day: dt.date, link_for: LinkFor) -> int:
    """A letter to the head of each school that has a vote and has not used it; how many."""
    template = letters.ASKED_TO_VOTE_BY if decision.vote_by else letters.ASKED_TO_VOTE
    schools = list(not_yet_voted(decision, day))
    return _write(template, decision, _heads(schools, day), link_for, _until(decision))


def remind_of_vote(decision: Decision, *, day: dt.date, link_for: LinkFor) -> int:
    """A letter to everybody who may vote for a school that has not; how many.

    They are its head and whom she has named to send for her.
    """
    schools = list(not_yet_voted(decision, day))
    named = senders_by_school([each.pk for each in schools], day)
    to = [
        *_heads(schools, day),
        *((each, who) for each in schools for who in named.get(each.pk, ())),
    ]
    once = {(school.pk, person.pk): (school, person) for school, person in to}
    return _write(letters.STILL_TO_VOTE, decision, once.values(), link_for, _until(decision))


def tell_result(decision: Decision, *, day: dt.date, link_for: LinkFor) -> int:
    """A letter with the count to the head of each school that had a vote; how many."""
    is_agreed = decision.state == Decision.State.AGREED
    template = letters.AGREED if is_agreed else letters.NOT_AGREED
    extra = {name: decision.counted[name] for name in ("agree", "abstain", "object")}
    return _write(template, decision, _heads(voters_of(decision, day), day), link_for, extra)


def _heads(schools: Iterable[School], day: dt.date) -> list[tuple[School, Person]]:
    listed = list(schools)
    heads = heads_by_school([each.pk for each in listed], day)
    return [(each, head) for each in listed for head in heads.get(each.pk, ())]


def _until(decision: Decision) -> dict[str, Any]:
    return {"day": {"day": decision.vote_by.isoformat()}} if decision.vote_by else {}


def _write(
    template: str,
    decision: Decision,
    to: Iterable[tuple[School, Person]],
    link_for: LinkFor,
    extra: dict[str, Any],
) -> int:
    return queue_many(
        template,
        [
            (
                person,
                {
                    **_words(decision, person, school),
                    **extra,
                    "link": link_for(decision.pk, person.language),
                },
            )
            for school, person in to
        ],
    )


def _words(decision: Decision, to: Person, school: School) -> dict[str, Any]:
    with override(to.language):
        return {
            "cluster": str(decision.cluster),
            "school": str(school),
            "title": decision.title,
            "proposer": proposer_of(decision),
        }


def proposer_of(decision: Decision) -> str:
    """The school that proposed it, or else the person."""
    return str(decision.proposed_school or decision.proposed_name)
