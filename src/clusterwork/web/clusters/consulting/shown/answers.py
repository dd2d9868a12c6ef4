"""The answers of a round in a table, filtered by links, and as a file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from clusterwork.clusters.models import Answer, ProposedPlace, Round
from clusterwork.clusters.selectors.proposals import places_of
from clusterwork.clusters.selectors.rounds import (
    NOT_ASKED,
    Counts,
    latest_answers,
)
from clusterwork.web.address import with_query
from clusterwork.web.formats import number

WAITING = "waiting"
COLOURS = {
    Answer.Kind.ACCEPT: "govuk-tag--green",
    Answer.Kind.ACCEPT_WITH_COMMENT: "govuk-tag--turquoise",
    Answer.Kind.ASK_TO_MOVE: "govuk-tag--yellow",
    Answer.Kind.DECLINE: "govuk-tag--red",
    WAITING: "govuk-tag--grey",
}
COLUMNS = (
    "number", "school", "cluster", "answer", "comment", "wanted_cluster", "answered_by", "by_link",
    "answered_at", "n_answers", "outcome", "reply",
)  # fmt: skip


@dataclass(frozen=True)
class Row:
    """One school of a round: its place, the answer that counts, and where to reply."""

    place: ProposedPlace
    answer: Answer | None
    is_asked: bool
    reply_address: str

    @property
    def kind(self) -> str:
        """The kind of answer, `waiting` without one, or empty where nobody is asked."""
        if self.answer:
            return self.answer.kind
        return WAITING if self.is_asked else ""


def rows_of(found: Round) -> list[Row]:
    """Every school of the round by cluster and name: two queries."""
    answers = latest_answers(found)
    return [
        Row(
            place,
            answers.get(place.school_id),
            place.reason.get("rule") not in NOT_ASKED,
            reply_address(answers.get(place.school_id)),
        )
        for place in places_of(found.proposal)
    ]


def reply_address(answer: Answer | None) -> str:
    """Where the officer replies to an answer; empty where there is no such page."""
    if answer is None:
        return ""
    try:
        return reverse("answer_reply", args=[answer.pk])
    except NoReverseMatch:
        return ""


def first_sentence(counts: Counts) -> str:
    """How many have answered, and what."""
    said = ngettext(
        "%(n)s of one school has answered", "%(n)s of %(all)s schools have answered", counts.n_asked
    ) % {
        "n": number(counts.n_answered),
        "all": number(counts.n_asked),
    }
    parts = [text for kind, text in _counted(counts) if counts.by_kind[kind]]
    return f"{said}: {'; '.join(parts)}." if parts else f"{said}."


def _counted(counts: Counts) -> Iterator[tuple[str, str]]:
    n = counts.by_kind
    kind = Answer.Kind
    accept, comment = n[kind.ACCEPT], n[kind.ACCEPT_WITH_COMMENT]
    move, decline = n[kind.ASK_TO_MOVE], n[kind.DECLINE]
    yield kind.ACCEPT, ngettext("one accepts", "%(n)s accept", accept) % {"n": accept}
    yield (
        kind.ACCEPT_WITH_COMMENT,
        ngettext("one accepts with a comment", "%(n)s accept with a comment", comment)
        % {"n": comment},
    )
    yield kind.ASK_TO_MOVE, ngettext("one asks to move", "%(n)s ask to move", move) % {"n": move}
    yield kind.DECLINE, ngettext("one declines", "%(n)s decline", decline) % {"n": decline}


def filters_of(request: HttpRequest, rows: list[Row]) -> tuple[list[Row], list[dict[str, Any]]]:
    """The rows that the address asks for, and the links that ask for others."""
    wanted = request.GET.get("answer", "")
    names = {**dict(Answer.Kind.choices), WAITING: _("Not answered")}
    counts = {kind: sum(row.kind == kind for row in rows) for kind in names}
    wanted = wanted if wanted in names else ""
    links = [_link(request, "", _("All"), len(rows), wanted)]
    links += [_link(request, kind, name, counts[kind], wanted) for kind, name in names.items()]
    return [row for row in rows if not wanted or row.kind == wanted], links


def _link(request: HttpRequest, kind: str, name: Any, n: int, wanted: str) -> dict[str, Any]:
    return {
        "text": f"{name} ({number(n)})",
        "href": with_query(request, answer=kind or None, page=None),
        "current": kind == wanted,
    }


def csv_rows(rows: Iterable[Row], n_answers: dict[int, int]) -> Iterator[list[Any]]:
    """The table as a file has it."""
    for row in rows:
        school, answer = row.place.school, row.answer
        reply = getattr(answer, "reply", None) if answer else None
        yield [
            school.number or f"r{school.pk}",
            school.name,
            row.place.cluster.number if row.place.cluster else "",
            answer.kind if answer else "",
            answer.comment if answer else "",
            answer.wanted.number if answer and answer.wanted else "",
            answer.answered_by if answer else "",
            int(answer.by_link) if answer else "",
            answer.answered_at.isoformat(timespec="minutes") if answer else "",
            n_answers.get(school.pk, 0),
            reply.outcome if reply else "",
            reply.text if reply else "",
        ]


def answered_by_place(places: Iterable[ProposedPlace]) -> dict[int, Answer]:
    """Place id to the answer that counts, for places of several rounds: one query."""
    by_pair = {(place.proposal.round.pk, place.school_id): place.pk for place in places}
    rounds, schools = {pair[0] for pair in by_pair}, {pair[1] for pair in by_pair}
    rows = Answer.objects.filter(round__in=rounds, school__in=schools).select_related("reply")
    last = rows.order_by("round_id", "school_id", "-number").distinct("round_id", "school_id")
    return {
        by_pair[(each.round_id, each.school_id)]: each
        for each in last
        if (each.round_id, each.school_id) in by_pair
    }
