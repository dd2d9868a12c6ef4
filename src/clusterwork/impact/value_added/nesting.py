"""Which group of each level lies in which of the level above; groups sorted by their keys."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from clusterwork.kernel.errors import Problem
from clusterwork.kernel.messages import N_, Message

Integers = NDArray[np.intp]


class LevelsCross(Problem):
    """A group belongs to two groups of the level above."""


class OneGroup(Problem):
    """A level has a single group, whose variance cannot be told."""


@dataclass(frozen=True)
class Tree:
    """Nested groups.

    names: by level from the outermost, the keys of its groups in the order of the rows.
    starts: by level except the lowest, where the children of each group begin one level below.
    parents: by level except the outermost, the row of the parent of each group.
    """

    names: tuple[tuple[str, ...], ...]
    starts: tuple[Integers, ...]
    parents: tuple[Integers, ...]

    @property
    def depth(self) -> int:
        """Levels of groups."""
        return len(self.names)


def tree_of(levels: Sequence[str], keys: Sequence[tuple[str, ...]]) -> Tree:
    """The tree of sorted keys.

    Raises LevelsCross for a group in two groups of the level above, and OneGroup.
    """
    columns = [np.array(column, dtype=object) for column in zip(*keys, strict=True)]
    names, starts, parents = [], [], []
    above: Integers | None = None
    new = np.arange(len(keys)) == 0
    for level, column in enumerate(columns):
        new[1:] |= np.asarray(column[1:] != column[:-1], dtype=bool)
        opens = np.flatnonzero(new)
        names.append(tuple(column[opens].tolist()))
        _must_be_nested(levels, level, names[-1], (keys[row] for row in opens.tolist()))
        _must_be_several(levels[level], names[-1])
        if above is not None:
            parents.append(above[opens])
            starts.append(np.flatnonzero(np.diff(above[opens], prepend=-1)))
        above = np.cumsum(new) - 1
    return Tree(tuple(names), tuple(starts), tuple(parents))


def _must_be_nested(
    levels: Sequence[str], level: int, names: Sequence[str], groups: Iterable[tuple[str, ...]]
) -> None:
    """Refuses a key that stands in two groups of the level above."""
    if len(set(names)) == len(names):
        return
    home: dict[str, tuple[str, ...]] = {}
    for key in groups:
        within = home.setdefault(key[level], key[:level])
        if within != key[:level]:
            raise LevelsCross(
                Message(
                    N_("%(level)s: %(group)s stands in two groups of the level above."),
                    {"level": levels[level], "group": key[level]},
                ),
                why=Message(
                    N_("It is in %(one)s and in %(other)s. Only nested groups can be told apart."),
                    {"one": within[-1], "other": key[level - 1]},
                ),
                next_step=Message(
                    N_(
                        "Give each pupil the group of one date (a school that moved: its last), or "
                        "use keys that differ from one group of the level above to the next."
                    )
                ),
            )


def _must_be_several(level: str, groups: Sequence[str]) -> None:
    if len(groups) == 1:
        raise OneGroup(
            Message(N_("The level has one group only: %(level)s"), {"level": level}),
            why=Message(N_("How much groups differ cannot be told from one of them.")),
            next_step=Message(N_("Leave this level out.")),
        )
