"""Moving schools by hand: seeing what it would do, keeping it as a proposal, taking it back."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from django.db import transaction

from clusterwork.accounts.models import Person
from clusterwork.audit.services import record
from clusterwork.clusters import sentences
from clusterwork.clusters.consequences import Consequences, Move
from clusterwork.clusters.formation_adapter import see
from clusterwork.clusters.models import Proposal
from clusterwork.clusters.permissions import made_proposal_for
from clusterwork.clusters.rules.moves import Kept, divided, next_number, with_move, without_move
from clusterwork.clusters.selectors.moving import (
    Ground,
    ground_of,
    is_shown_to_others,
)
from clusterwork.clusters.services.arranging import written
from clusterwork.clusters.services.unconfirmed import locked_formation
from clusterwork.kernel.errors import NotThere, Problem
from clusterwork.kernel.messages import N_, Message


class NoMove(Problem):
    """The school stands there already, or the cluster is none of the proposal's."""


class MoveBreaksRules(Problem):
    """The move breaks a rule, and nobody has said why it is to be made all the same."""


def see_move(
    *, person: Person, day: dt.date, pk: int, school_pk: int, to: int | None
) -> Consequences:
    """What one move would change for everybody; writes nothing.

    Raises `NotThere`, `NotAllowed`, `NoMove`.
    """
    return seen(ground_of(made_proposal_for(person, pk, day), day), school_pk, to)


def seen(ground: Ground, school_pk: int, to: int | None) -> Consequences:
    """As `see_move`, for whoever has loaded the proposal. Raises `NoMove`."""
    check_move(ground, school_pk, to)
    return see(ground.question, divided(ground.assignment), [Move(school_pk, to)])


@transaction.atomic
def keep_move(
    *,
    person: Person,
    day: dt.date,
    pk: int,
    school_pk: int,
    to: int | None,
    because: str = "",
) -> Proposal:
    """The proposal made by hand that has the move: this one, where it was made by hand and nobody
    else has seen it yet, else a new one out of it.

    `because` says why the move is made although it breaks a rule. Raises `NotThere`, `NotAllowed`,
    `NoMove`, `MoveBreaksRules`, `ConfirmedAlready`.
    """
    formation = locked_formation(made_proposal_for(person, pk, day).formation_id)
    ground = ground_of(made_proposal_for(person, pk, day), day)
    found = seen(ground, school_pk, to)
    check_rules(found, because)
    move = {
        "school": school_pk,
        "to": to,
        "from": ground.assignment[school_pk],
        "because": because.strip(),
        "broke": sorted({breach.rule for breach in found.broken}),
    }
    kept = kept_in(ground, [move], person, day)
    record(
        actor=person,
        verb="proposal.move",
        subject=formation,
        summary=Message(
            N_("Moved a school by hand in proposal %(number)s. School: %(school)s. To: %(to)s."),
            {
                "number": kept.number,
                "school": str(ground.chosen.by_id[school_pk]),
                "to": to if to is not None else "–",
            },
        ),
        details={"proposal": kept.pk, "base": kept.base_id, **move},
    )
    return kept


@transaction.atomic
def take_move_back(*, person: Person, day: dt.date, pk: int, school_pk: int) -> Proposal:
    """The proposal made by hand without the move of one school.

    Where others have seen the proposal, a new one out of the same base. Raises `NotThere`,
    `NotAllowed`, `ConfirmedAlready`.
    """
    formation = locked_formation(made_proposal_for(person, pk, day).formation_id)
    proposal = made_proposal_for(person, pk, day)
    rest = without_move(proposal.moves, school_pk)
    if proposal.base is None or len(rest) == len(proposal.moves):
        raise NotThere(Message(N_("This move has been taken back already.")))
    kept = written(proposal.base, proposal, rest, person, day)
    record(
        actor=person,
        verb="proposal.move_back",
        subject=formation,
        summary=Message(N_("Took a move back in proposal %(number)s."), {"number": kept.number}),
        details={"proposal": kept.pk, "school": school_pk},
    )
    return kept


def kept_in(ground: Ground, moves: Sequence[Kept], person: Person, day: dt.date) -> Proposal:
    """The proposal made by hand with these moves too: this one, or a new one out of it."""
    proposal = ground.proposal
    if proposal.base is None or is_shown_to_others(proposal):
        return written(proposal, None, moves, person, day)
    every = list(proposal.moves)
    for move in moves:
        every = with_move(every, move)
    return written(proposal.base, proposal, every, person, day)


def check_move(ground: Ground, school_pk: int, to: int | None) -> None:
    """Raises `NoMove` where the school cannot be placed, is there already, or there is no such
    cluster."""
    if school_pk not in ground.assignment:
        raise NoMove(
            Message(N_("This school cannot be placed in this proposal.")),
            why=Message(N_("It does not take part, has closed, or has no position.")),
            next_step=Message(N_("Choose another school.")),
        )
    if to is not None and not 1 <= to <= next_number(ground.assignment):
        raise NoMove(
            Message(N_("There is no such cluster in this proposal.")),
            next_step=Message(N_("Choose one of its clusters.")),
        )
    if ground.assignment[school_pk] == to:
        raise NoMove(
            Message(N_("The school is there already.")),
            next_step=Message(N_("Choose another cluster.")),
        )


def check_rules(found: Consequences, because: str) -> None:
    """Raises `MoveBreaksRules` where a rule is broken and no reason given."""
    if not found.broken or because.strip():
        return
    raise MoveBreaksRules(
        Message(N_("The move breaks a rule of the policy or a decision, or more than one.")),
        why=_why(found),
        next_step=Message(N_("Say why it is to be made all the same, or choose another cluster.")),
    )


def _why(found: Consequences) -> Message | None:
    said = [sentences.read(breach.message) for breach in found.broken]
    whole: Message | None = None
    for each in said:
        if each is not None:
            whole = (
                each if whole is None else Message("%(one)s %(two)s", {"one": whole, "two": each})
            )
    return whole
