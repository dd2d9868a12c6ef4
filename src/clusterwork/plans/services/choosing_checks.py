"""What a proposed priority must hold to: words of its own, schools of the cluster, once."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field

from clusterwork.kernel.errors import Problem
from clusterwork.kernel.messages import N_, Message
from clusterwork.plans.models import Choosing, Need
from clusterwork.plans.selectors.choosing import choosing_schools
from clusterwork.registry.models import School

TITLE_LENGTH = 200
MOST_CHARACTERS = 5_000
MOST_PROPOSED = 40


class NotInTheCluster(Problem):
    """A school that is not in the cluster, or no longer."""


class NoTitle(Problem):
    """A proposal that does not say what, or says too much."""


class ServesNobody(Problem):
    """A proposal that names no school that it is for."""


class ProposedAlready(Problem):
    """The same line or the same words twice, or more proposals than anybody ranks."""


@dataclass(frozen=True, slots=True)
class PriorityFacts:
    """What is proposed, and for which schools."""

    title: str
    text: str = ""
    area: str = Need.Area.OTHER
    serves: tuple[int, ...] = field(default=())


def check_words(choosing: Choosing, facts: PriorityFacts, but: int | None = None) -> None:
    """Raises `NoTitle`, `ProposedAlready`; `but` is the proposal that is being changed."""
    title = facts.title.strip()
    if not title or len(title) > TITLE_LENGTH or len(facts.text) > MOST_CHARACTERS:
        raise NoTitle(
            Message(N_("The priority has no words, or too many.")),
            why=Message(
                N_("Its name has up to %(title)s characters, the reason up to %(text)s."),
                {"title": TITLE_LENGTH, "text": MOST_CHARACTERS},
            ),
            next_step=Message(N_("Write it shorter.") if title else N_("Write what to improve.")),
        )
    stand = choosing.candidates.filter(withdrawn_at__isnull=True)
    if but is not None:
        stand = stand.exclude(pk=but)
    if stand.filter(title__iexact=title).exists():
        raise proposed_already()
    if but is None and stand.count() >= MOST_PROPOSED:
        raise ProposedAlready(
            Message(N_("More priorities than anybody can rank have been proposed.")),
            next_step=Message(N_("Withdraw one, or put two of them together.")),
        )


def proposed_already() -> Problem:
    """For the same line or the same words a second time."""
    return ProposedAlready(
        Message(N_("This priority has been proposed already.")),
        next_step=Message(N_("Say there that it serves your school too.")),
    )


def check_serves(choosing: Choosing, facts: PriorityFacts, day: dt.date) -> None:
    """Raises `ServesNobody`, `NotInTheCluster`."""
    if not facts.serves:
        raise ServesNobody(
            Message(N_("It is not said which schools the priority serves.")),
            next_step=Message(N_("Choose at least one school.")),
        )
    check_is_in(choosing, facts.serves, day)


def check_is_in(choosing: Choosing, schools: Iterable[int], day: dt.date) -> None:
    """Raises `NotInTheCluster`, which names those that are not."""
    here = set(choosing_schools(choosing.cluster, day).values_list("pk", flat=True))
    gone = School.objects.filter(pk__in=set(schools) - here)
    if gone:
        raise NotInTheCluster(
            Message(
                N_("Not in the cluster today: %(schools)s."),
                {"schools": ", ".join(str(each) for each in gone)},
            ),
            why=Message(N_("It may have left since the page was opened.")),
            next_step=Message(N_("Open the page again and choose among the schools of today.")),
        )
