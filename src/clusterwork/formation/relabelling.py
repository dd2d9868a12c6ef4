"""Labels for clusters that were divided anew: the old ones where they can be."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

import numpy as np
from scipy.optimize import linear_sum_assignment

Ids = Collection[str]
FIRM = 1000.0


def fresh_labels(taken: Collection[str], n: int) -> list[str]:
    """`n` labels 1, 2, … that are not taken."""
    free = (str(k) for k in range(1, len(taken) + n + 1) if str(k) not in taken)
    return [label for label, _ in zip(free, range(n), strict=False)]


def relabelled(
    old: Mapping[str, Ids],
    new: Sequence[Ids],
    keepers: Mapping[str, str],
    taken: Collection[str],
) -> dict[str, tuple[str, ...]]:
    """The new clusters by label: most schools keep theirs, and `keepers` (label to the school
    whose cluster has that label) come first. `taken` are labels that a new name may not use."""
    labels = list(old)
    worth = np.zeros((len(new), len(labels)))
    for k, members in enumerate(new):
        for at, label in enumerate(labels):
            worth[k, at] = len(set(members) & set(old[label]))
            worth[k, at] += FIRM * (keepers.get(label) in members)
    given: dict[int, str] = {
        int(k): labels[at]
        for k, at in zip(*linear_sum_assignment(-worth), strict=True)
        if worth[k, at] > 0
    }
    fresh = iter(fresh_labels({*taken, *labels}, len(new)))
    return {
        given[k] if k in given else next(fresh): tuple(members) for k, members in enumerate(new)
    }
