"""One thing that waits for a person; shared by the parts of the house that know of such things."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass


@dataclass(frozen=True)
class Task:
    """What to do, for whom or what, where, and how it stands.

    `by` is the last day for it, `minutes` about how long it takes, `asked_by` who waits for it;
    each is empty where nobody has said.
    """

    text: str
    hint: str
    address: str
    status: str
    by: dt.date | None = None
    minutes: int | None = None
    asked_by: str = ""
