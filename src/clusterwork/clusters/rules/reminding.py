"""When those who have not voted are reminded; no database."""

from __future__ import annotations

import datetime as dt

BEFORE = dt.timedelta(days=3)
BEFORE_LONG = dt.timedelta(days=7)
LONG = dt.timedelta(days=28)
AFTER_ASKING = dt.timedelta(days=2)  # sooner, the letter that asked is still fresh


def reminder_on(asked: dt.date, vote_by: dt.date | None) -> dt.date | None:
    """Three days before the last day for votes, a week where it is four weeks off or more.

    None without a last day, and where schools were asked less than two days before that.
    """
    if vote_by is None:
        return None
    found = vote_by - (BEFORE_LONG if vote_by - asked >= LONG else BEFORE)
    return found if found - asked >= AFTER_ASKING else None
