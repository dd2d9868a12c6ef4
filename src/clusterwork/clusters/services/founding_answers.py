"""A school says whether it joins a cluster that schools form themselves."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.utils import timezone

from clusterwork.accounts.models import AnswerLink, Person
from clusterwork.accounts.services.answer_links import LinkLeadsNowhere, look, redeem
from clusterwork.audit.services import record
from clusterwork.clusters.models import FoundingSchool
from clusterwork.clusters.permissions.founding import invitation_to_answer
from clusterwork.clusters.services.founding import locked
from clusterwork.clusters.services.founding_letters import ANSWER
from clusterwork.clusters.states.founding import OPEN
from clusterwork.kernel.errors import Problem
from clusterwork.kernel.messages import N_, Message

Reply = FoundingSchool.Reply
SAID = {
    Reply.JOINS: N_("Joins, and agrees to the purpose: %(school)s."),
    Reply.DECLINES: N_("Does not join: %(school)s."),
}


class AnsweredTooLate(Problem):
    """The cluster is recognised, or nothing comes of it."""


class PurposeChanged(Problem):
    """The purpose is worded otherwise than on the page that was answered."""


class FounderStays(Problem):
    """The school that began takes the whole back; it does not decline its own invitation."""


@transaction.atomic
def answer_founding(
    *,
    person: Person,
    day: dt.date,
    now: dt.datetime,
    pk: int,
    school_pk: int,
    reply: str,
    seen: int,
    note: str = "",
) -> FoundingSchool:
    """Joins, agreeing to wording number `seen`, or does not; until it is decided this may change.

    Raises `NotThere`, `NotAllowed`, `AnsweredTooLate`, `PurposeChanged`, `FounderStays`.
    """
    row = invitation_to_answer(person, pk, school_pk, day)
    founding = locked(row.founding_id)
    if founding.state not in OPEN:
        raise AnsweredTooLate(
            Message(N_("This cannot be answered any more.")),
            why=Message(N_("The cluster is recognised already, or nothing comes of it.")),
            next_step=Message(
                N_("To join or leave a recognised cluster, ask its chair or programme officer.")
            ),
        )
    if founding.purpose_number != seen:
        raise PurposeChanged(
            Message(N_("The purpose was changed while you were reading.")),
            next_step=Message(N_("Read it as it is worded now, and answer again.")),
        )
    if row.is_founder:
        raise FounderStays(
            Message(N_("Your school began this cluster, so it takes part.")),
            next_step=Message(N_("To give it up, take the whole back.")),
        )
    row.reply, row.note = Reply(reply), note.strip()
    row.agreed_purpose_number = seen if row.reply == Reply.JOINS else None
    row.replied_by, row.replied_at = person, now
    row.save()
    record(
        actor=person,
        verb="founding.answer",
        subject=founding.cluster,
        summary=Message(SAID[row.reply], {"school": str(row.school)}),
        details={"school": row.school_id, "wording": seen, "note": row.note},
    )
    return row


def invitation_by_link(token: str, *, now: dt.datetime) -> tuple[AnswerLink, FoundingSchool]:
    """What a signed link asks; changes nothing. Raises `LinkLeadsNowhere`, `NotAllowed` and
    `NotThere` where the invitation was taken back."""
    link = look(token, now=now)
    row = FoundingSchool.objects.filter(pk=link.subject_id).first()
    if link.purpose != ANSWER or row is None:
        raise _nowhere()
    day = timezone.localdate(now)
    return link, invitation_to_answer(link.person, row.founding_id, row.school_id, day)


@transaction.atomic
def answer_by_link(
    *, token: str, now: dt.datetime, reply: str, seen: int, note: str = ""
) -> FoundingSchool:
    """As `answer_founding`, by the person for whom the link was made; the link is used up.

    Raises as `answer_founding` and `invitation_by_link` do; then the link still holds.
    """
    link, row = invitation_by_link(token, now=now)
    redeem(token, now=now)
    return answer_founding(
        person=link.person,
        day=timezone.localdate(now),
        now=now,
        pk=row.founding_id,
        school_pk=row.school_id,
        reply=reply,
        seen=seen,
        note=note,
    )


def _nowhere() -> LinkLeadsNowhere:
    return LinkLeadsNowhere(
        Message(N_("This link no longer works.")),
        why=Message(N_("The invitation was taken back, or the link is for something else.")),
        next_step=Message(N_("Sign in to see what waits for you.")),
    )
