"""Which cells of a table hide: the small ones, and as few others as keep these from being found."""

from __future__ import annotations

from collections.abc import Collection, Hashable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from clusterwork.kernel.disclosure.doubting import doubt
from clusterwork.kernel.disclosure.puzzle import Doubt, Puzzle, Secret

PATIENCE = 100  # secrets looked at anew while cells are shown again; the rest stay hidden
Fact = Hashable
Parts = tuple[frozenset[Fact], ...]


def is_small(n: int, smallest: int) -> bool:
    """Whether a number is above zero and below the smallest that is shown; a true zero is told."""
    return 0 < n < smallest


@dataclass(frozen=True, slots=True)
class Memory:
    """What was told before of the same facts: sums whose value is known, and sums kept secret.

    `told` holds as well what anybody can know, such as figures that are published nationally.
    """

    told: frozenset[frozenset[Fact]] = frozenset()
    kept: frozenset[frozenset[Fact]] = frozenset()


NOTHING = Memory()


@dataclass(frozen=True, slots=True)
class Decided:
    """hidden: cells of which no number is told. small: those of them hidden for their own sake.

    exposed: sums that cannot be kept secret any more, because what was told before gives them away
    as they are or nearly so. after: the memory for the next table of the same facts.
    """

    hidden: frozenset[Any]
    small: frozenset[Any]
    exposed: frozenset[frozenset[Fact]]
    after: Memory


def suppress(
    facts: Mapping[Any, int],
    cells: Mapping[Any, Iterable[Iterable[Fact]]],
    smallest: int,
    *,
    private: Collection[Fact] = (),
    insiders: Iterable[Collection[Fact]] = (),
    before: Memory = NOTHING,
) -> Decided:
    """Decide which of `cells` to hide.

    `facts` are whole numbers from 0 and hold every fact of the cells and of `before`. A cell tells
    the sums of its parts, each a collection of facts. Numbers from 1 to `smallest` - 1 are small,
    also those of single facts that no cell shows; `private` facts are secret whatever they are.
    Each of `insiders` is what one reader knows anyway. The same input has the same answer.

    Afterwards two values at least `smallest` - 1 apart (for private facts also a tenth of the
    value) agree with everything told, for every reader and every secret, except `exposed`.
    """
    work = _Work(facts, cells, smallest, frozenset(private), tuple(insiders), before)
    work.hide_small()
    work.hide_others()
    work.show_again()
    return work.decided()


@dataclass
class _Work:
    facts: Mapping[Any, int]
    cells: Mapping[Any, Iterable[Iterable[Fact]]]
    smallest: int
    private: frozenset[Fact]
    insiders: tuple[Collection[Fact], ...]
    before: Memory
    small: set[Any] = field(default_factory=set)
    hidden: set[Any] = field(default_factory=set)
    exposed: set[tuple[Secret, frozenset[int]]] = field(default_factory=set)
    doubts: list[Doubt] = field(default_factory=list)
    patience: int = 0
    glance: tuple[frozenset[int], dict[tuple[int, ...], int]] = (frozenset([-1]), {})
    held_by: dict[Secret, Doubt] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.names = list(self.facts)
        self.place = {fact: k for k, fact in enumerate(self.facts)}
        self.parts: dict[Any, Parts] = {
            key: tuple(map(frozenset, parts)) for key, parts in self.cells.items()
        }
        self.cell_of, rows, costs = self._rows()
        values = list(self.facts.values())
        self.puzzle = Puzzle(values, rows, costs)
        self.readers = [frozenset(self.place[fact] for fact in each) for each in self.insiders]
        self.readers = self.readers or [frozenset()]
        self.secrets = list(self._secrets())

    def _rows(self) -> tuple[list[Any], list[frozenset[int]], list[int]]:
        cell_of: list[Any] = []
        rows: list[frozenset[int]] = []
        costs: list[int] = []
        for key, parts in self.parts.items():
            for part in parts:
                cell_of.append(key)
                rows.append(self._placed(part))
                costs.append(0 if part in self.before.told else self._cost(part))
        for part in _sorted(self.before.told, self.place):
            cell_of.append(None)
            rows.append(self._placed(part))
            costs.append(0)
        return cell_of, rows, costs

    def _placed(self, part: Iterable[Fact]) -> frozenset[int]:
        return frozenset(self.place[fact] for fact in part)

    def _cost(self, part: frozenset[Fact]) -> int:
        """The loss if a sum is not told: it grows slowly with the value and the facts counted."""
        return 1 + self._sum(part).bit_length() + len(part).bit_length()

    def _sum(self, part: Iterable[Fact]) -> int:
        return sum(self.facts[fact] for fact in part)

    def _secrets(self) -> Iterable[Secret]:
        """Single facts first, then sums, each once."""
        singles = [frozenset([fact]) for fact in self.facts]
        sums = [part for parts in self.parts.values() for part in parts]
        seen: set[frozenset[Fact]] = set(self.before.told)
        for part in [*singles, *_sorted(self.before.kept, self.place), *sums]:
            if part not in seen and (self._is_secret(part) or part in self.before.kept):
                seen.add(part)
                yield Secret(self._placed(part), self._width(part))

    def _is_secret(self, part: frozenset[Fact]) -> bool:
        return self._is_few(part) or (len(part) == 1 and not part.isdisjoint(self.private))

    def _is_few(self, part: frozenset[Fact]) -> bool:
        return is_small(self._sum(part), self.smallest)

    def _width(self, part: frozenset[Fact]) -> int:
        least = max(1, self.smallest - 1)
        return max(least, -(-self._sum(part) // 10)) if part & self.private else least

    # The three steps.

    def hide_small(self) -> None:
        """Hide each cell one of whose parts is a secret, unless that part is known anyway."""
        for key, parts in self.parts.items():
            if any(self._is_secret(part) and part not in self.before.told for part in parts):
                self.small.add(key)
                self._hide(key)

    def hide_others(self) -> None:
        """Hide at the least loss what would give a secret away to one of the readers."""
        for secret in self.secrets:
            while unsure := self._in_danger(secret):
                if not self._find(secret, unsure[0], may_hide=True):
                    self._give_up(secret, unsure[0])

    def show_again(self) -> None:
        """Tell each cell, the greatest loss first, that no secret needs hidden any more."""
        loss = {key: sum(map(self._cost, parts)) for key, parts in self.parts.items()}
        self.patience = PATIENCE
        for key in sorted(self._others(), key=lambda key: -loss[key]):
            self._show(key)
            if not all(map(self._kept, self.secrets)):
                self._hide(key)

    def _others(self) -> list[Any]:
        return [key for key in self.parts if key in self.hidden and key not in self.small]

    def _in_danger(self, secret: Secret) -> list[frozenset[int]]:
        """The readers from whom nothing that was found so far keeps the secret."""
        if self._is_open_to_all(secret):
            return []
        left = [own for own in self.readers if self._is_kept_from(secret, own)]
        last = self.held_by.get(secret)
        for each in [last, *reversed(self.doubts)] if last else reversed(self.doubts):
            if left and each and self._is_doubt(each, secret):
                self.held_by[secret] = each
                left = [own for own in left if each.concerns(own)]
        return [own for own in left if not self.puzzle.is_open(secret, own)]

    def _is_kept_from(self, secret: Secret, own: frozenset[int]) -> bool:
        return not secret.facts <= own and (secret, own) not in self.exposed

    def _is_doubt(self, found: Doubt, secret: Secret) -> bool:
        is_wide = found.width(secret.facts) >= secret.width
        return is_wide and found.touched.isdisjoint(self.puzzle.told)

    def _kept(self, secret: Secret) -> bool:
        while unsure := self._in_danger(secret):
            self.patience -= 1
            if self.patience < 0 or not self._find(secret, unsure[0], may_hide=False):
                return False
        return True

    def _is_open_to_all(self, secret: Secret) -> bool:
        told = frozenset(self.puzzle.told)
        if told != self.glance[0]:
            self.glance = told, self.puzzle.most_known(self.readers)
        return self.puzzle.is_open_to_all(secret, self.glance[1])

    def _find(self, secret: Secret, own: frozenset[int], *, may_hide: bool) -> bool:
        found = doubt(self.puzzle, secret, own, may_hide=may_hide)
        if not found:
            return False
        self.doubts.append(found)
        for row in found.touched & self.puzzle.told:
            self._hide(self.cell_of[row])
        return True

    def _give_up(self, secret: Secret, own: frozenset[int]) -> None:
        """Keep at least some doubt of what was told too much of before."""
        self.exposed.add((secret, own))
        if secret.width > 1:
            self._find(Secret(secret.facts, 1), own, may_hide=True)

    def _hide(self, key: Any) -> None:
        self.hidden.add(key)
        self.puzzle.hide(self._rows_of(key))

    def _show(self, key: Any) -> None:
        self.hidden.discard(key)
        self.puzzle.tell(self._rows_of(key))

    def _rows_of(self, key: Any) -> list[int]:
        return [row for row, cell in enumerate(self.cell_of) if cell == key]

    def decided(self) -> Decided:
        shown = [parts for key, parts in self.parts.items() if key not in self.hidden]
        told = {part for parts in shown for part in parts}
        kept = {part for part in map(self._named, self.secrets) if self._is_few(part)}
        exposed = {self._named(secret) for secret, _ in self.exposed}
        after = Memory(self.before.told | told, self.before.kept | kept)
        return Decided(frozenset(self.hidden), frozenset(self.small), frozenset(exposed), after)

    def _named(self, secret: Secret) -> frozenset[Fact]:
        return frozenset(self.names[k] for k in secret.facts)


def _sorted(parts: Iterable[frozenset[Fact]], place: Mapping[Fact, int]) -> list[frozenset[Fact]]:
    """In the order of the facts, whatever the order of a set is."""
    return sorted(parts, key=lambda part: sorted(place[fact] for fact in part))
