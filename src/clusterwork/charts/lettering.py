"""How much room words take, by the widest of the fonts that a page may have."""

from __future__ import annotations

from collections.abc import Sequence
from unicodedata import category

NARROW_SIGNS = frozenset("iIjlrtf.,:;'’!|()[]/ -")
WIDE_SIGNS = frozenset("mwMWŵŴ%@—&")
UNDRAWABLE = frozenset({"Cc", "Cs", "Cn"})
SIZE = 14
SMALL = 12
LINE = 18
BOLD = 1.12  # how much wider bold letters are
WIDEST = 0.97


def plain(text: str) -> str:
    """The text without the signs that no drawing can hold, such as control characters."""
    return "".join(sign for sign in text if category(sign) not in UNDRAWABLE or sign in "\n\t")


def width_of(text: str, size: int = SIZE) -> float:
    """About how wide the text is in pixels, rather too much than too little."""
    return sum(_sign(sign) for sign in text) * size


def _sign(sign: str) -> float:
    if sign in NARROW_SIGNS:
        return 0.4
    if sign in WIDE_SIGNS:
        return WIDEST
    return 0.72 if sign.isupper() else 0.63


def wrapped(text: str, room: float, size: int = SIZE) -> list[str]:
    """The text in lines that fit; a word that is too long is cut."""
    lines: list[str] = []
    for word in [piece for each in plain(text).split() for piece in _pieces(each, room, size)]:
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and width_of(longer, size) <= room:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines or [""]


def _pieces(word: str, room: float, size: int) -> list[str]:
    if width_of(word, size) <= room:
        return [word]
    most = max(1, int(room / (WIDEST * size)))
    return [word[i : i + most] for i in range(0, len(word), most)]


def widest(texts: Sequence[str], size: int = SIZE) -> float:
    """The width of the widest text."""
    return max((width_of(text, size) for text in texts), default=0.0)
