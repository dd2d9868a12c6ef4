"""What several analyses refuse; each of these has one name and one sentence."""

from __future__ import annotations

from collections.abc import Sequence

from clusterwork.impact.written import labelled
from clusterwork.kernel.errors import Problem
from clusterwork.kernel.messages import N_, Message


class NothingLeft(Problem):
    """No row has all the figures that the analysis needs."""


class OutcomeAllAlike(Problem):
    """The outcome has one value only, or none."""


class StartMoves(Problem):
    """A start is not the same in all rows of a unit or cluster."""


def nothing_left(names: Sequence[str], missing: int, next_step: Message | None = None) -> Problem:
    """The refusal where no row is whole; missing: rows left out."""
    return NothingLeft(
        Message(N_("No row has all the figures: %(names)s"), {"names": ", ".join(names)}),
        why=Message(
            N_("Rows left out because a value was missing: %(missing)s"), {"missing": missing}
        ),
        next_step=next_step
        or Message(N_("Check the columns, or take a year that has been published.")),
    )


def outcome_all_alike() -> Problem:
    """The refusal of an outcome without any difference."""
    return OutcomeAllAlike(
        Message(N_("The outcome has one value only, or none.")),
        why=Message(N_("There is no difference to explain.")),
        next_step=Message(N_("Check that the column is the right one.")),
    )


def start_moves(unit: str, starts: Sequence[float], next_step: Message | None = None) -> Problem:
    """The refusal of a start that moves; starts: infinite for never."""
    told = dict.fromkeys("0" if start == float("inf") else labelled(start) for start in starts)
    return StartMoves(
        Message(
            N_("The start of a unit is not the same in all its rows: %(unit)s"), {"unit": unit}
        ),
        why=Message(N_("Its rows say: %(starts)s"), {"starts": ", ".join(told)}),
        next_step=next_step
        or Message(
            N_("Write the first time at which it was treated in every row, 0 or nothing for never.")
        ),
    )
