"""Machines given by a table of moves; every move that is not in the table is refused."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from clusterwork.kernel.errors import Problem
from clusterwork.kernel.messages import N_, Message


@dataclass(frozen=True, slots=True)
class Move:
    """By `verb` something goes from `source` to `target`."""

    verb: str
    source: str
    target: str


class MoveNotAllowed(Problem):
    """Nothing in this state can be moved by this verb."""


def state_after(verb: str, state: str, moves: Iterable[Move], names: Mapping[str, str]) -> str:
    """Where `verb` leads from `state`; `names` are the states as people read them.

    Raises `MoveNotAllowed` where the table has no such move.
    """
    for move in moves:
        if (move.verb, move.source) == (verb, state):
            return move.target
    raise MoveNotAllowed(
        Message(N_("This cannot be done any more, or not yet.")),
        why=Message(N_("It stands at: %(state)s."), {"state": Message(names[state])}),
        next_step=Message(N_("Open the page again to see how it stands now.")),
    )
