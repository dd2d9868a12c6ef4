"""A proposal put to its schools: published, closed, taken back; declines taken up and undone."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import override

from clusterwork.accounts.models import Person
from clusterwork.audit.services import record
from clusterwork.clusters.letters.consulting import PUT, PUT_AGAIN, WITHDRAWN
from clusterwork.clusters.models import ChosenSchool, Proposal, Round
from clusterwork.clusters.permissions import formation_for, made_proposal_for
from clusterwork.clusters.permissions.consulting import round_for
from clusterwork.clusters.selectors.closing import against_closing
from clusterwork.clusters.selectors.heads import heads_by_school
from clusterwork.clusters.selectors.rounds import (
    asked_places,
    declined_in,
    open_round,
    takes_answers,
    waiting_schools,
)
from clusterwork.clusters.services.unconfirmed import locked_formation
from clusterwork.clusters.services.writing import (
    LinkFor,
    Post,
    message_words,
    nobody_to_remind,
    write_to_heads,
    written,
    written_to_today,
)
from clusterwork.kernel.errors import Problem
from clusterwork.kernel.messages import N_, Message
from clusterwork.notify.services import queue

PURPOSE = "answer_place"
WRITING = ("round.publish", "round.remind")
USUAL_WEEKS = 3


class PutAlready(Problem):
    """Another proposal is with the schools, or this one was."""


class NobodyToAnswer(Problem):
    """The proposal has no school that could answer."""


class RoundIsOver(Problem):
    """The round takes no more answers."""


class StillAnswering(Problem):
    """Schools still have time to answer."""


class NotDeclined(Problem):
    """The school has not been taken out."""


@transaction.atomic
def publish_round(
    *,
    person: Person,
    now: dt.datetime,
    pk: int,
    closes_on: dt.date,
    link_for: LinkFor,
    message: str = "",
    least_weeks: int = USUAL_WEEKS,
) -> Round:
    """Puts the made proposal `pk` to its schools and writes to their heads.

    Raises `NotThere`, `NotAllowed`, `ConfirmedAlready`, `PutAlready`, `NobodyToAnswer`, and why
    the closing date cannot be: in the holidays, or before so many school weeks.
    """
    day = timezone.localdate(now)
    proposal = made_proposal_for(person, pk, day)
    formation = proposal.formation
    locked_formation(formation.pk)
    _check_can_put(proposal)
    problem = against_closing(formation.programme.organisation, day, closes_on, least_weeks)
    if problem:
        raise problem
    last = formation.rounds.aggregate(last=Max("number"))["last"] or 0
    made = Round.objects.create(
        formation=formation, number=last + 1, proposal=proposal, closes_on=closes_on,
        message=message, published_by=person,
    )  # fmt: skip
    if not asked_places(made).exists():
        raise NobodyToAnswer(
            Message(N_("The proposal has no school that could answer.")),
            next_step=Message(N_("Make another proposal first.")),
        )
    reached = _write(made, PUT, None, now, link_for)
    words = {"number": proposal.number, "round": made.number, "day": closes_on.isoformat()}
    text = N_("Put proposal %(number)s to the schools. Round: %(round)s. Answers until: %(day)s.")
    _record(person, made, "round.publish", text, words,
            {**written(reached, now), "proposal": pk, "least_weeks": least_weeks})  # fmt: skip
    return made


@transaction.atomic
def remind_round(*, person: Person, now: dt.datetime, pk: int, link_for: LinkFor) -> int:
    """Writes to the heads of schools that have not answered, once a day each; how many schools.

    Raises `NotThere`, `NotAllowed`, `RoundIsOver`, `WrittenToToday`.
    """
    found = locked_round(person, now, pk)
    check_takes_answers(found, timezone.localdate(now))
    today = written_to_today(found.formation, WRITING, now)
    silent = waiting_schools(found).exclude(pk__in=today).values_list("pk", flat=True)
    reached = _write(found, PUT_AGAIN, set(silent), now, link_for)
    if not reached:
        raise nobody_to_remind()
    _record(person, found, "round.remind", N_("Reminded schools of the proposal: %(n)s."),
            {"n": len(reached)}, written(reached, now))  # fmt: skip
    return len(reached)


@transaction.atomic
def close_round(*, person: Person, now: dt.datetime, pk: int) -> Round:
    """Ends a round whose day has passed, or in which every school has answered.

    Raises `NotThere`, `NotAllowed`, `RoundIsOver`, `StillAnswering`.
    """
    found = locked_round(person, now, pk)
    _check_not_closed(found)
    n = waiting_schools(found).count()
    if n and timezone.localdate(now) <= found.closes_on:
        raise StillAnswering(
            Message(N_("Schools still have time to answer.")),
            why=Message(
                N_("Schools without an answer: %(n)s. Their last day: %(day)s."),
                {"n": n, "day": found.closes_on.isoformat()},
            ),
            next_step=Message(N_("Wait, remind them, or take the proposal back.")),
        )
    return _end(found, person, now, "round.close", N_("Closed round %(round)s."))


@transaction.atomic
def withdraw_round(
    *, person: Person, now: dt.datetime, pk: int, because: str, link_for: LinkFor
) -> Round:
    """Takes the proposal back before its day and tells every head. Answers so far are kept.

    `link_for` is given the number of the school. Raises `NotThere`, `NotAllowed`, `RoundIsOver`.
    """
    found = locked_round(person, now, pk)
    _check_not_closed(found)
    _tell_withdrawn(found, because, now, link_for)
    return _end(found, person, now, "round.withdraw",
                N_("Took round %(round)s back. Why: %(because)s"), because)  # fmt: skip


@transaction.atomic
def take_out_declined(
    *, person: Person, now: dt.datetime, pk: int, school_ids: Collection[int] | None = None
) -> list[int]:
    """Takes up the declines of round `pk`: from now on proposals leave these schools out.

    All of them, or only `school_ids`; returns the ids taken out. They stay chosen, are listed as
    in none, and may come back. Raises `NotThere`, `NotAllowed`, `ConfirmedAlready`.
    """
    found = round_for(person, pk, timezone.localdate(now))
    locked_formation(found.formation_id)
    declined = {answer.school_id for answer in declined_in(found)}
    wanted = declined if school_ids is None else declined & set(school_ids)
    chosen = found.formation.chosen.filter(school__in=wanted, declined_at__isnull=True)
    taken = list(chosen.values_list("school_id", flat=True))
    chosen.update(declined_at=now)
    if taken:
        _record(person, found, "round.take_out", N_("Left out schools that declined: %(n)s."),
                {"n": len(taken)}, {"schools": taken})  # fmt: skip
    return taken


@transaction.atomic
def bring_back(*, person: Person, now: dt.datetime, pk: int, school_pk: int) -> ChosenSchool:
    """A school that declined takes part in exercise `pk` again.

    Raises `NotThere`, `NotAllowed`, `ConfirmedAlready`, `NotDeclined`.
    """
    formation = formation_for(person, pk, timezone.localdate(now))
    locked_formation(pk)
    chosen = formation.chosen.select_related("school").filter(school=school_pk).first()
    if chosen is None or chosen.declined_at is None:
        raise NotDeclined(Message(N_("This school has not been left out.")))
    chosen.declined_at = None
    chosen.save(update_fields=("declined_at",))
    record(
        actor=person,
        verb="round.bring_back",
        subject=formation,
        summary=Message(N_("Takes part again: %(school)s."), {"school": str(chosen.school)}),
        details={"schools": [school_pk]},
    )
    return chosen


def locked_round(person: Person, now: dt.datetime, pk: int) -> Round:
    """The round for its officer, locked so that no answer arrives meanwhile."""
    round_for(person, pk, timezone.localdate(now))
    chain = Round.objects.select_related("formation__programme__organisation", "proposal")
    return chain.select_for_update(of=("self",)).get(pk=pk)


def check_takes_answers(found: Round, day: dt.date) -> None:
    """Raises `RoundIsOver` after the closing date and once the round is closed."""
    if takes_answers(found, day):
        return
    ended = timezone.localdate(found.closed_at) if found.closed_at else found.closes_on
    raise RoundIsOver(
        Message(N_("Answers to this proposal are closed.")),
        why=Message(
            N_("They were taken until: %(day)s."), {"day": min(ended, found.closes_on).isoformat()}
        ),
        next_step=Message(N_("Tell the programme's officers if something has to be known.")),
    )


def _check_can_put(proposal: Proposal) -> None:
    with_schools = open_round(proposal.formation)
    if with_schools:
        raise PutAlready(
            Message(N_("A proposal of this exercise is with the schools already.")),
            why=Message(
                N_("Proposal: %(number)s. Answers until: %(day)s."),
                {
                    "number": with_schools.proposal.number,
                    "day": with_schools.closes_on.isoformat(),
                },
            ),
            next_step=Message(N_("Close that round or take it back, then put the next one.")),
        )
    if Round.objects.filter(proposal=proposal).exists():
        raise PutAlready(
            Message(N_("This proposal was put to the schools before.")),
            next_step=Message(N_("Make another proposal and put that one.")),
        )


def _check_not_closed(found: Round) -> None:
    if found.closed_at:
        raise RoundIsOver(Message(N_("This round has ended already.")))


def _end(
    found: Round, person: Person, now: dt.datetime, verb: str, text: str, because: str = ""
) -> Round:
    found.closed_at = now
    found.save(update_fields=("closed_at",))
    words = {"round": found.number} | ({"because": because} if because or "because" in text else {})
    _record(person, found, verb, text, words, {})
    return found


def _write(
    found: Round, template: str, only: Collection[int] | None, now: dt.datetime, link_for: LinkFor
) -> list[int]:
    """To the heads of the schools that are asked, or `only` of these of them."""
    organisation = found.formation.programme.organisation
    words = message_words(found.message)
    post = Post(template, PURPOSE, organisation, found.closes_on, words, link_for)
    places = [
        place
        for place in asked_places(found).select_related("school")
        if only is None or place.school_id in only
    ]
    return write_to_heads(post, [(place.school, place) for place in places], now)


def _tell_withdrawn(found: Round, because: str, now: dt.datetime, link_for: LinkFor) -> None:
    schools = {
        place.school_id: place.school for place in asked_places(found).select_related("school")
    }
    for school_pk, heads in heads_by_school(schools, timezone.localdate(now)).items():
        for head in heads:
            with override(head.language):
                names = {
                    "school": str(schools[school_pk]),
                    "organisation": str(found.formation.programme.organisation),
                }
            link = link_for(str(school_pk), head.language)
            queue(WITHDRAWN, head, {**message_words(because), **names, "link": link})


def _record(
    person: Person,
    found: Round,
    verb: str,
    text: str,
    words: Mapping[str, Any],
    details: Mapping[str, Any],
) -> None:
    record(
        actor=person,
        verb=verb,
        subject=found.formation,
        summary=Message(text, words),
        details={"round": found.pk, **details},
    )
