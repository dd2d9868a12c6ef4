"""One school following another, and that one a third: walked on plain numbers, cycles and all."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Mapping, Sequence


def walk(start: str, edges: Mapping[str, Sequence[str]]) -> dict[str, int]:
    """All numbers that the edges lead to from `start`, with the fewest steps; `start` left out.

    A number is visited once, so cycles end.
    """
    steps = {start: 0}
    for number, before in reached_from(start, edges).items():
        steps[number] = steps[before] + 1
    del steps[start]
    return steps


def reached_from(start: str, edges: Mapping[str, Sequence[str]]) -> dict[str, str]:
    """For each number that `walk` gives, the one just before it on the way from `start`."""
    before: dict[str, str] = {}
    waiting = deque([start])
    while waiting:
        number = waiting.popleft()
        for following in edges.get(number, ()):
            if following not in before and following != start:
                before[following] = number
                waiting.append(following)
    return before


def edges_back(links: Iterable[tuple[str, str, str]]) -> dict[str, list[str]]:
    """From each number to those just before it, by links as (number, other number, kind).

    The official list tells most links twice, once from each side.
    """
    edges: dict[str, list[str]] = {}
    for number, other, kind in links:
        later, earlier = (number, other) if kind == "predecessor" else (other, number)
        if earlier not in edges.setdefault(later, []):
            edges[later].append(earlier)
    return edges


def turned(edges: Mapping[str, Sequence[str]]) -> dict[str, list[str]]:
    """The same edges in the other direction."""
    back: dict[str, list[str]] = {}
    for number, others in edges.items():
        for other in others:
            back.setdefault(other, []).append(number)
    return back
