"""Whether somebody has shown again that it is she, recently enough for a signature."""

from __future__ import annotations

import datetime as dt

HOLDS = dt.timedelta(minutes=10)


def is_fresh(proved_at: dt.datetime | None, now: dt.datetime) -> bool:
    """Whether she showed it within the last ten minutes, and not in the future."""
    return proved_at is not None and dt.timedelta() <= now - proved_at <= HOLDS


def same_name(one: str, other: str) -> bool:
    """Whether two names are the same but for capitals, stops and spaces."""
    return _plain(one) == _plain(other)


def _plain(name: str) -> str:
    return " ".join(name.replace(".", " ").casefold().split())
