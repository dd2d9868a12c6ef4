"""Asking for a proposal and cancelling it; the work itself is done in `running`."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from procrastinate.contrib.django import app

from clusterwork.accounts.models import Person
from clusterwork.audit.services import record
from clusterwork.clusters.formation_adapter import policy_for
from clusterwork.clusters.models import Formation, Proposal
from clusterwork.clusters.permissions import formation_for, proposal_for
from clusterwork.clusters.services.unconfirmed import locked_formation
from clusterwork.clusters.states.proposal import CANCELLED, MOVES, NAMES, QUEUED
from clusterwork.kernel.errors import NotThere, Problem
from clusterwork.kernel.messages import N_, Message
from clusterwork.kernel.states import state_after

JOB = "clusters.propose"


class TooFewSchools(Problem):
    """An exercise with fewer than two schools has nothing to propose."""


@transaction.atomic
def ask_for_proposal(
    *, person: Person, day: dt.date, pk: int, policy_number: int, seed: int, time_limit_s: int
) -> Proposal:
    """A proposal that waits for the worker.

    Raises `NotThere`, `NotAllowed`, `ConfirmedAlready`, `TooFewSchools`.
    """
    formation = formation_for(person, pk, day)
    locked_formation(pk)
    _check_enough(formation)
    policy = formation.programme.policies.filter(number=policy_number).first()
    if policy is None:
        raise NotThere(Message(N_("There is no such version of the policy.")))
    last = formation.proposals.aggregate(last=Max("number"))["last"] or 0
    proposal = Proposal.objects.create(
        formation=formation,
        number=last + 1,
        policy=policy,
        policy_used=policy_for(formation.kind, policy.mapping),
        seed=seed,
        time_limit_s=time_limit_s,
        asked_by=person,
    )
    _queue(proposal)
    record(
        actor=person,
        verb="proposal.ask",
        subject=formation,
        summary=Message(
            N_("Asked for proposal %(number)s. Policy version: %(policy)s. Seed: %(seed)s."),
            {"number": proposal.number, "policy": policy.number, "seed": seed},
        ),
        details={"proposal": proposal.pk, "time_limit_s": time_limit_s},
    )
    return proposal


@transaction.atomic
def cancel_proposal(*, person: Person, day: dt.date, pk: int) -> Proposal:
    """Stops a proposal: at once while it waits, else as soon as the worker looks.

    Raises `NotThere`, `NotAllowed`, `MoveNotAllowed`.
    """
    proposal_for(person, pk, day)
    proposal = (
        Proposal.objects.select_for_update(of=("self",)).select_related("formation").get(pk=pk)
    )
    target = state_after("cancel", proposal.state, MOVES, NAMES)
    now = timezone.now()
    if proposal.state == QUEUED:
        proposal.state, proposal.ended_at = target, now
    proposal.stop_asked_at = now
    proposal.save()
    record(
        actor=person,
        verb="proposal.cancel",
        subject=proposal.formation,
        summary=Message(N_("Cancelled proposal %(number)s."), {"number": proposal.number}),
        details={"proposal": proposal.pk, "state": CANCELLED},
    )
    return proposal


def _check_enough(formation: Formation) -> None:
    if formation.chosen.filter(declined_at__isnull=True).count() < 2:
        raise TooFewSchools(
            Message(N_("There are too few schools to form clusters.")),
            why=Message(N_("A cluster needs two schools at least.")),
            next_step=Message(N_("Choose the schools first.")),
        )


def _queue(proposal: Proposal) -> None:
    """In the same transaction, so that a job never runs for a proposal that was not kept."""
    lock = f"proposal-{proposal.pk}"
    app.configure_task(JOB, queue="formation", lock=lock, queueing_lock=lock).defer(
        proposal_id=proposal.pk
    )
