"""Signs that no font at hand can draw, written by their names instead."""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache

from clusterwork.documents.pdf.engine import can_set

# All but Latin with the accents of Welsh, and the punctuation of every letter.
UNSURE = re.compile("[^\u0000-\u017f‘’“”–—…•€]")


def drawable(text: str) -> str:
    """The text with names in brackets for what can't be drawn: *[party popper]*."""
    return UNSURE.sub(lambda match: _drawn(match[0]), text)


def drawable_together(text: str) -> str:
    """The same where signs that are drawn alone aren't together: a mark on a foreign letter."""
    shown = drawable(text)
    return shown if _fits(shown) else UNSURE.sub(lambda match: named(match[0]), shown)


@lru_cache(maxsize=1024)
def _fits(text: str) -> bool:
    return UNSURE.search(text) is None or can_set(text)


@cache
def _drawn(sign: str) -> str:
    if unicodedata.name(sign, "").startswith("VARIATION SELECTOR"):
        return ""
    if unicodedata.category(sign) != "Co" and can_set(sign):
        return sign
    return "" if unicodedata.category(sign) == "Cf" else named(sign)


def named(sign: str) -> str:
    """A sign by its name; by its number where it has none."""
    return f"[{unicodedata.name(sign, f'U+{ord(sign):04X}').lower()}]"
