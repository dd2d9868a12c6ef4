"""What a reader can work out: facts that are whole numbers from 0, and the sums told of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field


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
        return any(fact in facts for change in (self.high, self.low) for fact in change)


@dataclass
class Puzzle:
    """values: of the facts. rows: sums of facts. costs: the loss if a row is hidden, 0 for one that
    has been told and cannot be taken back. told: the rows that a reader sees."""

    values: Sequence[int]
    rows: Sequence[frozenset[int]]
    costs: Sequence[int]
    told: set[int]
    of_fact: list[list[int]] = field(init=False)

    def __post_init__(self) -> None:
        self.of_fact = [[] for _ in self.values]
        for row, facts in enumerate(self.rows):
            for fact in facts:
                self.of_fact[fact].append(row)

    def signature(self, fact: int) -> tuple[int, ...]:
        """The told rows that count the fact: facts with the same ones can stand for each other."""
        return tuple(row for row in self.of_fact[fact] if row in self.told)

    def is_told(self, fact: int) -> bool:
        """Whether the fact is told by itself."""
        return any(len(self.rows[row]) == 1 for row in self.signature(fact))

    def is_open(self, secret: Secret, own: frozenset[int]) -> bool:
        """Whether swaps between facts that are counted in the same told rows leave enough doubt.

        A quick look that never errs towards telling; many secrets need no other. `own` are facts
        that the reader knows anyway.
        """
        width, seen = 0, set()
        for fact in sorted(secret.facts - own):
            signature = self.signature(fact)
            if not signature:
                return True
            if signature not in seen:
                seen.add(signature)
                width += self._swaps(signature, secret, own)
        return width >= secret.width

    def _swaps(self, signature: tuple[int, ...], secret: Secret, own: frozenset[int]) -> int:
        """By how much the sum of the secret can differ through facts with this signature."""
        row = min((self.rows[row] for row in signature), key=len)
        like = [fact for fact in row - own if self.signature(fact) == signature]
        if secret.facts.issuperset(like):
            return 0
        return sum(self.values[fact] for fact in like)
