"""Who needs and who is strong, area by area and school by school; plain values only."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

NEEDS, STRONG, BOTH = "needs", "strong", "both"


@dataclass(frozen=True, slots=True)
class Row:
    """One area: what each school said of it, and how many need it and are strong in it."""

    area: str
    said: dict[int, str]
    n_need: int
    n_strong: int

    @property
    def meets(self) -> bool:
        """Whether somebody's strength could meet another's need."""
        needing = {school for school, said in self.said.items() if said in (NEEDS, BOTH)}
        strong = {school for school, said in self.said.items() if said in (STRONG, BOTH)}
        return bool(needing and strong and (needing | strong) != (needing & strong)) or (
            len(needing & strong) > 1
        )


def matrix(areas: Sequence[str], said: Iterable[tuple[str, int, str]]) -> list[Row]:
    """A row for every area of which a school said something, the most needed first.

    `said` is area, school and whether it `NEEDS` it or is `STRONG` in it; both is possible.
    Equal: fewer strong first, then the order of `areas`.
    """
    words: dict[str, dict[int, set[str]]] = defaultdict(lambda: defaultdict(set))
    for area, school, kind in said:
        words[area][school].add(kind)
    rows = [_row(area, words[area]) for area in areas if words.get(area)]
    return sorted(rows, key=lambda row: (-row.n_need, row.n_strong))


def _row(area: str, by_school: dict[int, set[str]]) -> Row:
    said = {
        school: BOTH if len(kinds) > 1 else next(iter(kinds)) for school, kinds in by_school.items()
    }
    kinds = list(said.values())
    n_both = kinds.count(BOTH)
    return Row(area, said, kinds.count(NEEDS) + n_both, kinds.count(STRONG) + n_both)
