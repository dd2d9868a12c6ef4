"""Locks as numbers, and the units of schools that they hold together."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from clusterwork.formation.instance import Instance

Ints = NDArray[np.int64]


def groups_of(n: int, pairs: list[tuple[int, int]]) -> tuple[Ints, tuple[tuple[int, ...], ...]]:
    """Connected components of the pairs, numbered by their smallest school."""
    root = list(range(n))

    def find(i: int) -> int:
        while root[i] != i:
            root[i] = root[root[i]]
            i = root[i]
        return i

    for i, j in pairs:
        a, b = sorted((find(i), find(j)))
        root[b] = a
    members: dict[int, list[int]] = defaultdict(list)
    for i in range(n):
        members[find(i)].append(i)
    units = tuple(tuple(members[r]) for r in sorted(members))
    group = np.zeros(n, dtype=np.int64)
    for number, unit in enumerate(units):
        group[list(unit)] = number
    return group, units


@dataclass(frozen=True)
class Locked:
    """Pairs of schools that are locked together; fixed: (n,) number of the label where a school
    stays, forced_hub: (n,) the school that is its hub, -1 for none; labels of today."""

    pairs: list[tuple[int, int]]
    fixed: Ints
    forced_hub: Ints
    labels: tuple[str, ...]


def locked(instance: Instance, index: dict[str, int]) -> Locked:
    """Locks as numbers; a school fixed to a hub is locked together with it."""
    n = len(index)
    pairs = [(index[a], index[b]) for a, b in instance.locks.together if a in index and b in index]
    labels = tuple(dict.fromkeys(instance.current.values()))
    number = {label: k for k, label in enumerate(labels)}
    fixed = np.full(n, -1, dtype=np.int64)
    forced_hub = np.full(n, -1, dtype=np.int64)
    first_of: dict[int, int] = {}
    for school, place in instance.locks.fixed.items():
        if school not in index:
            continue
        i = index[school]
        if place in number:
            fixed[i] = number[place]
            pairs.append((first_of.setdefault(number[place], i), i))
        elif place in index:
            forced_hub[i] = forced_hub[index[place]] = index[place]
            pairs.append((i, index[place]))
    return Locked(pairs, fixed, forced_hub, labels)
