"""Arranging the clusters around a move anew: seen without a trace, then kept as a proposal."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from django.db import transaction

from clusterwork.accounts.models import Person
from clusterwork.audit.services import record
from clusterwork.clusters.consequences import Consequences, Move, Rearrangement
from clusterwork.clusters.formation_adapter import rearrange, see
from clusterwork.clusters.models import Proposal
from clusterwork.clusters.permissions import made_proposal_for
from clusterwork.clusters.rules.moves import Kept, divided, next_number
from clusterwork.clusters.selectors.moving import Ground, ground_of
from clusterwork.clusters.services.moving import NoMove, check_move, check_rules, kept_in
from clusterwork.clusters.services.unconfirmed import locked_formation
from clusterwork.kernel.messages import N_, Message


def rearranged(ground: Ground, school_pk: int, to: int | None) -> Rearrangement:
    """The best around one move; writes nothing. Raises `NoMove`, `NoArrangement`."""
    check_move(ground, school_pk, to)
    return rearrange(ground.question, divided(ground.assignment), Move(school_pk, to))


@transaction.atomic
def keep_rearrangement(
    *, person: Person, day: dt.date, pk: int, moves: Sequence[Move], because: str = ""
) -> Proposal:
    """The proposal made by hand that has all the moves, the first of them the one that was asked
    about: this one or a new one, as with one move.

    They are kept as they were seen and nothing is worked out again. Raises `NotThere`,
    `NotAllowed`, `NoMove`, `MoveBreaksRules`, `ConfirmedAlready`.
    """
    formation = locked_formation(made_proposal_for(person, pk, day).formation_id)
    ground = ground_of(made_proposal_for(person, pk, day), day)
    _check_moves(ground, moves)
    found = see(ground.question, divided(ground.assignment), moves)
    check_rules(found, because)
    kept = kept_in(ground, _rows(ground, moves, found, because), person, day)
    first = ground.chosen.by_id[moves[0].school]
    record(
        actor=person,
        verb="proposal.rearrange",
        subject=formation,
        summary=Message(
            N_(
                "Arranged clusters anew around a move in proposal %(number)s. School: %(school)s. "
                "Others that move: %(n)s."
            ),
            {"number": kept.number, "school": str(first), "n": len(moves) - 1},
        ),
        details={"proposal": kept.pk, "moves": [[each.school, each.to] for each in moves]},
    )
    return kept


def _check_moves(ground: Ground, moves: Sequence[Move]) -> None:
    """Each school once, to a cluster that is there or is begun by these moves."""
    known = range(1, next_number(ground.assignment) + len(moves))
    if not moves or len({each.school for each in moves}) < len(moves):
        raise _not_as_seen()
    for each in moves:
        stands = ground.assignment.get(each.school, each.to)
        if stands == each.to or not (each.to is None or each.to in known):
            raise _not_as_seen()


def _not_as_seen() -> NoMove:
    return NoMove(
        Message(N_("These moves do not fit the proposal as it is now.")),
        why=Message(N_("It may have changed since they were worked out.")),
        next_step=Message(N_("Arrange the clusters anew and look again.")),
    )


def _rows(ground: Ground, moves: Sequence[Move], found: Consequences, because: str) -> list[Kept]:
    """As the proposal keeps them; `along` names the school with whose move the others go."""
    first = moves[0].school
    broke = sorted({breach.rule for breach in found.broken})
    return [
        {
            "school": each.school,
            "to": each.to,
            "from": ground.assignment[each.school],
            "because": because.strip() if each.school == first else "",
            "broke": broke if each.school == first else [],
            "along": None if each.school == first else first,
        }
        for each in moves
    ]
