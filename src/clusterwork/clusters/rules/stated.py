"""What a school may say of its partnerships: the days that fit; knows no database."""

from __future__ import annotations

import datetime as dt
from enum import Enum


class Turn(Enum):
    """What becomes of the main partnership so far when another is stated."""

    FIRST = "there was none"
    ENDS = "the one so far ends on that day"
    REPLACED = "it was stated for the same day, so it was a slip"
    NEEDS_DAY = "without a day nobody knows when the one so far ended"
    TOO_EARLY = "the one so far began later"


def turn_of(had_main: bool, began_on: dt.date | None, starts_on: dt.date | None) -> Turn:
    """`began_on` is the start of the main one so far (None: not known), `starts_on` the new one's.

    A main partnership of unknown start is taken to have begun before every day.
    """
    if not had_main:
        return Turn.FIRST
    if starts_on is None:
        return Turn.NEEDS_DAY
    if began_on is None or began_on < starts_on:
        return Turn.ENDS
    return Turn.REPLACED if began_on == starts_on else Turn.TOO_EARLY
