"""Whether two ways of writing a diocese's name mean the same one; plain texts only."""

from __future__ import annotations

from clusterwork.registry.rules.names import fold

EMPTY_WORDS = frozenset({"diocese", "of", "the", "and", "esgobaeth", "in", "board"})
NO_DIOCESE = frozenset({"not applicable", "none", ""})


def diocese_key(name: str) -> str:
    """The words that tell dioceses apart: "The Diocese of Lincoln" and "Lincoln diocese" are one.

    An archdiocese is another one than the diocese of the same city.

    Empty where the register says that there is none.
    """
    folded = fold(name)
    if folded in NO_DIOCESE:
        return ""
    return " ".join(sorted(set(folded.split()) - EMPTY_WORDS))
