"""A list of moves by hand: adding one, taking one back, and what comes out; plain numbers only."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

Kept = Mapping[str, Any]
"""A move as a proposal keeps it: `school`, `to` and `from` (cluster numbers, None: no cluster),
`because` and `broke` (names of rules)."""
Division = dict[int, list[int]]


def with_move(moves: Sequence[Kept], move: Kept) -> list[Kept]:
    """The moves with one more. A school is moved once: where it stood in the base stays known, and
    a move back there is no move."""
    earlier = [each for each in moves if each["school"] == move["school"]]
    others = [each for each in moves if each["school"] != move["school"]]
    origin = earlier[0]["from"] if earlier else move["from"]
    return others if move["to"] == origin else [*others, {**move, "from": origin}]


def without_move(moves: Sequence[Kept], school: int) -> list[Kept]:
    """The moves but that of one school."""
    return [each for each in moves if each["school"] != school]


def divided(assignment: Mapping[int, int | None], moves: Iterable[Kept] = ()) -> Division:
    """Cluster number to schools, once the moves are made."""
    placed = {**assignment, **{each["school"]: each["to"] for each in moves}}
    clusters: Division = {}
    for school, number in placed.items():
        if number is not None:
            clusters.setdefault(number, []).append(school)
    return clusters


def next_number(assignment: Mapping[int, int | None]) -> int:
    """The number of a cluster that is not there yet."""
    return max((number for number in assignment.values() if number), default=0) + 1
