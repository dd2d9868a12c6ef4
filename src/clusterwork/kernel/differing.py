"""What differs between two texts, word by word."""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import SequenceMatcher

WORD = re.compile(r"\S+\s*|\s+")
SAME, OUT, IN = "same", "out", "in"


@dataclass(frozen=True, slots=True)
class Run:
    """Words in a row that are the same in both, taken out, or put in."""

    what: str
    text: str


def words_between(old: str, new: str) -> tuple[Run, ...]:
    """The two texts as one row of runs, what was taken out before what was put in its place.

    What is not put in, joined, is `old`; what is not taken out is `new`.
    """
    before, after = WORD.findall(old), WORD.findall(new)
    runs: list[Run] = []
    for kind, i, j, k, m in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if kind == "equal":
            runs.append(Run(SAME, "".join(before[i:j])))
            continue
        runs += [Run(OUT, "".join(before[i:j]))] if i < j else []
        runs += [Run(IN, "".join(after[k:m]))] if k < m else []
    return tuple(runs)
