"""What differs between two versions of an agreement: clause beside clause, word by word."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from clusterwork.kernel.differing import IN, OUT, SAME, Run, words_between


@dataclass(frozen=True)
class Words:
    """A clause as it reads; `key` is the clause of the library, or None for the cluster's own."""

    key: int | None
    title: str
    text: str


@dataclass(frozen=True)
class Pair:
    """A clause of the earlier version beside the one that it became; one of them may be absent."""

    before: Words | None
    after: Words | None
    left: tuple[Run, ...]
    right: tuple[Run, ...]

    @property
    def is_changed(self) -> bool:
        """Whether anything differs."""
        if self.before is None or self.after is None:
            return True
        same_title = self.before.title == self.after.title
        return not same_title or any(run.what != SAME for run in (*self.left, *self.right))


def side_by_side(before: Sequence[Words], after: Sequence[Words]) -> list[Pair]:
    """Every clause of both once, in the order of the later one; what was left out stands where it
    stood."""
    partner = _partners(before, after)
    taken = set(partner.values())
    pairs: list[Pair] = []
    waiting = [n for n in range(len(before)) if n not in taken]
    for n, clause in enumerate(after):
        old = partner.get(n)
        while old is not None and waiting and waiting[0] < old:
            pairs.append(_pair(before[waiting.pop(0)], None))
        pairs.append(_pair(before[old] if old is not None else None, clause))
    return pairs + [_pair(before[n], None) for n in waiting]


def _partners(before: Sequence[Words], after: Sequence[Words]) -> dict[int, int]:
    """Place in the later version to place in the earlier: by clause of the library, else title."""
    found: dict[int, int] = {}
    free = set(range(len(before)))
    for same in (_same_clause, _same_title):
        for n, clause in enumerate(after):
            if n in found:
                continue
            match = next((m for m in sorted(free) if same(before[m], clause)), None)
            if match is not None:
                found[n] = match
                free.discard(match)
    return found


def _same_clause(one: Words, other: Words) -> bool:
    return one.key is not None and one.key == other.key


def _same_title(one: Words, other: Words) -> bool:
    return one.title.casefold() == other.title.casefold()


def _pair(before: Words | None, after: Words | None) -> Pair:
    runs = words_between(before.text if before else "", after.text if after else "")
    left = tuple(run for run in runs if run.what != IN)
    return Pair(before, after, left, tuple(run for run in runs if run.what != OUT))
