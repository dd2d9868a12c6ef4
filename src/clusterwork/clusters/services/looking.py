"""Closer looks at a proposal: asked for, and worked out by the worker. Safe to run twice."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone
from procrastinate.contrib.django import app

from clusterwork.accounts.models import Person
from clusterwork.clusters import sentences
from clusterwork.clusters.models import Look, Proposal
from clusterwork.clusters.permissions import made_proposal_for
from clusterwork.clusters.permissions.consulting import own_place_for
from clusterwork.clusters.selectors.moving import ground_of
from clusterwork.clusters.selectors.proposals import place_of
from clusterwork.clusters.services.looking_closer import found_by
from clusterwork.clusters.states.look import DONE, FAILED, MOVES, NAMES, WAITING
from clusterwork.kernel.errors import Problem
from clusterwork.kernel.messages import N_, Message
from clusterwork.kernel.states import state_after

JOB = "clusters.look"


class NotPlaced(Problem):
    """The school is in no cluster that could be changed for another."""


@transaction.atomic
def ask_for_look(
    *, person: Person, day: dt.date, pk: int, kind: str, school_pk: int | None = None
) -> Look:
    """A look that waits for the worker; one that waits or works already stays as it is.

    Raises `NotThere`, `NotAllowed`, `NotPlaced`.
    """
    proposal = made_proposal_for(person, pk, day)
    return _asked(proposal, kind, school_pk, person)


@transaction.atomic
def ask_for_own_look(*, person: Person, day: dt.date, round_pk: int, school_pk: int) -> Look:
    """A school's own alternatives in a round, for whoever may see its place.

    Raises `NotThere`, `NotAllowed`, `NotPlaced`.
    """
    own = own_place_for(person, round_pk, school_pk, day)
    return _asked(own.round.proposal, Look.Kind.ALTERNATIVES, school_pk, person)


def _asked(proposal: Proposal, kind: str, school_pk: int | None, person: Person | None) -> Look:
    if school_pk is not None:
        _check_placed(proposal, school_pk)
    look = _waiting(proposal, kind, school_pk, person)
    if look.state == WAITING:
        lock = f"look-{look.pk}"
        job = app.configure_task(JOB, queue="formation", lock=lock)
        job.defer(look_id=look.pk)
    return look


def _check_placed(proposal: Proposal, school_pk: int) -> None:
    if place_of(proposal, school_pk).cluster is None:
        raise NotPlaced(
            Message(N_("This school is in no cluster, so there is nothing to compare with.")),
            next_step=Message(N_("Move it to a cluster by hand and see what that does.")),
        )


def _waiting(proposal: Proposal, kind: str, school_pk: int | None, person: Person | None) -> Look:
    """The row, which waits unless it waits or works already."""
    Proposal.objects.select_for_update().get(pk=proposal.pk)
    look = proposal.looks.filter(kind=kind, school=school_pk).first()
    if look is None:
        look = Look(proposal=proposal, kind=kind, school_id=school_pk)
    elif look.is_open:
        return look
    else:
        look.state = state_after("ask again", look.state, MOVES, NAMES)
    look.asked_by, look.asked_at = person, timezone.now()
    look.found, look.trouble = {}, {}
    look.save()
    return look


def look_after(proposal_pk: int) -> None:
    """What every made proposal is looked at for, right after it was made: which places are firm.

    Does nothing where it was not made or was looked at already; takes up what was left open.
    """
    proposal = Proposal.objects.filter(pk=proposal_pk, state=Proposal.State.DONE).first()
    if proposal is None:
        return
    look = proposal.looks.filter(kind=Look.Kind.FIRMNESS).first()
    if look is None:
        with transaction.atomic():
            look = _waiting(proposal, Look.Kind.FIRMNESS, None, None)
    work_on_look(look.pk)


def work_on_look(pk: int) -> None:
    """Works the look out, however it ends. Does nothing where it has ended or is gone.

    Raises what is nobody's wish, for the job to be retried.
    """
    look = _begun(pk)
    if look is None:
        return
    try:
        found = found_by(look, ground_of(look.proposal, timezone.localdate()))
    except Problem as problem:
        _end(look, "fail", trouble=sentences.problem_written(problem))
    else:
        _end(look, "finish", found=found)


@transaction.atomic
def _begun(pk: int) -> Look | None:
    rows = Look.objects.select_for_update(of=("self",)).select_related("proposal__formation")
    look = rows.filter(pk=pk).first()
    if look is None or not look.is_open:
        return None
    verb = "start" if look.state == WAITING else "start again"
    look.state = state_after(verb, look.state, MOVES, NAMES)
    look.started_at = timezone.now()
    look.save()
    return look


def _end(
    look: Look,
    verb: str,
    *,
    found: Mapping[str, Any] | None = None,
    trouble: Mapping[str, Any] | None = None,
) -> None:
    """Writes the end; nothing where the row went meanwhile or was begun again since."""
    rows = Look.objects.filter(pk=look.pk, started_at=look.started_at)
    rows.update(
        state=state_after(verb, look.state, MOVES, NAMES),
        ended_at=timezone.now(),
        found=dict(found or {}),
        trouble=dict(trouble or {}),
    )


def give_up_looks(**which: int) -> None:
    """Ends open looks (by `pk`, or `proposal`) whose job broke off again and again."""
    problem = Problem(
        Message(N_("This could not be worked out.")),
        why=Message(N_("Something in the system went wrong, several times in a row.")),
        next_step=Message(
            N_("Ask for it again. If that breaks off too, tell whoever runs the system.")
        ),
    )
    trouble = sentences.problem_written(problem)
    open_rows = Look.objects.filter(**which).exclude(state__in=(DONE, FAILED))
    open_rows.update(state=FAILED, ended_at=timezone.now(), trouble=trouble)
