"""Why each school is where it is: everything that was said and done about it, in its order."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from clusterwork.audit.models import Entry
from clusterwork.audit.selectors import entries_about
from clusterwork.clusters.models import (
    Answer,
    ConfirmedCluster,
    Formation,
    FormationLink,
    Proposal,
    ProposedPlace,
    Reply,
    Wish,
)
from clusterwork.kernel.messages import N_, Message

TOLD_BY_ROWS = ("round.answer", "round.reply", "wish.accept", "wish.decline")
PLACED = N_("Proposal %(proposal)s: cluster %(cluster)s. Hub: %(hub)s.")
PLACED_BY_HAND = N_("Proposal %(proposal)s, made by hand: cluster %(cluster)s. Hub: %(hub)s.")
IN_NONE = N_("Proposal %(proposal)s: in no cluster.")
WISHED = {
    Wish.Kind.WORKS_WITH: N_("The school works with this one now: %(other)s."),
    Wish.Kind.WISHES: N_("The school wishes to be with this one: %(other)s."),
    Wish.Kind.WISHES_NOT: N_("The school wishes not to be with this one: %(other)s."),
}
DECIDED = {
    Wish.Decision.LINKED: N_("Its wish was accepted as a link. School: %(other)s."),
    Wish.Decision.LOCKED: N_("Its wish was accepted as a decision. School: %(other)s."),
    Wish.Decision.DECLINED: N_("Its wish was not taken up. School: %(other)s."),
}
LINKED = N_("A link to keep if possible: %(school)s – %(other)s.")
ANSWERED = {
    Answer.Kind.ACCEPT: N_("Round %(round)s: the school accepted."),
    Answer.Kind.ACCEPT_WITH_COMMENT: N_("Round %(round)s: the school accepted with a comment."),
    Answer.Kind.ASK_TO_MOVE: N_(
        "Round %(round)s: the school asked to move. To cluster: %(cluster)s."
    ),
    Answer.Kind.DECLINE: N_("Round %(round)s: the school declined."),
}
REPLIED = {
    Reply.Outcome.GRANTED: N_("Its request was granted."),
    Reply.Outcome.PARTLY: N_("Its request was granted in part."),
    Reply.Outcome.NOT_GRANTED: N_("Its request was not granted."),
    Reply.Outcome.NOTED: N_("What it said was noted."),
}
BECAME = N_("Confirmed. From: %(day)s. Cluster: %(cluster)s.")
STAYS_OUT = N_("Confirmed without it: in no cluster.")


@dataclass(frozen=True)
class Event:
    """Something that was said or done about one school.

    `words` are people's own; `is_schools_own` marks what a school said to the officers only.
    """

    school_id: int
    at: dt.datetime
    message: Message
    who: str = ""
    words: str = ""
    is_schools_own: bool = False


def events_of(
    formation: Formation, school_ids: Collection[int], *, with_schools_words: bool
) -> dict[int, list[Event]]:
    """School id to its events, the first one first; a number of queries that does not grow.

    Without the schools' words their wishes are left out, and their answers have no comment.
    """
    found: dict[int, list[Event]] = defaultdict(list)
    for event in _every(formation, set(school_ids)):
        if event.is_schools_own and not with_schools_words:
            continue
        found[event.school_id].append(event)
    return {pk: sorted(events, key=lambda each: each.at) for pk, events in found.items()}


def _every(formation: Formation, ids: set[int]) -> Iterator[Event]:
    yield from _recorded(formation, ids)
    yield from _wishes(formation, ids)
    yield from _links(formation, ids)
    yield from _places(formation, ids)
    yield from _answers(formation, ids)
    yield from _end(formation, ids)


def _recorded(formation: Formation, ids: set[int]) -> Iterator[Event]:
    """Entries of the record that name a school: decisions, moves, who was left out."""
    for entry in entries_about(formation).exclude(verb__in=TOLD_BY_ROWS).order_by("at", "pk"):
        if entry.verb.startswith(("asking.", "round.publish", "round.remind", "wish.")):
            continue
        for pk in _named(entry) & ids:
            because = str(entry.details.get("because", ""))
            message = Message(entry.summary, entry.params)
            yield Event(pk, entry.at, message, entry.actor_label, because)


def _named(entry: Entry) -> set[int]:
    details: dict[str, Any] = entry.details
    listed = details.get("schools") or []
    one = details.get("school")
    return {pk for pk in [*listed, one] if isinstance(pk, int)}


def _wishes(formation: Formation, ids: set[int]) -> Iterator[Event]:
    rows = Wish.objects.filter(asked__asking__formation=formation, asked__school__in=ids)
    for wish in rows.select_related("asked__answered_by", "other", "decided_by"):
        facts = {"other": str(wish.other or wish.name)}
        school = wish.asked.school_id
        if wish.asked.answered_at:
            who = str(wish.asked.answered_by or "")
            said = Message(WISHED[Wish.Kind(wish.kind)], facts)
            yield Event(school, wish.asked.answered_at, said, who, wish.because, True)
        if wish.decided_at and wish.decision:
            decided = Message(DECIDED[Wish.Decision(wish.decision)], facts)
            who = str(wish.decided_by or "")
            yield Event(school, wish.decided_at, decided, who, "", True)


def _links(formation: Formation, ids: set[int]) -> Iterator[Event]:
    rows = FormationLink.objects.filter(formation=formation)
    for link in rows.select_related("school", "other", "made_by"):
        facts = {"school": str(link.school), "other": str(link.other)}
        for pk in {link.school_id, link.other_id} & ids:
            yield Event(pk, link.made_at, Message(LINKED, facts), str(link.made_by or ""))


def _places(formation: Formation, ids: set[int]) -> Iterator[Event]:
    rows = ProposedPlace.objects.filter(
        proposal__formation=formation, proposal__state=Proposal.State.DONE, school__in=ids
    )
    for place in rows.select_related("proposal__asked_by", "cluster__hub"):
        proposal = place.proposal
        facts: dict[str, object] = {"proposal": proposal.number}
        text = IN_NONE
        if place.cluster:
            facts |= {"cluster": place.cluster.number, "hub": str(place.cluster.hub)}
            text = PLACED_BY_HAND if proposal.base_id else PLACED
        at = proposal.ended_at or proposal.asked_at
        yield Event(place.school_id, at, Message(text, facts), str(proposal.asked_by or ""))


def _answers(formation: Formation, ids: set[int]) -> Iterator[Event]:
    rows = Answer.objects.filter(round__formation=formation, school__in=ids)
    for answer in rows.select_related("round", "wanted", "answered_by", "reply__by"):
        facts = {
            "round": answer.round.number,
            "cluster": answer.wanted.number if answer.wanted else "–",
        }
        said = Message(ANSWERED[Answer.Kind(answer.kind)], facts)
        yield Event(answer.school_id, answer.answered_at, said, str(answer.answered_by))
        if answer.comment:
            own = Message(N_("The school said why."))
            yield Event(
                answer.school_id, answer.answered_at, own, "", answer.comment, is_schools_own=True
            )
        reply = getattr(answer, "reply", None)
        if reply is not None:
            text = Message(REPLIED[Reply.Outcome(reply.outcome)])
            yield Event(answer.school_id, reply.at, text, str(reply.by), _replied(reply))


def _replied(reply: Reply) -> str:
    return " ".join(filter(None, (reply.text, reply.cost_to_asker, reply.outcome_to_others)))


def _end(formation: Formation, ids: set[int]) -> Iterable[Event]:
    rows = ConfirmedCluster.objects.filter(confirmation__formation=formation)
    became = {each.proposed_id: each for each in rows.select_related("cluster", "confirmation")}
    if not became:
        return
    confirmation = next(iter(became.values())).confirmation
    who = str(confirmation.confirmed_by or "")
    for place in ProposedPlace.objects.filter(proposal=confirmation.proposal_id, school__in=ids):
        cluster = became.get(place.cluster_id or 0)
        said = Message(STAYS_OUT)
        if cluster:
            day = f"{confirmation.start_on:%d/%m/%Y}"
            said = Message(BECAME, {"day": day, "cluster": str(cluster.cluster)})
        yield Event(place.school_id, confirmation.confirmed_at, said, who)
