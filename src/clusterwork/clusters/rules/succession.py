"""What the official links say came of a school that closed. Knows no database."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

# The first words of the official kinds of link that say more than "one followed the other".
JOINED = ("amalgamat", "merge", "result of")
PARTED = ("split",)


@dataclass(frozen=True)
class Successor:
    """A school that came after: its id, the link's own words, and how many came before it."""

    school: int
    link_type: str
    n_before: int = 1


def goes_on_as(successors: Sequence[Successor]) -> int | None:
    """The one school that is the same under another number (a conversion or a renumbering).

    None where nothing followed, several did, or the link or its other end tells of an
    amalgamation or a split: then people decide.
    """
    if len({each.school for each in successors}) != 1:
        return None
    told = [each.link_type.casefold() for each in successors]
    if any(word in words for words in told for word in (*JOINED, *PARTED)):
        return None
    return successors[0].school if all(each.n_before == 1 for each in successors) else None


def amalgamated(successors: Sequence[Successor]) -> bool:
    """Whether the links say that the school went into one with others."""
    return any(
        each.n_before > 1 or any(word in each.link_type.casefold() for word in JOINED)
        for each in successors
    )
