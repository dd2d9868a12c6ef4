"""Reminding those who have not voted, by itself and once, before the last day for votes."""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from clusterwork.audit.services import record
from clusterwork.clusters.models import Decision
from clusterwork.clusters.services.deciding_letters import LinkFor, remind_of_vote
from clusterwork.clusters.states import decision as states
from clusterwork.kernel.messages import N_, Message


def remind_voters(*, day: dt.date, link_for: LinkFor) -> int:
    """Writes about every open vote whose day for it has come; how many letters."""
    due = Decision.objects.filter(state=states.OPEN, remind_on__lte=day)
    return sum(_remind(pk, day, link_for) for pk in due.order_by("pk").values_list("pk", flat=True))


@transaction.atomic
def _remind(pk: int, day: dt.date, link_for: LinkFor) -> int:
    """Nothing where another worker was first, or where the last day is over."""
    held = Decision.objects.select_for_update(of=("self",)).select_related(
        "cluster", "group", "proposed_school"
    )
    decision = held.filter(pk=pk, state=states.OPEN, remind_on__lte=day).first()
    if decision is None:
        return 0
    decision.remind_on = None
    decision.save(update_fields=["remind_on"])
    if decision.vote_by is None or decision.vote_by < day:
        return 0
    n = remind_of_vote(decision, day=day, link_for=link_for)
    _note(decision, n)
    return n


def _note(decision: Decision, n: int) -> None:
    told = {"title": decision.title, "n": n}
    summary = Message(N_("Reminded those who have not voted: %(title)s. Letters: %(n)s."), told)
    record(actor=None, verb="decision.remind", subject=decision, summary=summary)
