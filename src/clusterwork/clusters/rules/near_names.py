"""Which names are nearest to one that somebody has typed; a name is folded before it comes here.

Names are compared by their triples of letters, and a triple counts the more the fewer names have
it (cosine of weighted triples), so that "primary school" tells little and "pengam" much.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Hashable, Iterable
from typing import Generic, TypeVar

ThingT = TypeVar("ThingT", bound=Hashable)
LEAST = 0.3  # below it a name is not like the other at all
COMMON = 0.2  # a triple that so great a share of all names has finds no candidates by itself


class NearNames(Generic[ThingT]):
    """Things by their names, each of which may have several."""

    def __init__(self, names: Iterable[tuple[str, ThingT]]) -> None:
        self._things: list[ThingT] = []
        triples = []
        for name, thing in names:
            self._things.append(thing)
            triples.append(_triples(name))
        n_having = Counter(triple for each in triples for triple in each)
        n = len(triples) or 1
        self._weight = {triple: 1 + math.log(n / count) for triple, count in n_having.items()}
        self._rare = {triple for triple, count in n_having.items() if count <= max(3, COMMON * n)}
        self._length = [self._length_of(each) for each in triples]
        self._having: dict[str, list[int]] = {}
        for place, each in enumerate(triples):
            for triple in each:
                self._having.setdefault(triple, []).append(place)
        self._known: dict[str, list[ThingT]] = {}

    def nearest(self, name: str, most: int = 3) -> list[ThingT]:
        """At most so many things, the nearest first; none that is not like the name."""
        if name not in self._known:
            self._known[name] = self._nearest(name)
        return self._known[name][:most]

    def _nearest(self, name: str) -> list[ThingT]:
        asked = _triples(name)
        length = self._length_of(asked)
        if not length:
            return []
        common: Counter[int] = Counter()
        for triple in asked & self._rare or asked:
            for place in self._having.get(triple, ()):
                common[place] = 0
        for triple in asked:
            weight = self._weight.get(triple, 0.0) ** 2
            for place in self._having.get(triple, ()):
                if place in common:
                    common[place] += weight  # type: ignore[assignment]
        scores = ((score / length / self._length[place], place) for place, score in common.items())
        best = sorted((score, -place) for score, place in scores if score >= LEAST)
        return list(dict.fromkeys(self._things[-place] for _, place in reversed(best[-12:])))

    def _length_of(self, triples: set[str]) -> float:
        most = max(self._weight.values(), default=1.0)
        return math.sqrt(sum(self._weight.get(each, most) ** 2 for each in triples))


def _triples(name: str) -> set[str]:
    return {
        padded[start : start + 3]
        for word in name.split()
        for padded in [f" {word} "]
        for start in range(len(padded) - 2)
    }
