"""Texts that a spreadsheet would take for a formula: made harmless, and as they stood before."""

from __future__ import annotations

import re

PLAIN = re.compile(r"-|[-+]?\d+(\.\d+)?")  # a dash for nothing, or a number
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n")


def harmless(cell: object) -> object:
    """A text that starts like a formula gets an apostrophe before it; numbers stay numbers.

    Anything else, such as a school or a person, is written as the text that it is shown by.
    """
    if isinstance(cell, int | float):
        return cell
    text = "" if cell is None else str(cell)
    if text.startswith(FORMULA_STARTS) and not PLAIN.fullmatch(text):
        return f"'{text}"
    return text


def as_it_stood(text: str) -> str:
    """The text without one apostrophe before what starts like a formula."""
    is_marked = text.startswith("'") and text[1:].startswith(FORMULA_STARTS)
    return text[1:] if is_marked else text
