"""What a reader can work out: facts that are whole numbers from 0, and the sums told of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Secret:
    """Facts whose sum nobody may work out: two values `width` apart must stay possible."""

    facts: frozenset[int]
    width: int


@dataclass(frozen=True, slots=True)
class Doubt:
    """Two ways in which the facts could differ from the truth, as changes of some of them.

    `touched` are the rows whose sums would differ: as long as these are not told, nobody can say
    which of the two is true, and a secret can be anything between what it is in the one and in
    the other.
    """

    high: dict[int, int]
    low: dict[int, int]
    touched: frozenset[int]

    def width(self, facts: frozenset[int]) -> int:
        """How far apart the sum of `facts` is in the two."""
        return sum(self.high.get(fact, 0) - self.low.get(fact, 0) for fact in facts)

    def concerns(self, facts: frozenset[int]) -> bool:
        """Whether one of `facts` would differ."""
        return not (facts.isdisjoint(self.high) and facts.isdisjoint(self.low))


Signature = tuple[int, ...]


class Puzzle:
    """values: of the facts. rows: sums of facts. costs: the loss if a row is hidden, 0 for one that
    has been told and cannot be taken back. told: the rows that a reader sees, at first all."""

    def __init__(
        self, values: Sequence[int], rows: Sequence[frozenset[int]], costs: Sequence[int]
    ) -> None:
        self.values, self.rows, self.costs = values, rows, costs
        self.told = set(range(len(rows)))
        self.of_fact: list[list[int]] = [[] for _ in values]
        for row, facts in enumerate(rows):
            for fact in facts:
                self.of_fact[fact].append(row)
        self._look()

    def hide(self, rows: Iterable[int]) -> None:
        self.told.difference_update(rows)
        self._look()

    def tell(self, rows: Iterable[int]) -> None:
        self.told.update(rows)
        self._look()

    def _look(self) -> None:
        self.signatures = [tuple(row for row in rows if row in self.told) for rows in self.of_fact]
        self.alone = {
            fact for row in self.told if len(self.rows[row]) == 1 for fact in self.rows[row]
        }
        self.alike: dict[Signature, list[int]] = {}
        for fact, signature in enumerate(self.signatures):
            self.alike.setdefault(signature, []).append(fact)

    def is_told(self, fact: int) -> bool:
        """Whether the fact is told by itself."""
        return fact in self.alone

    def is_open(self, secret: Secret, own: frozenset[int]) -> bool:
        """Whether swaps between facts that are counted in the same told rows leave enough doubt.

        A quick look that never errs towards telling; many secrets need no other. `own` are facts
        that the reader knows anyway.
        """
        unknown = secret.facts - own
        signatures = {self.signatures[fact] for fact in unknown}
        if () in signatures:
            return True
        return sum(self._swaps(each, secret, own) for each in signatures) >= secret.width

    def _swaps(self, signature: Signature, secret: Secret, own: frozenset[int]) -> int:
        """By how much the sum of the secret can differ through facts with this signature."""
        like = [fact for fact in self.alike[signature] if fact not in own]
        if secret.facts.issuperset(like):
            return 0
        return sum(self.values[fact] for fact in like)

    def is_open_to_all(self, secret: Secret, most_known: Mapping[Signature, int]) -> bool:
        """Whether it is so for every reader at once; `most_known` is the most that one of them
        knows of the facts with a signature. One fact only, or it is not said."""
        if len(secret.facts) > 1:
            return False
        signature = self.signatures[min(secret.facts)]
        if not signature:
            return True
        others = [fact for fact in self.alike[signature] if fact not in secret.facts]
        known = most_known.get(signature, 0)
        return sum(self.values[fact] for fact in others) - known >= secret.width

    def most_known(self, readers: Iterable[frozenset[int]]) -> dict[Signature, int]:
        """For each signature the most that one of the readers knows of the facts with it."""
        most: dict[Signature, int] = {}
        for own in readers:
            sums: dict[Signature, int] = {}
            for fact in own:
                signature = self.signatures[fact]
                sums[signature] = sums.get(signature, 0) + self.values[fact]
            for signature, known in sums.items():
                most[signature] = max(known, most.get(signature, 0))
        return most
