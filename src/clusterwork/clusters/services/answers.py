"""A school answers about its place, by signing in or by a link; its diocese comments."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from clusterwork.accounts.models import Person
from clusterwork.accounts.services.answer_links import redeem
from clusterwork.audit.services import record
from clusterwork.clusters.models import (
    Answer,
    DioceseComment,
    ProposedCluster,
    ProposedPlace,
    Round,
)
from clusterwork.clusters.permissions import check_may_send_for
from clusterwork.clusters.permissions.consulting import OwnPlace, diocese_round_for, own_place_for
from clusterwork.clusters.selectors.proposals import place_of
from clusterwork.clusters.services.rounds import PURPOSE, check_takes_answers
from clusterwork.kernel.errors import NotThere, Problem
from clusterwork.kernel.messages import N_, Message

Kind = Answer.Kind
SAID = {
    Kind.ACCEPT: N_("Accepted its place: %(school)s."),
    Kind.ACCEPT_WITH_COMMENT: N_("Accepted its place with a comment: %(school)s."),
    Kind.ASK_TO_MOVE: N_("Asked to move: %(school)s. To cluster: %(cluster)s."),
    Kind.DECLINE: N_("Declined: %(school)s."),
}


class NothingSaid(Problem):
    """The answer lacks what makes it one."""


class MovesNowhere(Problem):
    """The cluster asked for is the school's own, or none of this proposal."""


@transaction.atomic
def answer_place(
    *,
    person: Person,
    now: dt.datetime,
    round_pk: int,
    school_pk: int,
    kind: str,
    comment: str = "",
    wanted: ProposedCluster | None = None,
    by_link: bool = False,
) -> Answer:
    """The school's answer; an earlier one stays, numbered. Raises `NotThere`, `NotAllowed`,
    `RoundIsOver`, `NothingSaid`, `MovesNowhere`."""
    day = timezone.localdate(now)
    own = own_place_for(person, round_pk, school_pk, day)
    check_may_send_for(person, own.place.school, day)
    check_takes_answers(Round.objects.select_for_update().get(pk=round_pk), day)
    wanted = wanted if kind == Kind.ASK_TO_MOVE else None
    _check_said(kind, comment.strip(), wanted)
    _check_wanted(own, wanted)
    earlier = own.round.answers.filter(school=school_pk)
    last = earlier.aggregate(last=Max("number"))["last"] or 0
    answer = Answer.objects.create(
        round=own.round,
        school=own.place.school,
        number=last + 1,
        kind=kind,
        comment="" if kind == Kind.ACCEPT else comment.strip(),
        wanted=wanted,
        answered_by=person,
        by_link=by_link,
    )
    _record_answer(person, own, answer)
    return answer


@transaction.atomic
def answer_place_by_link(
    *,
    token: str,
    now: dt.datetime,
    kind: str,
    comment: str = "",
    wanted: ProposedCluster | None = None,
) -> Answer:
    """The same by a signed link, which is used up. Raises `LinkLeadsNowhere` besides."""
    link = redeem(token, now=now)
    if link.purpose != PURPOSE:
        raise NotThere(Message(N_("This link is for something else.")))
    round_pk, school_pk = place_of_link(link.subject_id)
    return answer_place(
        person=link.person, now=now, round_pk=round_pk, school_pk=school_pk, kind=kind,
        comment=comment, wanted=wanted, by_link=True,
    )  # fmt: skip


def place_of_link(place_pk: int) -> tuple[int, int]:
    """The round and the school that a link about this place answers for. Raises `NotThere`."""
    first = (
        ProposedPlace.objects.filter(pk=place_pk, proposal__round__isnull=False)
        .values_list("proposal__round", "school")
        .first()
    )
    if first is None:
        raise NotThere(Message(N_("This proposal is no longer there.")))
    return first


@transaction.atomic
def comment_for_diocese(
    *, person: Person, now: dt.datetime, round_pk: int, school_pk: int, text: str
) -> DioceseComment:
    """What the diocese says about the place of one of its schools. Raises `NotThere`,
    `NotAllowed`, `RoundIsOver`, `NothingSaid`."""
    day = timezone.localdate(now)
    found, schools = diocese_round_for(person, round_pk, day)
    place = place_of(found.proposal, school_pk)
    if school_pk not in schools:
        raise NotThere(Message(N_("This school is not one of your diocese in the proposal.")))
    check_takes_answers(found, day)
    if not text.strip():
        raise NothingSaid(Message(N_("Write what the diocese wants to say.")))
    comment = DioceseComment.objects.create(
        round=found, school=place.school, organisation=schools[school_pk], text=text.strip(),
        by=person,
    )  # fmt: skip
    record(
        actor=person,
        verb="round.diocese_comment",
        subject=found.formation,
        summary=Message(
            N_("The diocese commented. School: %(school)s. Diocese: %(diocese)s."),
            {"school": str(place.school), "diocese": str(schools[school_pk])},
        ),
        details={"round": found.pk, "school": school_pk, "comment": comment.pk},
    )
    return comment


def _check_said(kind: str, comment: str, wanted: ProposedCluster | None) -> None:
    if kind not in Kind.values:
        raise NothingSaid(Message(N_("Choose one of the four answers.")))
    if kind == Kind.ACCEPT_WITH_COMMENT and not comment:
        raise NothingSaid(
            Message(N_("An answer with a comment needs the comment.")),
            next_step=Message(N_("Write it, or accept without one.")),
        )
    if kind == Kind.ASK_TO_MOVE and not comment and wanted is None:
        raise NothingSaid(
            Message(N_("To ask to move, say where to, or why.")),
            next_step=Message(N_("Choose a cluster, write why, or both.")),
        )


def _check_wanted(own: OwnPlace, wanted: ProposedCluster | None) -> None:
    if wanted is None:
        return
    if wanted.proposal_id != own.round.proposal_id:
        raise MovesNowhere(
            Message(N_("This cluster is not part of the proposal.")),
            next_step=Message(N_("Choose one of its clusters.")),
        )
    if wanted.pk == own.place.cluster_id:
        raise MovesNowhere(
            Message(N_("The school is in this cluster already.")),
            next_step=Message(N_("Choose another cluster, or accept.")),
        )


def _record_answer(person: Person, own: OwnPlace, answer: Answer) -> None:
    record(
        actor=person,
        verb="round.answer",
        subject=own.round.formation,
        summary=Message(
            SAID[Kind(answer.kind)],
            {
                "school": str(own.place.school),
                "cluster": answer.wanted.number if answer.wanted else "–",
            },
        ),
        details={
            "round": own.round.pk,
            "school": own.place.school_id,
            "answer": answer.pk,
            "number": answer.number,
            "by_link": answer.by_link,
        },
    )
