"""Comments on a plan, who has it open, and sharing it with other clusters."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from django.db import transaction

from clusterwork.accounts.models import Person
from clusterwork.audit.services import record
from clusterwork.kernel.errors import NotThere, Problem
from clusterwork.kernel.messages import N_, Message
from clusterwork.plans.models import Plan, PlanComment, Writer
from clusterwork.plans.permissions.plans import plan_to_comment_on, plan_to_write
from clusterwork.plans.rules import refusals
from clusterwork.plans.states import plan as states

MOST = 5_000


class OnlyApprovedAreShared(Problem):
    """A plan that nobody has approved."""


@transaction.atomic
def add_comment(
    *,
    person: Person,
    day: dt.date,
    plan_pk: int,
    text: str,
    uid: UUID | None = None,
    field: str = "",
) -> PlanComment:
    """Says something about the plan, a part or a field of a part.

    Raises `NotThere`, `NotAllowed`, `TextTooLong`, `NothingWritten`.
    """
    plan = plan_to_comment_on(person, plan_pk, day)
    _check_text(text)
    return PlanComment.objects.create(
        plan=plan, uid=uid, field=field, text=text, by=person, by_name=str(person)
    )


@transaction.atomic
def answer_comment(
    *, person: Person, day: dt.date, now: dt.datetime, pk: int, answer: str = ""
) -> PlanComment:
    """Settles a comment, with an answer or without; answered again, the later answer stands.

    Raises `NotThere`, `NotAllowed`, `TextTooLong`.
    """
    found = PlanComment.objects.select_for_update().filter(pk=pk).first()
    if found is None:
        raise NotThere(Message(N_("There is no such comment.")))
    plan_to_write(person, found.plan_id, day)
    if len(answer) > MOST:
        raise refusals.too_long("answer", len(answer), MOST)
    found.answer, found.answered_by, found.answered_at = answer, person, now
    found.save(update_fields=("answer", "answered_by", "answered_at"))
    return found


def open_part(*, person: Person, plan: Plan, uid: UUID | None, now: dt.datetime) -> None:
    """Notes that the person has this part open, so that the others see it."""
    Writer.objects.bulk_create(
        [Writer(plan=plan, uid=uid, person=person, seen_at=now)],
        update_conflicts=True,
        update_fields=("seen_at",),
        unique_fields=("plan", "uid", "person"),
    )


def close_part(*, person: Person, plan_pk: int, uid: UUID | None) -> None:
    """The person has saved it and gone on."""
    Writer.objects.filter(plan=plan_pk, uid=uid, person=person).delete()


@transaction.atomic
def share_plan(
    *, person: Person, day: dt.date, now: dt.datetime, pk: int, shared: bool = True
) -> Plan:
    """Lets the writers of other clusters of the same programmes read the approved plan, or no more.

    Raises `NotThere`, `NotAllowed`, `OnlyApprovedAreShared`.
    """
    plan_to_write(person, pk, day)
    plan = Plan.objects.select_for_update(of=("self",)).get(pk=pk)
    if plan.state != states.APPROVED:
        raise OnlyApprovedAreShared(
            Message(N_("Only an approved plan can be shared.")),
            next_step=Message(N_("Share it when it has been approved.")),
        )
    plan.shared_at = now if shared else None
    plan.save(update_fields=("shared_at",))
    text = N_("Shared the plan: %(plan)s.") if shared else N_("Shares it no more: %(plan)s.")
    verb = "plan.share" if shared else "plan.unshare"
    summary = Message(text, {"plan": plan.title})
    record(actor=person, verb=verb, subject=plan, summary=summary)
    return plan


def _check_text(text: str) -> None:
    if not text.strip():
        raise refusals.nothing_written("text")
    if len(text) > MOST:
        raise refusals.too_long("text", len(text), MOST)
