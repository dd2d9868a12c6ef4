"""Which groups of pupils are shown beside a total that everybody knows; knows no database.

Groups lie in each other: schools in authorities. Of each group that is shown, a reader knows the
number of pupils and the effect; both add up (the effects, drawn towards nothing, are those of the
group above times a number that is told; together they are nothing). So whoever is shown a group
and all but one of those in it knows that one too. A group is therefore hidden with at least one
other, and not with so few pupils that these together are fewer than the smallest number.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

Key = tuple[str, ...]
EVERYTHING: Key = ()


def hidden_groups(
    counts: Mapping[Key, int], smallest: int, *, already: Collection[Key] = ()
) -> frozenset[Key]:
    """The keys, at any level, of which nothing is shown.

    counts: pupils of each group at the lowest level, by its key with those of the groups around it
    first. already: groups that are hidden whatever they are. Of those that may be hidden for
    another's sake the smallest is taken, ties by key.
    """
    found = _Hidden(counts, smallest)
    for key in already:
        found.hide(key)
    found.hide_small()
    while exposed := found.exposed():
        if not all(found.cover(around) for around in exposed):
            break
    return frozenset(found.hidden)


def hidden_among(
    parts: Iterable[Mapping[Key, int]], together: Mapping[Key, int], smallest: int
) -> frozenset[Key]:
    """The keys hidden where `parts` are added up: also whatever is hidden in one of them.

    Else two results, one with and one without a part, would tell by their difference.
    """
    already = {key for part in parts for key in hidden_groups(part, smallest)}
    return hidden_groups(together, smallest, already=already)


class _Hidden:
    def __init__(self, counts: Mapping[Key, int], smallest: int) -> None:
        self.counts, self.smallest = counts, smallest
        self.hidden: set[Key] = set()
        self.sums: dict[Key, int] = {}
        self.within: dict[Key, list[Key]] = {}
        for key, n in counts.items():
            for around in _around(key):
                self.sums[around] = self.sums.get(around, 0) + n
                self.within.setdefault(around, []).append(key)

    def hide(self, key: Key) -> None:
        """The group; nothing where it is none of these."""
        if key in self.counts or (key in self.sums and key != EVERYTHING):
            self.hidden.add(key)

    def hide_small(self) -> None:
        """Every group, at any level, of fewer pupils than are shown."""
        for key, n in (*self.counts.items(), *self.sums.items()):
            if n < self.smallest:
                self.hide(key)

    def told_around(self, key: Key) -> Key:
        """The nearest group around it that is shown; the whole always is."""
        return next(each for each in reversed(_around(key)) if each not in self.hidden)

    def exposed(self) -> list[Key]:
        """Shown groups of which what is hidden in them could be told apart; the deepest only."""
        regions: dict[Key, list[int]] = {}
        for key, n in self.counts.items():
            if key in self.hidden:
                regions.setdefault(self.told_around(key), []).append(n)
        found = [around for around, ns in regions.items() if len(ns) < 2 or sum(ns) < self.smallest]
        deepest = max(map(len, found), default=0)
        return sorted(around for around in found if len(around) == deepest)

    def cover(self, around: Key) -> bool:
        """Hides the smallest group still shown in it; or, without one, a group around or within.

        False where there is nothing left to hide.
        """
        depth = len(around)
        shown = [key for key in self.counts if key[:depth] == around and key not in self.hidden]
        if shown:
            chosen = min(shown, key=lambda key: (self.counts[key], key))
            self.hidden.update(each for each in (*_around(chosen), chosen) if len(each) > depth)
            return True
        if around != EVERYTHING:
            self.hidden.add(around)
            return True
        inner = [key for key in self.sums if key and key not in self.hidden]
        if inner:
            self.hidden.add(min(inner, key=lambda key: (self.sums[key], key)))
        return bool(inner)


def _around(key: Key) -> tuple[Key, ...]:
    """The groups that the group lies in, from the whole to the nearest."""
    return tuple(key[:depth] for depth in range(len(key)))
