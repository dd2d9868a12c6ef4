"""What part a school's phase gives it in a pyramid; reads only the register's word and flows."""

from __future__ import annotations

from enum import Enum


class Part(Enum):
    """ANCHOR: a pyramid can be built around it. FEEDER: belongs below one. OUTSIDE: neither."""

    ANCHOR = "anchor"
    FEEDER = "feeder"
    OUTSIDE = "outside"


OUTSIDE_WORDS = ("special", "referral", "pru", "alternative", "16 plus", "hospital")
ANCHOR_WORDS = ("secondary", "all-through", "all through", "upper", "high")


def part_of(phase: str, *, sends_pupils_on: bool) -> Part:
    """The part of a school of this phase in a pyramid.

    "Middle deemed primary" and "middle deemed secondary" (England) feed an upper school. A plain
    "middle" is the Welsh register's word for ages 3 to 16 or 19, so it anchors a pyramid unless
    the flows show that it sends pupils on. A phase that is not known feeds.
    """
    words = phase.casefold().strip()
    if any(word in words for word in OUTSIDE_WORDS):
        return Part.OUTSIDE
    if "deemed" in words:
        return Part.FEEDER
    if words == "middle" or words.startswith("middle ("):
        return Part.FEEDER if sends_pupils_on else Part.ANCHOR
    return Part.ANCHOR if any(word in words for word in ANCHOR_WORDS) else Part.FEEDER


def medium_family(medium: str) -> str:
    """ "welsh", "english", "" for both, not known or not applicable; else the word itself."""
    words = medium.casefold().strip()
    if words in ("", "not applicable", "not known") or "dual" in words or "bilingual" in words:
        return ""
    if words.startswith(("welsh", "cymraeg", "wm")):
        return "welsh"
    return "english" if words.startswith(("english", "saesneg", "em")) else words


NO_FAITH = ("", "none", "does not apply", "not applicable", "not known", "secular", "community")


def faith_family(faith: str) -> str:
    """ "catholic" for every spelling of it, "" for none, else the word itself."""
    words = faith.casefold().strip()
    if words in NO_FAITH:
        return ""
    return "catholic" if "catholic" in words or words in ("rc", "r.c.") else words
