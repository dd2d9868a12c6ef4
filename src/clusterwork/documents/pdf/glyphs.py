"""Signs that no font at hand can draw, written by their names instead."""

from __future__ import annotations

import re
import unicodedata
from functools import cache

from clusterwork.documents.pdf.engine import can_set

# Latin, with the accents of Welsh; punctuation, currency and arrows are asked for one by one.
UNSURE = re.compile("[^\u0000-\u017f]")


def drawable(text: str) -> str:
    """The text with names in brackets for what can't be drawn: *[party popper]*."""
    return UNSURE.sub(lambda match: _drawn(match[0]), text)


@cache
def _drawn(sign: str) -> str:
    if unicodedata.category(sign) == "Mn" and unicodedata.name(sign, "").startswith("VARIATION"):
        return ""
    if can_set(sign):
        return sign
    if unicodedata.category(sign) == "Cf":
        return ""
    return named(sign)


def named(sign: str) -> str:
    """A sign by its name; by its number where it has none."""
    return f"[{unicodedata.name(sign, f'U+{ord(sign):04X}').lower()}]"
