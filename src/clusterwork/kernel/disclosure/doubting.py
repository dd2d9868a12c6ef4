"""Finds a doubt about a secret: two tables that agree with everything that stays told."""

from __future__ import annotations

from collections.abc import Sequence

from clusterwork.kernel.disclosure.puzzle import Doubt, Puzzle, Secret
from clusterwork.kernel.disclosure.solving import Program, least

REACH = 4  # how many times the width any single fact may differ in a doubt
NEAR = 120  # facts among which a doubt is sought before it is sought among all
SLIGHT = 0.001  # what it costs to change a fact, so that none differs without need
A_ROW = 20  # of which one row brings in at most so many


def doubt(puzzle: Puzzle, secret: Secret, own: frozenset[int], *, may_hide: bool) -> Doubt | None:
    """A doubt about the secret for a reader who knows `own` besides what is told.

    With `may_hide` it may touch rows that are told now, at the least loss nearby; these must then
    be hidden. None where there is none.
    """
    everywhere = [fact for fact in range(len(puzzle.values)) if fact not in own]
    if not may_hide:
        return _among(_free(puzzle, everywhere), puzzle, secret, may_hide=False)
    if len(everywhere) > NEAR:
        found = _among(_near(puzzle, secret, own), puzzle, secret, may_hide=True)
        if found:
            return found
    return _among(everywhere, puzzle, secret, may_hide=True)


def _among(facts: Sequence[int], puzzle: Puzzle, secret: Secret, *, may_hide: bool) -> Doubt | None:
    """A doubt in which only `facts` differ."""
    model = _Model(puzzle, secret, facts, may_hide)
    for whole in (False, True):
        answer = least(model.program, whole=whole)
        if answer is None:
            return None
        changes = [round(value) for value in answer[: model.program.n_whole]]
        found = model.read(changes) if whole or _is_whole(changes, answer) else None
        if found:
            return found
    return None


def _is_whole(changes: Sequence[int], answer: Sequence[float]) -> bool:
    return all(abs(k - value) < 1e-6 for k, value in zip(changes, answer, strict=False))


def _free(puzzle: Puzzle, facts: Sequence[int]) -> list[int]:
    """Those of `facts` that do not follow one by one from told rows."""
    free = set(facts)
    left = {row: len(puzzle.rows[row] & free) for row in puzzle.told}
    ready = [row for row, n in left.items() if n == 1]
    while ready:
        for fact in puzzle.rows[ready.pop()] & free:
            free.discard(fact)
            for row in puzzle.signatures[fact]:
                left[row] -= 1
                if left[row] == 1:
                    ready.append(row)
    return [fact for fact in facts if fact in free]


def _near(puzzle: Puzzle, secret: Secret, own: frozenset[int]) -> list[int]:
    """Facts that share told rows with the secret, then with these, short rows first."""
    found = dict.fromkeys(sorted(secret.facts - own))
    queue = list(found)
    for fact in queue:
        for row in sorted(puzzle.signatures[fact], key=lambda row: (len(puzzle.rows[row]), row)):
            others = sorted(puzzle.rows[row] - own - found.keys())
            others.sort(key=lambda other: (puzzle.is_told(other), abs(other - fact)))
            queue.extend(others[:A_ROW])
            found.update(dict.fromkeys(others[:A_ROW]))
        if len(found) >= NEAR:
            break
    return sorted(found)


def _change(gain: int, sign: int = 1) -> list[tuple[int, int]]:
    """The entries of a class whose gain is in this column and whose loss is in the next."""
    return [(gain, sign), (gain + 1, -sign)]


class _Model:
    """Two tables, high and low, that agree with all that stays told.

    Its columns are, for each of them, how much a class of facts that are counted in the same rows
    gains and how much it loses.
    """

    def __init__(
        self, puzzle: Puzzle, secret: Secret, facts: Sequence[int], may_hide: bool
    ) -> None:
        self.puzzle, self.secret = puzzle, secret
        self.may_hide = may_hide
        self.classes = self._classes(facts)
        self.program = Program()
        high, low = self._table(), self._table()
        self.program.n_whole = 4 * len(self.classes)
        inside = [k for k, each in enumerate(self.classes) if each[0] in secret.facts]
        spread = [entry for k in inside for entry in _change(high[k])]
        spread += [entry for k in inside for entry in _change(low[k], -1)]
        self.program.row(secret.width, float("inf"), spread)
        for table in (high, low):
            self._agree(table)

    def _classes(self, facts: Sequence[int]) -> list[list[int]]:
        found: dict[tuple[bool, tuple[int, ...]], list[int]] = {}
        for fact in facts:
            key = (fact in self.secret.facts, self.puzzle.signatures[fact])
            found.setdefault(key, []).append(fact)
        return list(found.values())

    def _table(self) -> list[int]:
        reach = REACH * self.secret.width
        found = []
        for each in self.classes:
            found.append(self.program.column(0, reach, SLIGHT))
            self.program.column(0, min(reach, self._held(each)), SLIGHT)
        return found

    def _held(self, facts: list[int]) -> int:
        return sum(self.puzzle.values[fact] for fact in facts)

    def _agree(self, table: list[int]) -> None:
        entries: dict[int, list[tuple[int, int]]] = {}
        for column, each in zip(table, self.classes, strict=True):
            for row in self.puzzle.signatures[each[0]]:
                entries.setdefault(row, []).extend(_change(column))
        for row in sorted(entries):
            self.program.row(0, 0, entries[row] + self._gap(row))

    def _gap(self, row: int) -> list[tuple[int, int]]:
        """Columns by which the sum of a row may differ from what is told, at its cost."""
        cost = self.puzzle.costs[row]
        if not cost or not self.may_hide:
            return []
        more, less = (self.program.column(0, float("inf"), cost) for _ in range(2))
        return [(more, -1), (less, 1)]

    def read(self, changes: list[int]) -> Doubt | None:
        """The doubt, if whole numbers bear it out; what the solver says is never taken as given."""
        half = len(self.classes)
        net = [gain - loss for gain, loss in zip(changes[::2], changes[1::2], strict=True)]
        high, low = self._spread(net[:half]), self._spread(net[half:])
        found = Doubt(high, low, self._touched(high) | self._touched(low))
        is_wide = found.width(self.secret.facts) >= self.secret.width
        return found if is_wide and self._may_touch(found.touched) else None

    def _may_touch(self, rows: frozenset[int]) -> bool:
        seen = rows & self.puzzle.told
        return not seen or (self.may_hide and all(self.puzzle.costs[row] for row in seen))

    def _spread(self, changes: list[int]) -> dict[int, int]:
        """Changes of classes as changes of facts, none of which falls below 0."""
        found: dict[int, int] = {}
        for facts, change in zip(self.classes, changes, strict=True):
            left = change
            for fact in facts:
                part = left if left > 0 else -min(-left, self.puzzle.values[fact])
                if part:
                    found[fact] = part
                left -= part
        return found

    def _touched(self, changes: dict[int, int]) -> frozenset[int]:
        sums: dict[int, int] = {}
        for fact, change in changes.items():
            for row in self.puzzle.of_fact[fact]:
                sums[row] = sums.get(row, 0) + change
        return frozenset(row for row, change in sums.items() if change)
